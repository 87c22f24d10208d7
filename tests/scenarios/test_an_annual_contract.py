"""An annual contract as a story: need, draft, refusal, review, seal, two orders, money, supplement, archive."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from contract_makers import a_contract, a_template, archived, sealed
from makers import a_customer, a_product, dispatch, filled, moved_to, some_stock

from dentalsales.blueprint.report import Period
from dentalsales.i18n import tr
from dentalsales.usecases import inbox, run_report
from dentalsales.usecases.check_company import check
from dentalsales.usecases.form import form_from, open_form
from dentalsales.usecases.print_paper import paper

pytestmark = pytest.mark.on_both


def waits(desks: Any, login: str, register: str) -> list[str]:
    """The steps and papers that wait for somebody in a register."""
    return [one.step_name or one.draft_name for one in inbox.waiting(desks[login]) if one.register.name == register]


def test_an_annual_contract_goes_from_the_first_need_to_the_archive(desks: Any) -> None:
    customer = a_customer(desks, terms="account", terms_days=30, credit_limit=Decimal("99999"))
    product, template = a_product(desks), a_template(desks, "annual", "年度框架合同")
    some_stock(desks, product, 1000)

    need = filled(desks["rep"], "requirement_records", customer_id=customer, need="全年供应树脂")
    need.take("hand_out")
    said = open_form(desks["quality"], "requirement_records", need.id)
    for name, value in (("department", "quality"), ("analysis", "注册证有效")):
        (said.lines("analyses") or [said.add_line("analyses")])[0].set(name, value)
    said.take("analyse_quality")
    need.reload()
    need.take("agree", asked={"agreement": "签年度合同"})

    draft = a_contract(desks, customer, template, (product, 30, "110.00"), save=False,
                       requirement_id=need.id, commitment=Decimal("3300.00"))  # fmt: skip
    changed = draft.add_line("deviations")
    for name, value in (("clause", 6), ("new_text", "十五日内提出异议。"), ("reason", "客户要求")):
        changed.set(name, value)
    for days in (20, 200):
        draft.add_line("instalments").set("due_on", desks.clock.today + timedelta(days=days))
        draft.lines("instalments")[-1].set("amount", Decimal("1650.00"))
    assert draft.lines("instalments")[0].get("responsible_id") == desks["rep"].employee_id
    draft.take("submit")
    for login in ("vp", "general_manager"):
        open_form(desks[login], "contracts", draft.id).take("approve")
    open_form(desks["contract_admin"], "contracts", draft.id).take("reject", note="交货节点来不及")
    assert waits(desks, "rep", "contracts") == ["submit"] and not waits(desks, "manager", "contracts")

    draft.reload()
    draft.lines("lines")[0].set("deliver_by", desks.clock.today + timedelta(days=60))
    contract = sealed(desks, draft)
    assert open_form(desks["clerk"], "contracts", contract.id).state.name == "effective"
    for login in ("clerk", "finance", "warehouse", "service"):
        notice = next(one for one in inbox.waiting(desks[login]) if one.register.name == "contract_notices")
        open_form(desks[login], "contract_notices", notice.record_id).take("see")

    for quantity in (10, 15):
        order = form_from(desks["clerk"], "contracts", contract.id, "order_from_contract")
        order.lines("lines")[0].set("quantity", quantity)
        order.save()
        assert order.lines("lines")[0].get("price_source") == "contract"
        moved_to(desks, order, "billed")
    dispatch(desks, order.id, 5)
    receipt = form_from(desks["finance"], "contracts", contract.id, "receipt_of_contract")
    assert [line.get("amount") for line in receipt.lines("lines")] == [Decimal("1100.00"), Decimal("550.00")]
    receipt.take("confirm")
    told = {tr(fact.label): fact.value for _title, facts in contract.insights() for fact in facts}
    assert (told["Called off"], told["Delivered"]) == (Decimal("83.33"), Decimal("16.67"))
    assert tr(told["Instalments collected"]) == "1 of 2"
    note = form_from(desks["assistant"], "contracts", contract.id, "progress")
    note.set("progress", "首批已发")
    note.save()

    longer = form_from(desks["rep"], "contracts", contract.id, "supplement")
    longer.lines("lines")[0].set("quantity", 50)
    longer.set("valid_to", desks.clock.today + timedelta(days=400))
    sealed(desks, longer)
    archived(desks, contract.id)
    rest = form_from(desks["clerk"], "contracts", contract.id, "order_from_contract")
    assert rest.lines("lines")[0].get("quantity") == 25

    sheet = run_report.run(desks["assistant"], "contract_tracking", Period.month(desks.clock.today))
    assert [row.cells[1] for row in sheet.blocks[0].rows] == [contract.number, longer.number]
    assert tr(sheet.blocks[0].rows[1].cells[2]) == f"Supplement to {contract.number}"
    fulfilled = run_report.run(desks["assistant"], "contract_fulfilment", Period.day(desks.clock.today))
    assert fulfilled.blocks[0].rows[0].cells[3] == longer.get("valid_to")
    assert "首批已发" in sheet.blocks[0].rows[0].cells
    for printout in ("contract", "contract_review", "deviation_sheet"):
        assert paper(desks["contract_admin"], printout, contract.id).number == contract.number
    assert check(desks.company) == []
