"""The contract's papers: the template's wording with its blanks filled in, deviations in place, every signature."""

from typing import Any

import pypdfium2
import pytest
from contract_makers import a_contract, a_template, sealed
from makers import a_customer, a_product, some_stock

from dentalsales.exchange.pdf import paper_pdf
from dentalsales.i18n import tr
from dentalsales.usecases.form import Form
from dentalsales.usecases.print_paper import paper


@pytest.fixture
def contract(desks: Any) -> Form:
    """A sealed contract with a changed first clause, of enough lines for several pages."""
    products = [a_product(desks, f"树脂{number}", code=f"R{number}") for number in range(3)]
    lines = [(product, 10, "120.00") for product in products] * 12
    form = a_contract(desks, a_customer(desks), a_template(desks), *lines, save=False)
    change = form.add_line("deviations")
    change.set("clause", 1)
    change.set("new_text", "单价随市场调整，每季一次。")
    change.set("reason", "客户要求")
    return sealed(desks, form)


def test_the_contract_bears_the_template_with_its_blanks_and_the_agreed_change(desks: Any, contract: Form) -> None:
    made = paper(desks["contract_admin"], "contract", contract.id)
    assert made.clauses[0].text == "单价随市场调整，每季一次。"
    assert "交货地点为按约定" in made.clauses[3].text and not any("【" in one.text for one in made.clauses)
    assert made.block is not None and len(made.block.rows) == 36
    assert made.words is not None and made.words[1] == contract.get("total")


def test_every_page_says_which_it_is_and_the_last_one_with_the_seals_has_text(desks: Any, contract: Form) -> None:
    document = pypdfium2.PdfDocument(paper_pdf(paper(desks["contract_admin"], "contract", contract.id)))
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text and "Seal across the pages" in text
    assert "Buyer's seal" in pages[-1] and "Clause" in pages[-1]


def told(sheet: Any) -> dict[str, str]:
    """The facts on a review sheet."""
    return {pair.name: tr(pair.value) for pair in sheet.head if pair.name.startswith("facts")}


def test_the_review_sheet_has_every_signature_of_the_route_and_the_seal(desks: Any, contract: Form) -> None:
    made = paper(desks["contract_admin"], "contract_review", contract.id)
    signed = {tr(pair.label): tr(pair.value) if pair.value else "" for pair in made.foot if "approved" in pair.name}
    assert [label.partition(":")[0] for label in signed] == ["Approve", "Approve", "Review", "Verify", "Ratify"]
    assert all("name, 20" in who for who in signed.values())
    before, reviewed_on = told(made), desks.clock.today
    some_stock(desks, contract.record.lines[0].product_id, 1000)
    desks.clock.pass_days(3)
    assert told(paper(desks["contract_admin"], "contract_review", contract.id)) == before, "as the reviewer saw them"
    assert before["facts_of"] == f"{reviewed_on}, when it was reviewed" and "to procure" in before["facts_supply"]
    sealed_by = {tr(pair.label): pair.value for pair in made.foot}["Sealed by"]
    assert sealed_by == "李管理" and made.extra_blocks[0].rows[0].cells[3] == "单价随市场调整，每季一次。"


def test_the_deviation_sheet_puts_the_old_wording_beside_the_new_one(desks: Any, contract: Form) -> None:
    made = paper(desks["contract_admin"], "deviation_sheet", contract.id)
    assert made.block is not None
    _place, clause, old, new, reason = made.block.rows[0].cells
    assert (clause, new, reason) == (1, "单价随市场调整，每季一次。", "客户要求") and old.startswith("产品的名称")
