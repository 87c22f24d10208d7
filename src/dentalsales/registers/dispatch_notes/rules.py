"""What has to hold before goods leave: billed and paid, lots that may be sold, the whole legal record."""

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.house_records import Attachment
from dentalsales.blueprint.rules import RuleBroken, SeveralRulesBroken
from dentalsales.i18n import _, joined
from dentalsales.registers.dispatch_notes.record import DispatchLine, DispatchNote
from dentalsales.registers.orders.rules import money_is_there
from dentalsales.registers.products import missing_in
from dentalsales.registers.stock import the_lot_may_leave


def order_is_billed(paper: DispatchNote, act: Act) -> None:
    """Goods leave only for a billed order (M48)."""
    order = paper.order
    if order.state not in ("billed", "part_sent"):
        if order.billed_on is not None:
            raise RuleBroken(_("Nothing of {number} is left to send."), number=order.number)
        raise RuleBroken(_("{number} is not billed. Bill the order first."), number=order.number or order.record_title)


def the_day_is_between_billing_and_today(paper: DispatchNote, act: Act) -> None:
    """Goods leave after billing, and are entered when they have left."""
    billed = paper.order.billed_on or act.today
    if not billed <= paper.dispatched_on <= act.today:
        raise RuleBroken(
            _("The day of dispatch lies between billing on {billed} and today."), field="dispatched_on", billed=billed
        )


def order_is_still_paid(paper: DispatchNote, act: Act) -> None:
    """A bounced cheque closes the gate again."""
    money_is_there(paper.order, act)


def lines_fit_the_order(paper: DispatchNote, act: Act) -> None:
    """Nothing leaves that was not ordered."""
    wanted: dict[int, int] = {}
    by_id = {line.id: line for line in paper.order.lines}
    for index, line in enumerate(paper.lines):
        wanted[line.order_line_id] = wanted.get(line.order_line_id, 0) + line.quantity
        if wanted[line.order_line_id] > by_id[line.order_line_id].open:
            raise RuleBroken(
                _("Line {line}: only {open} {unit} are still to be sent."),
                field=f"lines.{index}.quantity",
                line=index + 1,
                open=by_id[line.order_line_id].open,
                unit=line.unit,
            )


def the_same_lot_twice_is_said(paper: DispatchNote, act: Act) -> None:
    """One line of the order is split by lot; the same lot twice is often one line too many."""
    if paper.state not in ("", "draft"):
        return
    first: dict[tuple[int, int], int] = {}
    for index, line in enumerate(paper.lines):
        before = first.setdefault((line.order_line_id, line.lot_id or 0), index)
        if before != index and line.lot is not None:
            act.warn(
                _("Line {line}: {product} with lot {lot} stands on line {other} already."),
                line=index + 1,
                product=line.product.record_title,
                lot=line.lot.lot_no or line.lot.serial_no or "-",
                other=before + 1,
            )


def lots_may_leave(paper: DispatchNote, act: Act) -> None:
    """Each line has a lot that is released, not expired, and large enough."""
    for index, line in enumerate(paper.lines):
        the_lot_may_leave(index, line, act)


def snapshot(paper: DispatchNote, line: DispatchLine) -> None:
    """Copy every field of the sales record onto the line (Order 54, article 38)."""
    product, lot = line.product, line.lot
    assert lot is not None
    line.product_name, line.model, line.spec, line.shade = product.name, product.model, product.spec, product.shade
    line.lot_no, line.serial_no, line.expires_on, line.made_on = lot.lot_no, lot.serial_no, lot.expires_on, lot.made_on
    line.registration, line.registrant = lot.registration or product.registration, lot.registrant or product.registrant
    line.maker, line.maker_licence = lot.maker or product.maker, lot.maker_licence or product.maker_licence
    line.storage, line.is_regulated = product.storage, product.is_regulated


def the_legal_record_is_whole(paper: DispatchNote, act: Act) -> None:
    """Class II and III lines with gaps in the legal record do not leave; all gaps are named at once."""
    customer = paper.order.customer
    licence = customer.licence_on(act.today)
    paper.buyer_name, paper.buyer_address = customer.name, customer.address
    paper.buyer_contact = f"{customer.contact} {customer.phone}".strip()
    paper.buyer_licence = licence.number if licence else ""
    problems: list[RuleBroken] = []
    for index, line in enumerate(paper.lines):
        snapshot(paper, line)
        if line.is_regulated:
            problems += gaps_of(index, line)
    if not paper.buyer_licence and any(line.is_regulated for line in paper.lines):
        problems.append(
            RuleBroken(
                _(
                    "{name} has no valid licence on file. "
                    "Enter it on the customer card before class II or III goods leave."
                ),
                name=customer.name,
            )
        )
    if problems:
        raise SeveralRulesBroken(problems)


def gaps_of(index: int, line: DispatchLine) -> list[RuleBroken]:
    """Return what the legal record of a line lacks: on the product card, and of the lot."""
    found: list[RuleBroken] = []
    words = {"line": index + 1, "product": line.product.record_title}
    lacks = missing_in(line)
    if lacks:
        found.append(
            RuleBroken(
                _(
                    "Line {line}: the sales record of {product} needs “{label}”. "
                    "Enter it on the product card; / if it has none."
                ),
                field=f"lines.{index}.product_id",
                label=joined(lacks),
                **words,
            )
        )
    if not (line.lot_no or line.serial_no):
        found.append(
            RuleBroken(
                _(
                    "Line {line}: the sales record of {product} needs a lot or serial number. "
                    "The warehouse enters it on the lot."
                ),
                field=f"lines.{index}.lot_id",
                **words,
            )
        )
    if line.product.shelf_life_months and line.expires_on is None:
        found.append(
            RuleBroken(
                _("Line {line}: the sales record of {product} needs the expiry of the lot."),
                field=f"lines.{index}.lot_id",
                **words,
            )
        )
    return found


def the_copy_of_the_voucher_is_there(paper: DispatchNote, act: Act) -> None:
    """Every delivery voucher keeps a copy (M51)."""
    found = act.session.scalar(select(Attachment.id).where(Attachment.of("dispatch_notes", paper.id)).limit(1))
    if found is None:
        asked = _("Attach the copy of the signed voucher to {number} first.")
        raise RuleBroken(asked, field="files", number=paper.number)


def somebody_signed(paper: DispatchNote, act: Act) -> None:
    """The voucher says who took the goods, on a day on which they can have come (M51)."""
    if paper.delivered_on is None or not paper.signed_by.strip():
        raise RuleBroken(_("Enter who signed for the goods and on which day."), field="signed_by")
    if paper.delivered_on < paper.dispatched_on:
        raise RuleBroken(
            _("The goods can't arrive before they left on {day}."), field="delivered_on", day=paper.dispatched_on
        )
