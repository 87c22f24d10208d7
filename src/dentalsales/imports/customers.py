"""Importing customers: they count as reviewed, with the terms, the owner and the number that the file gives them."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.importing import ImportColumn, ImportKind, Taken, Values, column_of, spelled
from dentalsales.blueprint.roles import ASSISTANT, CLERK, MANAGER, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.imports.find import differing, employee_names, plain, together
from dentalsales.registers.customers import (
    CUSTOMERS,
    Customer,
    CustomerLicence,
    a_salesperson_owns_it,
    similar_ones_are_named,
)

KINDS = spelled(
    clinic="诊所 口腔诊所",
    outpatient="门诊 门诊部 口腔门诊 口腔门诊部",
    hospital="医院 口腔医院 公立医院",
    lab="技工所 义齿厂 加工厂 加工所 义齿加工 laboratory",
    dealer="经销商 代理商 分销商",
    other="其他 其它",
)
SALE_CLASSES = spelled(unified="统销", local="地销")
GRADES = spelled(a="a级 a类", b="b级 b类", c="c级 c类")
LEVELS = spelled(
    list="标准 标准价 列表价 目录价 零售价",
    a="a级 a价 a级价",
    b="b级 b价 b级价",
    c="c级 c价 c级价",
)
SOURCES = spelled(
    research="市场调研",
    exhibition="展会 展览会",
    network="网络 网上",
    visit="拜访 上门 业务员拜访",
    referral="介绍 转介绍 朋友介绍",
)
INVOICES = spelled(
    special="专票 专用发票 增值税专用发票",
    general="普票 普通发票 增值税普通发票",
    digital="电子发票 电子普票 数电 数电票",
)
PREPAY = frozenset("预付 预付款 先款后货 款到发货 现结 现款 现金 现款现货 prepay prepaid 全款".split())
ON_ACCOUNT = frozenset("月结 账期 赊销 挂账 欠款 onaccount account".split())
DAYS = re.compile(r"(?:月结|账期|赊销|挂账|net|account)?(\d{1,3})(?:天|日|days?|d)?(?:账期|月结)?")
LICENCE_OF = {"dealer": "device_licence", "lab": "business", "other": "business"}

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
    if column.name not in ("number", "owner_id", "licence_number", "licence_valid_to", "terms", "terms_days")
)
COMPARED = ("phone", "contact", "address", "credit_code", "price_level", "credit_limit")


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

    def take(self, values: Values) -> Taken:
        """Return the new customer, or say that it is there."""
        there, record_id = self._there(values)
        if there:
            return Taken(already=True, warnings=tuple(self._differences(record_id, values)))
        owner = values.get("owner_id")
        owner_id, terms = together(
            lambda: self._employees.find(owner, "owner_id") if owner else None,
            lambda: terms_of(values, self._usual_days),
        )
        customer = Customer(**{name: values[name] for name in TEXTS if values.get(name) is not None})
        customer.number, customer.owner_id = values.get("number"), owner_id
        customer.terms, customer.terms_days = terms
        customer.state, customer.terms_confirmed = "active", True
        customer.licences = licences_of(values)
        self._remember(None, customer.number or "", customer.name, customer.phone)
        return Taken(records=(customer,))

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

    def _differences(self, record_id: int | None, values: Values) -> list[RuleBroken]:
        if record_id is None:
            return [RuleBroken(_("This customer stands in the file twice; the first row is taken."), field="name")]
        customer = self._act.session.get_one(Customer, record_id)
        return differing(customer, values, COMPARED)

    def finish(self) -> Iterable[tuple[Any, str]]:
        """Nothing follows."""
        return ()


def terms_of(values: Values, usual_days: int) -> tuple[str, int | None]:
    """Return terms and days from words like 月结30天, 先款后货 or 30."""
    words, days = values.get("terms"), values.get("terms_days")
    if not words:
        return ("account", days) if days else ("prepay", None)
    word = plain(words)
    if word in PREPAY or word in ("0", "0天"):
        return "prepay", None
    if word in ON_ACCOUNT:
        return "account", days or usual_days
    found = DAYS.fullmatch(word)
    if found is None:
        raise RuleBroken(
            _("“{terms}” are no terms the program knows. Write 先款后货, or 月结 and the days, like 月结30天."),
            field="terms",
            terms=words,
        )
    return "account", int(found.group(1))


def licences_of(values: Values) -> list[CustomerLicence]:
    """Return the licence that a row names; which it is follows from the kind of customer."""
    if not values.get("licence_number"):
        return []
    kind = LICENCE_OF.get(values.get("kind") or "clinic", "clinic")
    return [CustomerLicence(kind=kind, number=values["licence_number"], valid_to=values.get("licence_valid_to"))]


def the_limit_needs_terms(customer: Customer, act: Act) -> None:
    """A limit without days on account would never be used: it is told, not refused."""
    if customer.terms == "prepay" and (customer.credit_limit or Decimal(0)) > 0:
        act.warn(_("{name} pays before delivery, so the credit limit has no effect."), name=customer.name)


CUSTOMER_IMPORT = ImportKind(
    name="customers",
    title=_("Customers"),
    register="customers",
    columns=COLUMNS,
    roles=roles(MANAGER, CLERK, ASSISTANT),
    begin=CustomerTaker,
    hint=_("One customer in each row. Imported customers count as reviewed."),
    rules={"customers": (a_salesperson_owns_it, similar_ones_are_named, the_limit_needs_terms)},
    series={"customers": ("number", CUSTOMERS.number)},
)
