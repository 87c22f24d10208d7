"""Makers of records for tests: each goes through the same forms as a clerk, and says only what the test cares about."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from dentalsales.usecases import attach
from dentalsales.usecases.form import Form, form_from, new_form, open_form


def filled(desk: Any, register: str, **values: Any) -> Form:
    """A new form with these values."""
    form = new_form(desk, register)
    for name, value in values.items():
        form.set(name, value)
    return form


def saved(desk: Any, register: str, **values: Any) -> int:
    return filled(desk, register, **values).save().record_id


def a_customer(
    desks: Any, name: str = "北京瑞康口腔门诊部", reviewed: bool = True, licence: bool = True, **values: Any
) -> int:
    """A customer of the salesperson `rep`, reviewed, with a licence; terms and level are the manager's words."""
    with desks.company.reading() as session:
        from dentalsales.blueprint.house_records import Employee

        rep = session.query(Employee).filter_by(login=values.pop("rep", "rep")).one().id
    form = filled(
        desks["manager"],
        "customers",
        name=name,
        contact="王医生",
        phone="13800000001",
        address="北京市朝阳区1号",
        owner_id=rep,
        **values,
    )
    if licence:
        line = form.add_line("licences")
        line.set("kind", "clinic")
        line.set("number", "PDY10001")
    customer = form.save().record_id
    if reviewed:
        open_form(desks["manager"], "customers", customer).take("review")
    if values.get("terms") == "account":
        open_form(desks["finance"], "customers", customer).take("confirm_terms")
    return customer


def a_numbered_customer(desks: Any, name: str, number: str) -> int:
    """A customer under a number that came from elsewhere, as imported ones bear it."""
    from dentalsales.registers.customers import Customer

    customer = a_customer(desks, name)
    with desks.company.writing() as session:
        session.get_one(Customer, customer).number = number
    return customer


def a_product(desks: Any, name: str = "光固化复合树脂", price: str | None = "120.00", **values: Any) -> int:
    """A class II product, sold by 支 and by 盒 of 10, with a list price."""
    words = {
        "model": "Z1",
        "spec": "4g",
        "shade": "A2",
        "unit": "支",
        "pack_unit": "盒",
        "pack_size": 10,
        "device_class": "2",
        "registration": "国械注准20213170001",
        "registrant": "甲公司",
        "maker": "甲公司",
        "maker_licence": "京药监械生产许20210001号",
        "shelf_life_months": 36,
        **values,
    }
    product = saved(desks["manager"], "products", name=name, **words)
    if price is not None:
        a_price(desks, product, price)
    return product


def a_price(desks: Any, product: int, price: str, level: str = "list", unit: str = "支", **values: Any) -> int:
    form = filled(desks["manager"], "prices", product_id=product, level=level, **values)
    form.set("unit", unit)
    form.set("unit_price", Decimal(price))
    return form.save().record_id


def some_stock(
    desks: Any, product: int, quantity: int = 100, lot: str = "L1", expires_in: int = 400, **values: Any
) -> Form:
    """Goods-in of so many smallest units, received by the warehouse."""
    desk = desks["warehouse"]
    form = new_form(desk, "goods_in", supplier_id=a_supplier(desks))
    line = form.add_line("lines")
    line.set("product_id", product)
    for name, value in {"unit": "支", "quantity": quantity, "lot_no": lot, **values}.items():
        line.set(name, value)
    line.set("expires_on", desk.today + timedelta(days=expires_in))
    form.take("receive")
    return form


def a_supplier(desks: Any) -> int:
    from dentalsales.registers.suppliers import Supplier

    with desks.company.reading() as session:
        found = session.query(Supplier.id).first()
    if found is not None:
        return int(found[0])
    return saved(desks["manager"], "suppliers", name="上海齿材供应商", phone="021-55550000", address="上海市")


def an_order(desks: Any, customer: int, *lines: tuple[int, int], by: str = "clerk", save: bool = True) -> Form:
    """An order of (product, quantity) lines, entered and not yet consented to."""
    form = filled(desks[by], "orders", customer_id=customer)
    for product, quantity in lines:
        line = form.add_line("lines")
        line.set("product_id", product)
        line.set("quantity", quantity)
    if save:
        form.save()
    return form


CONSENT = {"consent_by": "王医生", "consent_way": "phone"}


def moved_to(desks: Any, form: Form, state: str) -> Form:
    """Bring an order to a state by the people whose steps they are; prepaid ones are paid on the way."""
    order = form.id
    while open_form(desks["manager"], "orders", order).state.name != state:
        now = open_form(desks["manager"], "orders", order)
        match now.state.name:
            case "entered":
                open_form(desks["clerk"], "orders", order).take("confirm_stock", asked=CONSENT)
            case "stock_confirmed":
                now.take("review")
            case "reviewed" if now.get("terms") == "prepay":
                pay(desks, order)
            case "reviewed" | "paid":
                open_form(desks["clerk"], "orders", order).take("bill")
            case "billed" | "part_sent":
                dispatch(desks, order)
            case "sent":
                deliver_all(desks, order)
            case "delivered":
                open_form(desks["service"], "orders", order).take("close")
            case other:
                raise AssertionError(f"no way from {other} to {state}")
    return open_form(desks["manager"], "orders", order)


def pay(desks: Any, order: int, amount: str | None = None) -> Form:
    receipt = form_from(desks["finance"], "orders", order, "receipt_of_order")
    if amount is not None:
        receipt.lines("lines")[0].set("amount", Decimal(amount))
        receipt.record.amount = Decimal(amount)
    receipt.take("confirm")
    return receipt


def dispatch(desks: Any, order: int, *quantities: int) -> Form:
    """Send what is open, or so many of each line."""
    note = form_from(desks["warehouse"], "orders", order, "dispatch")
    for line, quantity in zip(note.lines("lines"), quantities, strict=False):
        line.set("quantity", quantity)
    note.take("dispatch")
    return note


def a_return(desks: Any, note: int, *quantities: int, by: str = "warehouse", reason: str = "surplus") -> Form:
    """A draft of what came back of a dispatch note: all of it, or so many of its first lines; not saved."""
    form = form_from(desks[by], "dispatch_notes", note, "return")
    form.set("reason", reason)
    for line, quantity in zip(form.lines("lines"), quantities, strict=False):
        line.set("quantity", quantity)
    while quantities and len(form.lines("lines")) > len(quantities):
        form.remove_line("lines", len(quantities))
    return form


def deliver_all(desks: Any, order: int) -> None:
    from dentalsales.registers.dispatch_notes import DispatchNote

    with desks.company.reading() as session:
        notes = [row.id for row in session.query(DispatchNote.id).filter_by(order_id=order, state="sent")]
    for note in notes:
        deliver(desks, note)


def deliver(desks: Any, note: int, on: date | None = None) -> None:
    attach.add(desks["clerk"], "dispatch_notes", note, a_scan(desks))
    form = open_form(desks["clerk"], "dispatch_notes", note)
    form.take("deliver", asked={"signed_by": "李护士", "delivered_on": on or desks["clerk"].today})


def a_scan(desks: Any) -> Path:
    path = Path(desks.company.folder) / "voucher.png"
    path.write_bytes(b"\x89PNG scan")
    return path


def a_visit(desks: Any, by: str = "rep", sale_class: str = "unified", days: int = 1, **values: Any) -> Form:
    """An application for a visit in some days, by a customer of that class; not saved."""
    customer = values.pop("customer_id", None) or a_customer(desks, f"{sale_class}口腔{days}", sale_class=sale_class)
    words = {
        "customer_id": customer,
        "visit_on": desks.clock.today + timedelta(days=days),
        "headcount": 3,
        "is_verified": True,
        "verified_how": "called_back",
        "shown_areas": "样品室、仓库",
        "closed_areas": "价格室",
        "budget": Decimal("300.00"),
        "proposal": "由业务员陪同",
        **values,
    }
    form = filled(desks[by], "site_visits", **words)
    form.add_line("visitors").set("name", "王院长")
    return form


def a_sample(
    desks: Any, *lines: tuple[int, int], by: str = "rep", sale_class: str = "unified", state: str = "", **values: Any
) -> Form:
    """An application for samples of (product, quantity), brought to a state by those whose steps they are."""
    customer = values.pop("customer_id", None) or a_customer(desks, f"{sale_class}试用口腔", sale_class=sale_class)
    form = filled(desks[by], "samples", customer_id=customer, **values)
    for product, quantity in lines or ((a_product(desks), 2),):
        line = form.add_line("lines")
        line.set("product_id", product)
        line.set("quantity", quantity)
    if state:
        form.take("submit")
        desk_of = {
            "in_review": lambda turn: turn,
            "approved": lambda turn: "quality",
            "sampled": lambda turn: {"unified": "warehouse", "local": "assistant"}[sale_class],
            "sent": lambda turn: "rep",
            "delivered": lambda turn: "rep",
        }
        while (now := open_form(desks["manager"], "samples", form.id)).state.name != state:
            here = now.state.name
            step = {"in_review": "approve", "approved": "take", "sampled": "dispatch", "sent": "deliver"}.get(
                here, "ask"
            )
            today = desks.clock.today
            asked = {
                "dispatch": {"sent_on": today},
                "deliver": {"signed_by": "王医生", "delivered_on": today},
                "ask": {"opinion": "颜色自然", "score": 5, "outcome": "order"},
            }
            who = desk_of[here](now.record.turn)
            open_form(desks[who], "samples", form.id).take(step, asked=asked.get(step))
        form.reload()
    return form
