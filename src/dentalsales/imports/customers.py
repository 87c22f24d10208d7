"""Importing customers: they count as reviewed, with the terms, the owner and the number that the file gives them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.importing import Fill, ImportColumn, ImportKind, Taken, Values, column_of
from dentalsales.blueprint.roles import ASSISTANT, CLERK, MANAGER, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.imports.customer_checks import (
    other_terms,
    the_limit_needs_terms,
    without_licence,
    without_limit,
)
from dentalsales.imports.customer_licences import licences_of, more_licences
from dentalsales.imports.customer_words import (
    GRADES,
    INVOICES,
    KINDS,
    LEVELS,
    LICENCES,
    SALE_CLASSES,
    SOURCES,
    terms_of,
)
from dentalsales.imports.find import completed, employee_names, plain, together
from dentalsales.registers.customers import (
    CUSTOMERS,
    Customer,
    CustomerLicence,
    a_salesperson_owns_it,
    similar_ones_are_named,
)

COLUMNS: tuple[ImportColumn, ...] = (
    column_of(
        Customer,
        "number",
        "客户编号",
        "客户编码",
        "客户代码",
        "customer number",
        "customer no",
        read_only=False,
        length=40,
        is_code=True,
    ),
    column_of(Customer, "name", "客户名", "单位", "医院名称", "诊所名称", "公司名称", "customer", "customer name"),
    column_of(Customer, "short_name", "客户简称"),
    column_of(Customer, "kind", "客户类别", "单位性质", words=KINDS),
    column_of(Customer, "sale_class", "销售分类", "统销/地销", words=SALE_CLASSES),
    column_of(Customer, "grade", "级别", words=GRADES),
    column_of(Customer, "is_key"),
    column_of(Customer, "is_bulk"),
    column_of(Customer, "owner_id", "负责人", "销售员", "客户经理", "跟进人", "salesperson", kind="text", target=None),
    column_of(Customer, "region", "省份", "城市", "片区"),
    column_of(Customer, "source", "客户来源", words=SOURCES),
    column_of(Customer, "contact", "联系人姓名", "收货人"),
    column_of(Customer, "phone", "手机号", "手机号码", "联系方式", "电话号码", "mobile", is_code=True),
    column_of(Customer, "address", "详细地址", "送货地址", "公司地址"),
    column_of(Customer, "credit_code", "社会信用代码", is_code=True),
    column_of(Customer, "legal_person"),
    column_of(
        CustomerLicence,
        "kind",
        "证照类别",
        "证件类型",
        "许可证类型",
        as_name="licence_kind",
        words=LICENCES,
        label=_("Kind of licence"),
        synonyms=("证照类型",),
    ),
    ImportColumn(
        "licence_number",
        column_of(CustomerLicence, "number", required=False).field,
        ("许可证号", "执业许可证号", "医疗机构许可证", "医疗机构执业许可证号", "经营许可证号", "诊所备案号", "licence"),
    ),
    ImportColumn(
        "licence_valid_to",
        column_of(CustomerLicence, "valid_to").field,
        ("许可证有效期", "许可证有效期至", "证照有效期", "licence valid to"),
    ),
    column_of(Customer, "invoice_title"),
    column_of(Customer, "invoice_kind", "发票类型", "开票类型", words=INVOICES),
    column_of(Customer, "bank"),
    column_of(Customer, "bank_account", "开户账号", "银行帐号", is_code=True),
    column_of(Customer, "invoice_address"),
    column_of(Customer, "invoice_email"),
    column_of(Customer, "terms", "结算条件", "付款条件", "收款方式", "结算", kind="text", choices=(), required=False),
    column_of(Customer, "terms_days"),
    column_of(Customer, "credit_limit", "授信额度", "credit limit"),
    column_of(Customer, "price_level", "价格体系", "执行价", words=LEVELS),
    column_of(Customer, "needs"),
    column_of(Customer, "remarks", "说明"),
)
TEXTS = tuple(
    column.name
    for column in COLUMNS
    if column.name not in ("number", "owner_id", "terms", "terms_days") and not column.name.startswith("licence_")
)
NEEDED = tuple(column.name for column in COLUMNS if column.field.required)
COMPARED = tuple(name for name in TEXTS if name not in ("name", "credit_limit"))


class CustomerTaker:
    """Knows which customers are there, and who works here."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._employees = employee_names(act)
        self._usual_days = int(act.setting("default_terms_days"))
        self._by_number: dict[str, int | None] = {}
        self._by_name: dict[str, list[tuple[int | None, str]]] = {}
        rows = act.session.execute(select(Customer.id, Customer.number, Customer.name, Customer.phone))
        for row in rows:
            self._remember(row.id, row.number or "", row.name, row.phone)

    def _remember(self, record_id: int | None, number: str, name: str, phone: str) -> None:
        if number:
            self._by_number[plain(number)] = record_id
        self._by_name.setdefault(plain(name), []).append((record_id, phone))

    def card_of(self, values: Values) -> Values | None:
        """Return what a row has to have, as the card of the customer says that the row names."""
        number, name = values.get("number"), values.get("name")
        known = self._by_name.get(plain(name), []) if name else []
        record_id = self._by_number.get(plain(number)) if number else None
        if record_id is None and len(known) == 1:
            record_id = known[0][0]
        if record_id is None:
            return None
        customer = self._act.session.get_one(Customer, record_id)
        return {field: getattr(customer, field) for field in NEEDED}

    def take(self, values: Values) -> Taken:
        """Return the new customer, or say that it is there."""
        there, record_id = self._there(values)
        owner = values.get("owner_id")
        owner_id, terms = together(
            lambda: self._employees.find(owner, "owner_id") if owner else None,
            lambda: terms_of(values, self._usual_days),
        )
        if there:
            return self._again(record_id, {**values, "owner_id": owner_id}, terms)
        customer = Customer(**{name: values[name] for name in TEXTS if values.get(name) is not None})
        customer.number, customer.owner_id = values.get("number"), owner_id
        customer.terms, customer.terms_days = terms
        customer.state, customer.terms_confirmed = "active", True
        customer.licences = licences_of(values)
        self._remember(None, customer.number or "", customer.name, customer.phone)
        return Taken(records=(customer,), foreseen=(*without_licence(customer), *without_limit(customer)))

    def _there(self, values: Values) -> tuple[bool, int | None]:
        """Same number, or same name; a name may stand twice when each has its own number or phone."""
        name, number = values["name"], values.get("number")
        same_name = self._by_name.get(plain(name), [])
        if number and plain(number) in self._by_number:
            record_id = self._by_number[plain(number)]
            if record_id not in [other for other, _phone in same_name]:
                raise RuleBroken(
                    _("Another customer has the number {number} already. Correct the number or the name."),
                    field="number",
                    number=number,
                )
            return True, record_id
        for record_id, phone in same_name:
            if not number or plain(phone) == plain(values["phone"]):
                return True, record_id
        return False, None

    def _again(self, record_id: int | None, values: Values, terms: tuple[str, int | None]) -> Taken:
        """A customer that is there gets what its card lacks, also a salesperson and a licence."""
        if record_id is None:
            twice = RuleBroken(_("This customer stands in the file twice; the first row is taken."), field="name")
            return Taken(already=True, warnings=(twice,))
        customer = self._act.session.get_one(Customer, record_id)
        if customer.state == "disabled":
            disabled = RuleBroken(_("{name} is disabled; nothing is filled in."), field="name", name=customer.name)
            return Taken(already=True, warnings=(disabled,))
        number = values.get("number")
        if number and plain(number) != plain(customer.number or ""):
            other = RuleBroken(
                _("This customer is there with the number {number}; nothing is filled in."),
                field="number",
                number=customer.number or "—",
            )
            return Taken(already=True, warnings=(other,))
        told = ("credit_limit",) if customer.credit_limit else ()
        taken = completed(customer, values, (*COMPARED, *told, "owner_id"))
        taken.warnings += other_terms(customer, values, terms)
        if not customer.credit_limit and (limit := values.get("credit_limit")):
            filled = {"credit_limit": limit, "terms_confirmed": False}
            taken.fill = Fill(customer, {**(taken.fill.values if taken.fill else {}), **filled})
            taken.foreseen += (
                _("{count} customers get their credit limit now; it holds when Finance has confirmed it: rows {rows}."),
            )
        more, differing = more_licences(customer, values)
        taken.warnings += differing
        if more:
            licences = [*customer.licences, *more]
            taken.fill = Fill(customer, {**(taken.fill.values if taken.fill else {}), "licences": licences})
        return taken

    def finish(self) -> Iterable[tuple[Any, str]]:
        """Nothing follows."""
        return ()


CUSTOMER_IMPORT = ImportKind(
    name="customers",
    title=_("Customers"),
    register="customers",
    columns=COLUMNS,
    named_by=("number", "name"),
    roles=roles(MANAGER, CLERK, ASSISTANT),
    begin=CustomerTaker,
    hint=_("One customer in each row. Imported customers count as reviewed."),
    rules={"customers": (a_salesperson_owns_it, similar_ones_are_named, the_limit_needs_terms)},
    series={"customers": ("number", CUSTOMERS.number)},
    were_there=True,
)
