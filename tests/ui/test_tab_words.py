"""What a record's tab says."""

from typing import Any

from contract_makers import a_contract, a_template
from makers import a_customer, filled

from dentalsales.ui.tab_words import tab_words


def test_a_paper_on_the_basis_of_another_is_still_its_customers(desks: Any) -> None:
    customer = a_customer(desks, "康美齿科")
    need = filled(desks["rep"], "requirement_records", customer_id=customer, need="全年供应")
    need.save()
    contract = a_contract(desks, customer, a_template(desks), requirement_id=need.id)
    assert "康美齿科" in tab_words(contract)[0]
