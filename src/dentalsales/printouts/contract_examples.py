"""Contracts of nobody with every field filled in: what their templates are shown with. Never saved."""

from datetime import date
from decimal import Decimal

import dentalsales.printouts.examples as examples
from dentalsales.blueprint.house_records import Employee
from dentalsales.registers.contract_templates import ContractClause, ContractTemplate, blanks_of, shipped_clauses
from dentalsales.registers.contracts import (
    Contract,
    ContractBlank,
    ContractDeviation,
    ContractInstalment,
    ContractLine,
)
from dentalsales.registers.customers import Customer


def contract_template(lines: int) -> ContractTemplate:
    """Return the shipped wording of a single sale; it has as many clauses as it has."""
    clauses = [
        ContractClause(number=number, title=title, body=body)
        for number, (title, body) in enumerate(shipped_clauses("single"), 1)
    ]
    return ContractTemplate(
        number="MB-2026-001", state="approved", name="购销合同", kind="single", edition=1, valid_from=examples.DAY,
        change="", route="vp,general_manager", clauses=clauses,
    )  # fmt: skip


def contract(lines: int) -> Contract:
    """Return a contract of that many lines."""
    template = contract_template(0)
    made = [_line(place) for place in range(1, lines + 1)]
    total = sum((line.amount for line in made), Decimal("0.00"))
    return Contract(
        number="HT-20261120-001", state="effective", template=template, kind="single",
        customer=Customer(name=examples.CUSTOMER), subject="口腔耗材", valid_from=examples.DAY,
        valid_to=date(2027, 11, 19), party_name=examples.CUSTOMER, party_code="91110105MA01234567",
        party_licence="PDY00000000000000", party_legal_person="王院长", party_agent="王医生",
        party_phone=examples.PHONE, party_address=examples.ADDRESS, party_bank="示例银行城东支行",
        party_account="6222 0000 0000 0000", our_agent=Employee(name="业务员甲"), lines=made, total=total,
        commitment=Decimal("0.00"), rebate=Decimal("0.00"), return_quota=Decimal("2.00"), service_content="",
        service_time="", remarks="", can_be_met=True, signed_on=examples.DAY, signed_at="示例市", copies=4,
        sealed_on=examples.DAY, seal="contract", sealed_by="合同管理员", archived_on=examples.DAY,
        archive_place="档案室 2 号柜", archive_number="DA-0001", route="contract_admin,manager,audit",
        blanks=[ContractBlank(name=name, value=usual or "甲方所在地")
                for name, usual in blanks_of(template.clauses).items()],
        deviations=[ContractDeviation(clause=2, old_text=template.clauses[1].body, reason="客户招标文件的要求",
                                      new_text="剩余有效期不少于十八个月。")],
        instalments=[ContractInstalment(due_on=examples.DAY, amount=total, condition="合同生效后")],
    )  # fmt: skip


def _line(place: int) -> ContractLine:
    card = examples.product_card(place)
    return ContractLine(
        product=card, product_name=card.name, product_code=card.code, registration=card.registration,
        maker=card.maker, model=card.model, spec=card.spec, grade=card.grade, shade=card.shade, unit="支",
        quantity=place, unit_price=examples.PRICE, amount=examples.PRICE * place, deliver_by=examples.DAY,
        requirement="整盒" if place % 2 else "无", factor=1,
    )  # fmt: skip
