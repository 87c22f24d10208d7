"""The printed papers: what the law and the customer look for is on them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import makers
import pypdfium2
import pytest
from contract_makers import a_contract, a_template

from dentalsales.blueprint.printout import Paper
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange.pdf import paper_pdf
from dentalsales.i18n import tr
from dentalsales.printouts import PRINTOUTS
from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.usecases.form import form_from, open_form
from dentalsales.usecases.print_paper import blank, paper, prepare


def labels(made: Paper) -> dict[str, Any]:
    return {str(pair.label): pair.value for pair in (*made.head, *made.foot)}


def cell(made: Paper, column: str, row: int = 0) -> Any:
    assert made.block is not None
    return made.block.rows[row].cells[[one.name for one in made.block.columns].index(column)]


@pytest.fixture
def sent(desks: Any) -> Any:
    """A paid order of six, sent."""
    customer, product = makers.a_customer(desks), makers.a_product(desks)
    makers.some_stock(desks, product, 20, "R1")
    return makers.moved_to(desks, makers.an_order(desks, customer, (product, 6)), "sent")


def note_of(desks: Any, order: int) -> int:
    with desks.company.reading() as session:
        return int(session.query(DispatchNote.id).filter_by(order_id=order).one()[0])


def test_the_order_slip_names_product_consent_and_total(desks: Any, sent: Any) -> None:
    made = paper(desks["clerk"], "order_slip", sent.id)
    assert cell(made, "spec") == "4g" and cell(made, "shade") == "A2"
    assert made.words == ("Total in words", Decimal("720.00"))
    assert labels(made)["Consent given by"] == "王医生"
    assert labels(made)["Reviewed by"] == "manager name"
    assert made.mark is None and made.number == sent.number


def test_an_order_that_is_only_entered_prints_as_a_draft(desks: Any) -> None:
    order = makers.an_order(desks, makers.a_customer(desks), (makers.a_product(desks), 1))
    assert paper(desks["clerk"], "order_slip", order.id).mark == "Draft"


@pytest.mark.parametrize("size", ["A4", "A4 landscape", "241x140"])
def test_a_dispatch_note_carries_the_whole_sales_record(desks: Any, sent: Any, size: str) -> None:
    made = paper(desks["warehouse"], "dispatch_note", note_of(desks, sent.id), size=size)
    assert made.block is not None
    words = " ".join(str(value) for value in made.block.rows[0].cells)
    for wanted in (
        "光固化复合树脂",
        "Z1",
        "4g",
        "国械注准20213170001",
        "甲公司",
        "京药监械生产许20210001号",
        "R1",
        str(desks.clock.today + timedelta(days=400)),
        "720.00",
    ):
        assert wanted in words, wanted
    head = labels(made)
    assert head["Buyer"] == "北京瑞康口腔门诊部" and head["Buyer's licence number"] == "PDY10001"
    assert head["Buyer's address"] == "北京市朝阳区1号" and "13800000001" in head["Buyer's contact"]


def test_without_prices_no_amount_is_left_on_the_paper(desks: Any, sent: Any) -> None:
    made = paper(desks["warehouse"], "dispatch_note", note_of(desks, sent.id), size="241x140", prices=False)
    assert made.block is not None and made.words is None
    assert {"unit_price", "amount"}.isdisjoint(column.name for column in made.block.columns)
    assert "720.00" not in str(made.block.rows)


def test_what_was_sent_stays_as_it_was_when_the_product_changes(desks: Any, sent: Any) -> None:
    note = note_of(desks, sent.id)
    product = open_form(desks["manager"], "products", sent.lines("lines")[0].get("product_id"))
    product.set("name", "换了名字")
    product.set("registration", "国械注准20993179999")
    product.save()
    made = paper(desks["warehouse"], "dispatch_note", note)
    assert (cell(made, "product"), cell(made, "registration")) == ("光固化复合树脂", "国械注准20213170001")


def test_a_draft_dispatch_note_shows_what_it_would_carry(desks: Any) -> None:
    customer, product = makers.a_customer(desks), makers.a_product(desks)
    makers.some_stock(desks, product, 20, "R1")
    order = makers.moved_to(desks, makers.an_order(desks, customer, (product, 6)), "billed")
    draft = form_from(desks["warehouse"], "orders", order.id, "dispatch").save().record_id
    made = paper(desks["warehouse"], "dispatch_note", draft)
    assert made.mark == "Draft"
    assert (cell(made, "lot"), cell(made, "registration")) == ("R1", "国械注准20213170001")


def test_the_receipt_says_what_it_pays_and_who_confirmed_it(desks: Any) -> None:
    customer, product = makers.a_customer(desks), makers.a_product(desks)
    makers.some_stock(desks, product, 20, "R1")
    order = makers.moved_to(desks, makers.an_order(desks, customer, (product, 6)), "reviewed")
    receipt = makers.pay(desks, order.id)
    made = paper(desks["finance"], "receipt", receipt.id)
    assert made.words == ("Amount in words", Decimal("720.00"))
    assert (cell(made, "number"), cell(made, "allocated")) == (order.number, Decimal("720.00"))
    assert labels(made)["Confirmed by Finance"] == "finance name"
    assert made.seals == ("Stamp “received”", "Finance seal") and "This receipt is no invoice." in made.notes
    assert made.size == "241x140"


def test_a_bounced_receipt_says_so_across_the_paper(desks: Any) -> None:
    form = makers.filled(desks["finance"], "receipts", customer_id=makers.a_customer(desks), amount=Decimal("100"))
    form.take("confirm")
    open_form(desks["finance"], "receipts", form.id).take("bounce", note="退票")
    assert paper(desks["finance"], "receipt", form.id).mark == "Bounced"


def test_every_paper_becomes_a_pdf_on_each_of_its_sizes(desks: Any, sent: Any) -> None:
    from dentalsales.exchange.pdf import paper_pdf

    form = makers.filled(desks["finance"], "receipts", customer_id=sent.get("customer_id"), amount=Decimal("100"))
    form.save()
    visit, sample = makers.a_visit(desks).save().record_id, makers.a_sample(desks).save().record_id
    ids = {"order_slip": sent.id, "dispatch_note": note_of(desks, sent.id), "receipt": form.id, "visit_form": visit}
    for kind in ("quality", "service"):
        words = {"kind": kind, "customer_id": sent.get("customer_id"), "description": "x"}
        ids[f"{kind}_complaint"] = makers.saved(desks["service"], "complaints", **words)
    wording = a_template(desks)
    contract = a_contract(desks, sent.get("customer_id"), wording, (makers.a_product(desks, code="K1"), 1, "120.00")).id
    ids |= dict.fromkeys(("contract", "contract_review", "deviation_sheet"), contract) | {"contract_wording": wording}
    ids |= {"sample_form": sample, "return_note": makers.a_return(desks, note_of(desks, sent.id)).save().record_id}
    for printout in PRINTOUTS:
        for size in printout.sizes:
            assert paper_pdf(
                paper(
                    desks["manager"] if printout.name != "receipt" else desks["finance"],
                    printout.name,
                    ids[printout.name],
                    size=size,
                )
            ).startswith(b"%PDF")


def test_an_order_slip_says_what_the_customer_agreed_to_whatever_the_cards_say_later(desks: Any, sent: Any) -> None:
    before = paper(desks["clerk"], "order_slip", sent.id, size="A4 landscape")
    card = open_form(desks["manager"], "products", sent.lines("lines")[0].get("product_id"))
    renamed = {"code": "NEW-1", "name": "改名树脂", "brand": "新牌", "model": "Z9", "spec": "9g", "shade": "B3"}
    papers = {"grade": "二", "registration": "国械注准20263179999", "maker": "乙公司"}
    for name, value in {**renamed, **papers}.items():
        card.set(name, value)
    card.save()
    buyer = open_form(desks["manager"], "customers", sent.get("customer_id"))
    buyer.set("name", "改名口腔医院")
    buyer.save()
    after = paper(desks["clerk"], "order_slip", sent.id, size="A4 landscape")
    assert after.block == before.block and cell(after, "product") == "光固化复合树脂"
    said = {name: cell(after, name) for name in ("code", "model", "spec", "shade", "registration", "maker")}
    assert said == {
        "code": "P-00001",
        "model": "Z1",
        "spec": "4g",
        "shade": "A2",
        "registration": "国械注准20213170001",
        "maker": "甲公司",
    }
    assert labels(after)["Customer number"] == "C-00001"
    assert labels(after)["Customer"] == "北京瑞康口腔门诊部"


def test_an_order_that_is_not_submitted_yet_follows_the_cards(desks: Any) -> None:
    customer, product = makers.a_customer(desks), makers.a_product(desks)
    makers.some_stock(desks, product, 20)
    order = makers.an_order(desks, customer, (product, 1))
    card = open_form(desks["manager"], "products", product)
    card.set("name", "改名树脂")
    card.save()
    makers.moved_to(desks, order, "stock_confirmed")
    assert cell(paper(desks["clerk"], "order_slip", order.id), "product") == "改名树脂"


def test_a_receipt_names_the_customer_as_it_was_called_when_finance_confirmed_it(desks: Any) -> None:
    customer = makers.a_customer(desks)
    receipt = makers.filled(desks["finance"], "receipts", customer_id=customer, amount=Decimal("10.00"))
    receipt.take("confirm")
    buyer = open_form(desks["manager"], "customers", customer)
    buyer.set("name", "改名口腔医院")
    buyer.save()
    assert labels(paper(desks["finance"], "receipt", receipt.id))["Customer"] == "北京瑞康口腔门诊部"


def test_after_a_red_entry_for_the_rest_the_order_slip_asks_no_more_than_is_owed(desks: Any) -> None:
    """Of 720 yuan 360 were sent and paid; the rest was taken back, so nothing is to be paid."""
    customer = makers.a_customer(desks, terms="account", terms_days=30, credit_limit=Decimal("10000"))
    product = makers.a_product(desks)
    makers.some_stock(desks, product, 20)
    order = makers.moved_to(desks, makers.an_order(desks, customer, (product, 6)), "billed")
    makers.dispatch(desks, order.id, 3)
    open_form(desks["manager"], "orders", order.id).take("reverse_rest", note="缺货")
    assert labels(paper(desks["clerk"], "order_slip", order.id))["To be paid"] == Decimal("360.00")
    makers.pay(desks, order.id)
    made = paper(desks["clerk"], "order_slip", order.id)
    assert (labels(made)["Paid"], labels(made)["To be paid"]) == (Decimal("360.00"), Decimal("0.00"))


def test_a_form_says_who_submitted_and_approved_it_when_and_an_empty_one_says_nothing(desks: Any) -> None:
    form = makers.a_visit(desks, sale_class="local")
    form.take("submit")
    desks.clock.now += timedelta(minutes=95)
    open_form(desks["leader"], "site_visits", form.id).take("approve")
    made = paper(desks["office"], "visit_form", form.id)
    said = {tr(pair.label): tr(pair.value) for pair in made.foot if pair.value}
    assert said == {
        "Prepared by": "rep name, 2026-11-20 10:00",
        "Approve: Leader in charge": "leader name, 2026-11-20 11:35",
    }
    assert made.form is not None and (made.form.number, made.form.version) == ("QEMSGL303-R20", "A/0")
    open_form(desks["rep"], "site_visits", form.id).take("reopen", note="改期")
    assert not any(pair.value for pair in paper(desks["office"], "visit_form", form.id).foot[1:])
    (empty,) = blank(desks["office"], "visit_form").papers
    assert (empty.number, empty.mark, [pair.value for pair in empty.head if pair.value]) == ("", None, [])


def test_a_complaint_is_printed_on_the_form_of_its_kind_original_and_duplicate(desks: Any, sent: Any) -> None:
    note = note_of(desks, sent.id)
    form = form_from(desks["service"], "dispatch_notes", note, "complain")
    form.set("goods", form.choices("goods")[0][0])
    form.set("description", "固化后开裂")
    form.save()
    made = prepare(desks["manager"], "quality_complaint", [form.id]).papers
    assert [str(one.copy) for one in made] == ["Original: Sales", "Duplicate: company office"]
    said = labels(made[0])
    assert made[0].form.number == "QEMSGL303-R21" and made[0].signatures == (
        "Prepared by",
        "Reviewed by",
        "Approved by",
    )
    assert (said["Lot or serial number"], said["What happened"]) == (form.get("lot_no"), "固化后开裂")
    assert said["Taken down by"] == "service name"
    with pytest.raises(RuleBroken, match="None of these"):
        prepare(desks["manager"], "service_complaint", [form.id])


@pytest.mark.parametrize("name", ["quality_complaint", "service_complaint"])
def test_a_blank_form_names_its_fields_and_nobody(desks: Any, name: str) -> None:
    original, duplicate = blank(desks["clerk"], name).papers
    assert not original.number and not any(value for value in labels(original).values())
    assert original.form == duplicate.form and paper_pdf(original).startswith(b"%PDF")
    pages = {"service_complaint": 1, "quality_complaint": 2}[name]
    assert len(pypdfium2.PdfDocument(paper_pdf(original))) == pages, "what is written by hand lies on one sheet"


def test_an_empty_return_note_leaves_its_goods_and_sums_to_the_pen(desks: Any) -> None:
    (empty,) = blank(desks["warehouse"], "return_note").papers
    assert not empty.number and not any(value for value in labels(empty).values()) and empty.words is None
    assert empty.block is not None and len(empty.block.rows) == 6 and not any(empty.block.totals or ())
    assert paper_pdf(empty).startswith(b"%PDF")
