"""How a contract is filled: party from the card, clauses' blanks from the template, annex from the products."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.persons import years_after
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.contract_templates import ContractClause, ContractTemplate, blanks_of
from dentalsales.registers.contracts.lines import (
    CARD,
    ZERO,
    ContractBlank,
    ContractDeviation,
    ContractInstalment,
    ContractLine,
)
from dentalsales.registers.contracts.record import Contract
from dentalsales.registers.customers import Customer
from dentalsales.registers.prices import Prices, list_prices, priced_in
from dentalsales.registers.products import Product
from dentalsales.registers.requirement_records import RequirementRecord

BEING_WRITTEN = ("", "draft", "rejected")


def customer_brings_its_party(contract: Contract, act: Act) -> None:
    """The card of the customer fills the party, and every product is priced for that customer."""
    customer = act.session.get(Customer, contract.customer_id or 0)
    if customer is None:
        return
    contract.party_legal_person, contract.party_agent = customer.legal_person, customer.contact
    contract.party_phone, contract.party_address = customer.phone, customer.address
    contract.party_bank, contract.party_account = customer.bank, customer.bank_account
    party_is_the_customer(contract, customer, act)
    name_lines(contract, contract.lines, act)


def party_is_the_customer(contract: Contract, customer: Customer, act: Act) -> None:
    """Name, code and licence are those of the card, whatever was typed."""
    licence = customer.licence_on(act.today)
    contract.party_name, contract.party_code = customer.name, customer.credit_code
    contract.party_licence = licence.number if licence else ""
    if contract.our_agent_id is None:
        contract.our_agent_id = customer.owner_id


def template_brings_kind_and_blanks(contract: Contract, act: Act) -> None:
    """The template decides kind and blanks; what was filled in stays. A contract usually holds for a year."""
    template = act.session.get(ContractTemplate, contract.template_id or 0)
    if template is None:
        return
    contract.kind = template.kind
    if contract.valid_from and contract.valid_to is None:
        contract.valid_to = years_after(contract.valid_from, 1) - timedelta(days=1)
    filled = {one.name: one for one in contract.blanks}
    wanted = blanks_of(template.clauses)
    if list(filled) == list(wanted) and len(filled) == len(contract.blanks):
        return
    contract.blanks = [
        filled.get(name) or ContractBlank(name=name, value=usual, position=place)
        for place, (name, usual) in enumerate(wanted.items())
    ]


def product_fills_its_line(contract: Contract, line: ContractLine, act: Act) -> None:
    """A product brings what its card says, its usual unit and the price that the customer has without a contract."""
    if line.product_id:
        line.model = line.spec = line.grade = line.shade = ""
    name_lines(contract, (line,), act)
    contract.add_up()


def quantity_or_unit_changed(contract: Contract, line: ContractLine, act: Act) -> None:
    """Another unit has another usual price, and holds another number of smallest units."""
    name_lines(contract, (line,), act)
    contract.add_up()


def lines_came_at_once(contract: Contract, lines: Iterable[ContractLine], act: Act) -> None:
    """Lines that were pasted are filled with two queries for all of them."""
    name_lines(contract, list(lines), act)
    contract.add_up()


def quantity_moves_the_amount(contract: Contract, line: ContractLine, act: Act) -> None:
    """Amount and total follow quantity and price."""
    line.price_it()
    contract.add_up()


def name_lines(contract: Contract, lines: Sequence[ContractLine], act: Act) -> None:
    """Fill lines with what their product cards say; cards and prices of all of them are read in two queries."""
    ids = {line.product_id for line in lines if line.product_id}
    if not ids:
        return
    products = act.find(Product, ids)
    customer = act.session.get(Customer, contract.customer_id or 0)
    level = customer.price_level if customer else "list"
    prices = list_prices(act, ids, {level, "list"}, act.today)
    for line in lines:
        product = products.get(line.product_id or 0)
        if product is not None:
            _name(line, product, level, prices)


def _name(line: ContractLine, product: Product, level: str, prices: Prices) -> None:
    for name in CARD:
        if not getattr(line, name):
            setattr(line, name, getattr(product, name))
    line.registration, line.maker = product.registration, product.maker
    line.product_name, line.product_code = product.name, product.code or ""
    if line.unit not in product.units:
        line.unit = product.usual_unit
    line.factor = product.factor(line.unit) or 1
    line.list_price = _usual_price(product, line.unit, level, prices)
    line.price_it()


def _usual_price(product: Product, unit: str, level: str, prices: Prices) -> Decimal | None:
    for one in (level, "list"):
        found = priced_in(product, prices.get((product.id, one), {}), unit)
        if found is not None:
            return found
    return None


def instalment_begins_with_the_rest(contract: Contract, line: ContractInstalment, act: Act) -> None:
    """An instalment is what the others leave of the contract, and our representative answers for it, until typed."""
    if line.responsible_id is None:
        line.responsible_id = contract.our_agent_id
    rest = (contract.total or ZERO) - sum((one.amount or ZERO for one in contract.instalments if one is not line), ZERO)
    if line.amount is None and rest > ZERO:
        line.amount = rest


def clause_shows_its_wording(contract: Contract, line: ContractDeviation, act: Act) -> None:
    """A deviation shows the wording of the template, which it begins to change."""
    line.old_text = _clauses(contract, act).get(line.clause or 0, "")
    line.new_text = line.new_text or line.old_text


def _clauses(contract: Contract, act: Act) -> dict[int, str]:
    query = select(ContractClause.number, ContractClause.body).where(
        ContractClause.contract_template_id == (contract.template_id or 0)
    )
    return {number or 0: body for number, body in act.session.execute(query)}


def what_the_program_fills_is_right(contract: Contract, act: Act) -> None:
    """Before every save of a draft: party, annex, blanks and old wordings are those of their sources."""
    if contract.state not in BEING_WRITTEN:
        return
    if contract.main is not None and contract.customer_id != contract.main.customer_id:
        raise RuleBroken(_("A supplement is with the customer of its contract."), field="customer_id")
    party_is_the_customer(contract, act.session.get_one(Customer, contract.customer_id), act)
    template_brings_kind_and_blanks(contract, act)
    name_lines(contract, contract.lines, act)
    clauses = _clauses(contract, act) if contract.deviations else {}
    for index, line in enumerate(contract.deviations):
        if line.clause not in clauses:
            raise RuleBroken(
                _("The template has no clause {number}."), field=f"deviations.{index}.clause", number=line.clause
            )
        line.old_text = clauses[line.clause]
    contract.add_up()


def from_requirement(record: RequirementRecord, act: Act) -> Contract:
    """Begin a contract on the basis of what was agreed."""
    contract = Contract(customer_id=record.customer_id, requirement_id=record.id, valid_from=act.today)
    customer_brings_its_party(contract, act)
    return contract


def supplement_to(contract: Contract, act: Act) -> Contract:
    """Begin a supplement 补充协议: the same customer and template, with the annex that it changes."""
    if contract.supplement_to_id is not None:
        raise RuleBroken(_("Begin the supplement from the contract itself."))
    made = Contract(
        customer_id=contract.customer_id,
        template_id=contract.template_id,
        supplement_to_id=contract.id,
        subject=contract.subject,
        valid_from=act.today,
        valid_to=max(contract.valid_to, act.today),
        commitment=contract.commitment,
        rebate=contract.rebate,
        return_quota=contract.return_quota,
        service_content=contract.service_content,
        service_time=contract.service_time,
    )
    made.lines = [
        ContractLine(
            product_id=line.product_id,
            unit=line.unit,
            quantity=line.quantity,
            unit_price=line.unit_price,
            deliver_by=line.deliver_by,
            requirement=line.requirement,
            **{name: getattr(line, name) for name in CARD},
        )
        for line in contract.lines
    ]
    made.blanks = [ContractBlank(name=one.name, value=one.value) for one in contract.blanks]
    customer_brings_its_party(made, act)
    template_brings_kind_and_blanks(made, act)
    made.add_up()
    return made
