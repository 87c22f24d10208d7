"""The ageing of receivables and the statement of account."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import makers
import pypdfium2
import pytest
from openpyxl import load_workbook
from two_months import NOVEMBER, OCTOBER, TODAY, Trade, block_of, column_of

from dentalsales.blueprint.report import Period
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange import excel_out, import_file, pdf_sheet
from dentalsales.exchange.json_out import as_json
from dentalsales.exchange.words import conditions_of
from dentalsales.registers.receipts import advance_of
from dentalsales.registers.receivables import owed
from dentalsales.usecases import settings_desk
from dentalsales.usecases.form import open_form

ZERO = Decimal("0.00")


def test_open_papers_stand_under_the_days_they_are_overdue(trade: Trade, clock: Any) -> None:
    clock.pass_days(50)  # the paper of 18 November was due on the 28th
    block = block_of(trade.report("receivables_ageing", Period.day(clock.today)), "ageing")
    assert column_of(block, "customer") == ["天津华齿商贸有限公司"]
    assert [column_of(block, f"bucket_{index}")[0] for index in range(5)] == [ZERO, ZERO, Decimal("600.00"), ZERO, ZERO]
    assert column_of(block, "responsible") == ["rep2 name"]


def test_an_earlier_day_shows_what_was_open_then(trade: Trade) -> None:
    block = block_of(trade.report("receivables_ageing", Period.day(date(2026, 11, 9))), "ageing")
    assert column_of(block, "open") == [Decimal("1200.00")]


def test_a_later_red_entry_and_the_money_it_frees_are_put_back(trade: Trade, clock: Any) -> None:
    """Billed and paid on the 20th, taken back on the 25th: on the 20th nothing was open, nor is it now."""
    order = makers.moved_to(trade.desks, makers.an_order(trade.desks, trade.dealer, (trade.resin, 1)), "billed").id
    makers.pay(trade.desks, order)
    clock.pass_days(5)
    open_form(trade.desks["manager"], "orders", order).take("reverse", note="错单")
    then = block_of(trade.report("receivables_ageing", TODAY), "ageing")
    now = block_of(trade.report("receivables_ageing", Period.day(clock.today)), "ageing")
    assert column_of(then, "open") == column_of(now, "open") == [Decimal("600.00")]


def test_goods_that_came_back_twice_leave_nothing_open_between(trade: Trade, clock: Any) -> None:
    """Of 360 that were paid, 120 came back on the 20th and on the 25th: neither then nor between was it open again."""
    order = makers.moved_to(trade.desks, makers.an_order(trade.desks, trade.dealer, (trade.resin, 3)), "billed").id
    makers.pay(trade.desks, order)
    note = makers.dispatch(trade.desks, order).id
    for _time in range(2):
        form = makers.a_return(trade.desks, note, 1)
        form.take("receive")
        open_form(trade.desks["finance"], "returns", form.id).take("credit")
        clock.pass_days(5)
    for day in (20, 22, 27):
        sheet = trade.report("receivables_ageing", Period.day(date(2026, 11, day)))
        assert column_of(block_of(sheet, "ageing"), "open") == [Decimal("600.00")], day


def test_a_paid_paper_that_was_reversed_later_was_open_before_it_was_paid(trade: Trade, clock: Any) -> None:
    order = makers.moved_to(trade.desks, makers.an_order(trade.desks, trade.dealer, (trade.resin, 1)), "billed").id
    clock.pass_days(2)
    makers.pay(trade.desks, order)
    clock.pass_days(3)
    open_form(trade.desks["manager"], "orders", order).take("reverse", note="错单")
    then = block_of(trade.report("receivables_ageing", TODAY), "ageing")
    assert column_of(then, "open") == [Decimal("720.00")]


def test_the_statement_runs_from_the_opening_to_the_closing_balance(trade: Trade) -> None:
    block = block_of(trade.report("statement", NOVEMBER, customer_id=trade.dealer), "account")
    assert [int(balance) for balance in column_of(block, "balance")] == [1200, 0, 600, 840, 600, 600]
    assert block.rows[-1].cells[3:6] == (Decimal("600.00"), ZERO, Decimal("1200.00"))


def test_the_statement_says_the_closing_balance_in_words_wherever_it_is_read(trade: Trade, tmp_path: Path) -> None:
    sheet = trade.report("statement", NOVEMBER, customer_id=trade.dealer)
    words = "Closing balance in words: 人民币陆佰元整"
    assert conditions_of(sheet)[-1] == words
    excel_out.write_sheet(sheet, tmp_path / "a.xlsx")
    [page] = load_workbook(tmp_path / "a.xlsx").worksheets
    assert any(words in str(cell.value) for row in page.iter_rows() for cell in row)
    pdf_sheet.write_sheet(sheet, tmp_path / "a.pdf")
    document = pypdfium2.PdfDocument((tmp_path / "a.pdf").read_bytes())
    assert "人民币陆佰元整" in "".join(page.get_textpage().get_text_range() for page in document)
    assert json.loads(as_json(sheet))["conditions"]["Closing balance in words"] == "人民币陆佰元整"


def test_on_the_same_day_charges_come_before_payments(trade: Trade) -> None:
    block = block_of(trade.report("statement", NOVEMBER, customer_id=trade.clinic), "account")
    assert column_of(block, "charge")[1:3] == [Decimal("840.00"), ""]
    assert column_of(block, "balance") == [ZERO, Decimal("840.00"), ZERO, ZERO]


@pytest.mark.parametrize("which", ["clinic", "dealer"])
def test_the_closing_balance_is_what_is_owed_less_the_advance(trade: Trade, which: str) -> None:
    customer = getattr(trade, which)
    form = makers.filled(trade.desks["finance"], "receipts", customer_id=customer, amount=Decimal("1000"))
    form.take("confirm")
    block = block_of(trade.report("statement", TODAY, customer_id=customer), "account")
    with trade.desks["manager"].reading() as act:
        assert column_of(block, "balance")[-1] == owed(act, customer) - advance_of(act, customer)


def test_the_statement_of_october_ends_where_november_begins(trade: Trade) -> None:
    before = block_of(trade.report("statement", OCTOBER, customer_id=trade.dealer), "account")
    after = block_of(trade.report("statement", NOVEMBER, customer_id=trade.dealer), "account")
    assert column_of(before, "balance")[-1] == column_of(after, "balance")[0] == Decimal("1200.00")


def test_a_statement_needs_its_customer(trade: Trade) -> None:
    with pytest.raises(RuleBroken, match="Choose the customer"):
        trade.report("statement", NOVEMBER)


def test_a_salesperson_gets_no_statement_of_another_ones_customer(trade: Trade) -> None:
    with pytest.raises(RuleBroken):
        trade.report("statement", NOVEMBER, by="rep", customer_id=trade.dealer)


def test_a_return_that_was_taken_over_with_past_sales_is_no_credit_on_the_statement(
    trade: Trade, tmp_path: Path
) -> None:
    """Sale and return were settled before the program; the statement owes the customer nothing for them."""
    customer = makers.a_customer(trade.desks, "杭州安齿口腔门诊部")
    file = tmp_path / "销售.csv"
    file.write_text(
        "日期,单号,客户名称,品名,数量,单价,金额\n"
        "2026-11-03,XS1,杭州安齿口腔门诊部,光固化复合树脂,2,100,200\n"
        "2026-11-04,XS2,杭州安齿口腔门诊部,光固化复合树脂,-1,100,-100\n",
        encoding="utf-8",
    )
    assert import_file.run(trade.desks["finance"], "past_sales", file).new == 2
    sheet = trade.report("statement", NOVEMBER, customer_id=customer)
    account = block_of(sheet, "account")
    assert column_of(account, "balance") == [ZERO, ZERO]
    assert block_of(sheet, "ageing").rows[0].cells[-1] == ZERO


def test_a_statement_says_where_to_pay_and_who_owes(trade: Trade) -> None:
    manager = trade.desks["manager"]
    for key, value in (("company_address", "杭州市莫干山路 1418 号"), ("company_phone", "0571-88123456"),
                       ("company_credit_code", "91330106MA27XK1234"), ("company_bank", "杭州银行城西支行"),
                       ("company_bank_account", "3301040160001234567")):  # fmt: skip
        settings_desk.change(manager, key, value)
    customer = open_form(manager, "customers", trade.dealer)
    parties = block_of(trade.report("statement", NOVEMBER, customer_id=trade.dealer), "parties")
    ours, theirs = column_of(parties, "seller"), column_of(parties, "buyer")
    for said in (
        "杭州市莫干山路 1418 号",
        "0571-88123456",
        "91330106MA27XK1234",
        "杭州银行城西支行",
        "3301040160001234567",
    ):
        assert said in ours
    assert {customer.get("name"), customer.get("address")} <= set(theirs)
