"""Who a customer is, with contacts, addresses and licences (M1-M4)."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy.orm import Mapped, relationship

from dentalsales.blueprint.fields import (
    BY_STEP,
    CONTACT,
    PARTY,
    attachments,
    choice,
    day,
    how_many,
    lines,
    link,
    money,
    note,
    number,
    part_of,
    phone,
    text,
    yes_no,
)
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.printout import SIZE_NAMES
from dentalsales.blueprint.record import Line, Tracked
from dentalsales.blueprint.roles import (
    MANAGER,
    roles,
)
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _

SALE_CLASSES = (("unified", _("Unified sales")), ("local", _("Local sales")))
TERMS = (("prepay", _("Prepay")), ("account", _("On account")))
PRICE_LEVELS = (("list", _("List price")), ("a", _("Level A")), ("b", _("Level B")), ("c", _("Level C")))
LICENCE_KINDS = (
    ("business", _("Business licence")),
    ("clinic", _("Medical institution licence")),
    ("clinic_filing", _("Clinic filing certificate")),
    ("device_licence", _("Device distribution licence")),
    ("device_filing", _("Class II device filing")),
)


class CustomerContact(Line):
    """A person at the customer."""

    __tablename__ = "customer_contact"

    customer_id: Mapped[int] = part_of("customer")
    name: Mapped[str] = text(_("Name"), required=True, length=60, personal=CONTACT)
    post: Mapped[str] = text(_("Post"), length=60)
    phone: Mapped[str] = phone(_("Phone"), masked=True, personal=CONTACT)
    wechat: Mapped[str] = text(_("WeChat"), length=60, masked=True, personal=CONTACT)


class CustomerAddress(Line):
    """A place the goods go to."""

    __tablename__ = "customer_address"

    customer_id: Mapped[int] = part_of("customer")
    address: Mapped[str] = text(_("Address"), required=True, personal=CONTACT)
    receiver: Mapped[str] = text(_("Receiver"), length=60, personal=CONTACT)
    phone: Mapped[str] = phone(_("Phone"), masked=True, personal=CONTACT)
    hours: Mapped[str] = text(_("Receiving hours"), length=60)


class CustomerLicence(Line):
    """A licence or filing of the customer; the sales record needs its number (Order 54, article 38)."""

    __tablename__ = "customer_licence"

    customer_id: Mapped[int] = part_of("customer")
    kind: Mapped[str] = choice(_("Kind"), *LICENCE_KINDS, default="clinic")
    number: Mapped[str] = text(_("Licence number"), required=True, length=80, search=True)
    scope: Mapped[str] = text(_("Scope"))
    issuer: Mapped[str] = text(_("Issuer"), length=100)
    issued_on: Mapped[date | None] = day(_("Issued on"))
    valid_to: Mapped[date | None] = day(_("Valid to"), help=_("Empty means long-term."))
    verified_on: Mapped[date | None] = day(_("Verified on"))

    def check(self) -> None:
        """A licence does not end before it begins."""
        if self.issued_on and self.valid_to and self.valid_to < self.issued_on:
            raise RuleBroken(_("The licence ends before it was issued."), field="valid_to")


class Customer(Tracked):
    """Who buys from us."""

    __tablename__ = "customer"
    title_fields: ClassVar[tuple[str, ...]] = ("name",)
    suggest_detail_fields: ClassVar[tuple[str, ...]] = ("number", "region", "phone")

    name: Mapped[str] = text(
        _("Customer name"),
        required=True,
        search=True,
        personal=PARTY,
        synonyms=("客户名称", "客户全称", "单位名称", "客户", "name"),
    )
    short_name: Mapped[str] = text(_("Short name"), length=60, search=True, personal=PARTY, synonyms=("简称",))
    kind: Mapped[str] = choice(
        _("Kind"),
        ("clinic", _("Clinic")),
        ("outpatient", _("Outpatient department")),
        ("hospital", _("Hospital")),
        ("lab", _("Dental laboratory")),
        ("dealer", _("Dealer")),
        ("other", _("Other")),
        default="clinic",
        synonyms=("客户类型", "类型", "type"),
    )
    sale_class: Mapped[str] = choice(
        _("Sale class"), *SALE_CLASSES, default="unified", edit_roles=roles(MANAGER), synonyms=("统销地销", "销售类别")
    )
    grade: Mapped[str] = choice(
        _("Grade"), ("a", _("A")), ("b", _("B")), ("c", _("C")), bulk=True, synonyms=("客户级别", "等级")
    )
    is_key: Mapped[bool] = yes_no(_("Key customer"), synonyms=("重点客户",))
    is_bulk: Mapped[bool] = yes_no(_("Bulk customer"), synonyms=("大宗客户",))
    owner_id: Mapped[int | None] = link(
        _("Salesperson"),
        "employee",
        edit_roles=roles(MANAGER),
        bulk=True,
        synonyms=("业务员", "归属业务员", "销售代表", "rep", "owner"),
    )
    region: Mapped[str] = text(_("Region"), length=60, bulk=True, synonyms=("区域", "地区"))
    source: Mapped[str] = choice(
        _("Source"),
        ("research", _("Market research")),
        ("exhibition", _("Exhibition")),
        ("network", _("Network")),
        ("visit", _("Sales call")),
        ("referral", _("Referral")),
        synonyms=("来源",),
    )
    contact: Mapped[str] = text(
        _("Contact"), required=True, length=60, search=True, personal=CONTACT, synonyms=("联系人", "contact")
    )
    phone: Mapped[str] = phone(
        _("Phone"),
        required=True,
        search=True,
        masked=True,
        personal=CONTACT,
        synonyms=("电话", "联系电话", "手机", "联系方式", "phone", "tel"),
    )
    address: Mapped[str] = text(
        _("Address"), required=True, personal=CONTACT, synonyms=("地址", "联系地址", "收货地址", "address")
    )
    credit_code: Mapped[str] = text(
        _("Unified social credit code"),
        length=18,
        search=True,
        personal=PARTY,
        synonyms=("统一社会信用代码", "税号", "信用代码", "纳税人识别号"),
    )
    legal_person: Mapped[str] = text(_("Legal person"), length=60, personal=CONTACT, synonyms=("法定代表人", "法人"))
    contacts: Mapped[list[CustomerContact]] = lines(_("Contacts"), "CustomerContact", "name", "post", "phone", "wechat")
    addresses: Mapped[list[CustomerAddress]] = lines(
        _("Delivery addresses"), "CustomerAddress", "address", "receiver", "phone", "hours"
    )
    licences: Mapped[list[CustomerLicence]] = lines(
        _("Licences"), "CustomerLicence", "kind", "number", "scope", "issuer", "issued_on", "valid_to", "verified_on"
    )
    invoice_title: Mapped[str] = text(_("Invoice title"), personal=PARTY, synonyms=("发票抬头", "开票名称"))
    invoice_kind: Mapped[str] = choice(
        _("Invoice kind"), ("special", _("Special VAT")), ("general", _("General VAT")), ("digital", _("Digital"))
    )
    bank: Mapped[str] = text(_("Bank"), length=100, synonyms=("开户行", "开户银行"))
    bank_account: Mapped[str] = text(_("Bank account"), length=40, personal=PARTY, synonyms=("账号", "银行账号"))
    invoice_address: Mapped[str] = text(
        _("Invoice address and phone"), personal=CONTACT, synonyms=("地址电话", "开票地址电话")
    )
    invoice_email: Mapped[str] = text(_("Invoice e-mail"), length=100, personal=CONTACT, synonyms=("邮箱", "收票邮箱"))
    terms: Mapped[str] = choice(
        _("Terms"), *TERMS, default="prepay", edit_roles=roles(MANAGER), synonyms=("结算方式", "付款方式")
    )
    terms_days: Mapped[int | None] = number(
        _("Days on account"),
        edit_roles=roles(MANAGER),
        minimum=0,
        maximum=365,
        synonyms=("账期", "账期天数", "月结天数"),
    )
    credit_limit: Mapped[Decimal] = money(
        _("Credit limit"), edit_roles=roles(MANAGER), minimum=0, synonyms=("信用额度", "额度")
    )
    terms_confirmed: Mapped[bool] = yes_no(_("Terms confirmed by finance"), read_only=True)
    price_level: Mapped[str] = choice(
        _("Price level"), *PRICE_LEVELS, default="list", edit_roles=roles(MANAGER), synonyms=("价格级别", "价格等级")
    )
    minimum_shelf_months: Mapped[int | None] = how_many(_("Months of shelf life the customer asks for"), minimum=0)
    print_size: Mapped[str] = choice(
        _("Paper of his slips"),
        *SIZE_NAMES.items(),
        help=_("Empty is the size that the print templates call usual."),
        synonyms=("单据纸张", "打印模板"),
    )
    print_prices: Mapped[str] = choice(
        _("Prices on his dispatch notes"),
        ("with", _("With prices")),
        ("without", _("Without prices")),
        help=_("Empty is as the print template says."),
        synonyms=("单据价格", "出货单价格"),
    )
    needs: Mapped[str] = note(_("Needs and feedback"), synonyms=("需求和反馈", "需求"))
    situation: Mapped[str] = note(_("Business situation and plans"))
    remarks: Mapped[str] = note(_("Notes"), synonyms=("备注", "note", "remark"))
    purchases_total: Mapped[Decimal] = money(_("Purchases to date"), read_only=True, total=True, copied=False)
    last_purchase_on: Mapped[date | None] = day(_("Last purchase"), **BY_STEP)

    files = attachments()
    owner: Mapped[Employee | None] = relationship(foreign_keys="Customer.owner_id")

    def check(self) -> None:
        """On account needs days; the credit code must be a real one."""
        if self.terms == "account" and not self.terms_days:
            raise RuleBroken(_("Enter the days on account, or choose Prepay."), field="terms_days")
        if self.credit_code and not _is_credit_code(self.credit_code):
            raise RuleBroken(
                _("The unified social credit code has a typing mistake; check its 18 characters."), field="credit_code"
            )

    def licence_on(self, on: date) -> CustomerLicence | None:
        """Return the licence that a sales record of that day names: a medical or device one that is still valid."""
        kinds = ("clinic", "clinic_filing", "device_licence", "device_filing")
        valid = [one for one in self.licences if one.valid_to is None or one.valid_to >= on]
        ranked = sorted((one for one in valid if one.kind in kinds), key=lambda one: kinds.index(one.kind))
        return ranked[0] if ranked else None


def _is_credit_code(code: str) -> bool:
    from stdnum.cn import uscc

    return bool(uscc.is_valid(code))
