"""Records of nobody with every field filled in, long names too: what a template is shown with. Never saved."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

from dentalsales.blueprint.house_records import Employee
from dentalsales.registers.complaints import Complaint, ComplaintPart
from dentalsales.registers.customers import Customer, CustomerLicence
from dentalsales.registers.dispatch_notes import DispatchLine, DispatchNote
from dentalsales.registers.orders import Order, OrderLine
from dentalsales.registers.products import Product
from dentalsales.registers.receipts import Allocation, Receipt
from dentalsales.registers.receivables import Receivable
from dentalsales.registers.returns import GoodsReturn, ReturnLine
from dentalsales.registers.samples import Sample, SampleLine
from dentalsales.registers.site_visits import SiteVisit, Visitor

DAY = date(2026, 11, 20)
PRICE = Decimal("286.50")
PHONE = "13800000000"
CUSTOMER = "示例市阳光口腔门诊部有限公司（城东分院）"
ADDRESS = "示例市城东区和平路 128 号阳光大厦 3 层 301 室"
MAKER = "示例医疗器械制造有限公司"
REGISTRATION = "国械注准20213170001"


def order(lines: int) -> Order:
    """Return an order of that many lines."""
    made = [_order_line(place) for place in range(1, lines + 1)]
    total = sum((line.amount for line in made), Decimal("0.00"))
    return Order(
        number="SO-20261120-001", state="sent", ordered_on=DAY, customer=_customer(), customer_name=CUSTOMER,
        customer_number="C-00001", rep=Employee(name="业务员甲"),
        contact="王医生", phone=PHONE, ship_to=ADDRESS, deliver_by=date(2026, 11, 23), carriage="express",
        terms="account", requirement="新批号，周六上午送货，先电话联系", remarks="", lines=made, total=total,
        consent_by="王医生", consent_way="wechat", paid=Decimal("500.00"),
    )  # fmt: skip


def dispatch_note(lines: int) -> DispatchNote:
    """Return a dispatch note of that many lines."""
    made = [_dispatch_line(place) for place in range(1, lines + 1)]
    customer = _customer()
    return DispatchNote(
        number="CK-20261120-001", state="sent", order=Order(number="SO-20261120-001", customer=customer),
        dispatched_on=DAY, ship_to=ADDRESS, contact="王医生", phone=PHONE, carrier="顺丰冷运",
        waybill="SF1234567890123", pieces=2, has_instructions=True, has_invoice=True,
        invoice_number="25117000000012345678", remarks="冷藏品请先收货入库", lines=made,
        total=sum((line.amount for line in made), Decimal("0.00")),
        buyer_name=CUSTOMER, buyer_address=ADDRESS, buyer_contact=f"王医生 {PHONE}", buyer_licence="PDY00000000000000",
    )  # fmt: skip


def goods_return(lines: int) -> GoodsReturn:
    """Return a return of that many lines."""
    note = dispatch_note(lines)
    made = [
        ReturnLine(
            dispatch_line=left, product=left.product, product_id=1, unit=left.unit, quantity=left.quantity,
            returned_as="spent" if left.quantity % 2 else "sound", lot_no=left.lot_no, expires_on=left.expires_on,
            registration=left.registration, unit_price=left.unit_price, amount=left.amount,
        )
        for left in note.lines
    ]  # fmt: skip
    return GoodsReturn(
        number="TH-20261120-001", state="credited", order=note.order, dispatch_note=note, returned_on=DAY,
        reason="wrong", remarks="客户订错色号，未拆封", lines=made, total=note.total, credited_on=DAY,
    )  # fmt: skip


def receipt(lines: int) -> Receipt:
    """Return a receipt that pays that many papers."""
    made = [_allocation(place) for place in range(1, lines + 1)]
    paid = sum((line.amount for line in made), Decimal("0.00"))
    return Receipt(
        number="SK-20261120-001", state="confirmed", customer=_customer(), customer_name=CUSTOMER,
        received_on=DAY, kind="transfer", amount=paid + Decimal("100.00"), evidence="20261120000012345",
        account="示例银行城东支行 6222 0000 0000 0000", payer=CUSTOMER, purpose="十月货款", fee=Decimal("5.00"),
        remarks="余款转预收", lines=made,
    )  # fmt: skip


def sample(lines: int) -> Sample:
    """Return an application for that many samples."""
    return Sample(
        number="YP-20261120-001", state="closed", route="quality,leader", customer=_customer(), sale_class="local",
        contact="王医生", phone=PHONE, ship_to=ADDRESS, purpose="replace", competitor="现用进口复合树脂",
        nature="lent", return_by=date(2026, 12, 20), needed_on=date(2026, 11, 25), way="express",
        reason="诊所计划更换前牙树脂，先试用两种色号", lines=[_sample_line(place) for place in range(1, lines + 1)],
        sampled_on=DAY, sent_on=DAY, waybill="SF1234567890123", signed_by="王医生", delivered_on=date(2026, 11, 22),
        opinion="颜色自然，操作性好，抛光后光泽度高", score=5, outcome="order",
    )  # fmt: skip


def _sample_line(place: int) -> SampleLine:
    product = product_card(place)
    return SampleLine(
        product=product, unit="支", quantity=place, monthly_use=10 * place, product_name=product.name,
        model=product.model, spec=product.spec, shade=product.shade, maker=MAKER, registration=REGISTRATION,
        lot_no=f"LOT{place:05}", expires_on=date(2028, 2, 29),
    )  # fmt: skip


def site_visit(lines: int) -> SiteVisit:
    """Return an application of that many visitors."""
    return SiteVisit(
        number="CG-20261120-001", state="closed", route="leader", customer=_customer(), sale_class="local",
        address=ADDRESS, contact="王医生", phone=PHONE, visit_on=date(2026, 11, 23), arrives_at="9:30",
        leaves_at="16:00", purpose="look", reason="了解仓储条件和样品，商谈明年供货", headcount=lines + 1,
        visitors=[Visitor(name=f"来访人{place}", post="医生", phone=PHONE) for place in range(1, lines + 1)],
        is_verified=True, verified_how="called_back", verified_words="已回拨诊所座机核实", shown_areas="样品室、阴凉库",
        closed_areas="财务室、价格资料", host=Employee(name="业务员甲"), reception="meal,room",
        reception_words="会议室 301，午餐 6 人", budget=Decimal("480.00"), proposal="由业务员陪同，不进入财务区域",
        reception_opinion="按计划接待，客户满意", result="有意试用树脂", follow_up="一周内送样并回访",
        follow_up_by=Employee(name="业务员甲"), due_on=date(2026, 11, 30), followed_up="",
    )  # fmt: skip


def quality_complaint(lines: int) -> Complaint:
    """Return a complaint about goods that so many departments answered."""
    product, at = product_card(3), datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    parts = [
        ComplaintPart(department=department, told_on=DAY, written_on=DAY, cause="瓶盖密封圈尺寸偏差，运输中受压后渗漏",
                      opinion="同意换货，并通知供应商整改")
        for department in islice(cycle(("quality", "warehouse", "production", "purchasing")), lines)
    ]  # fmt: skip
    return Complaint(
        number="TS-20261120-001", state="archived", kind="quality", customer=_customer(), received_at=at,
        complainant="王医生", phone=PHONE, channel="phone", severity="grave", voucher="CK-20261101-003",
        purchased_on=date(2026, 11, 1), product_name=product.name, model=product.model, spec=product.spec,
        grade=product.grade, shade=product.shade, lot_no="LOT00003", expires_on=date(2028, 2, 29),
        registration=REGISTRATION, maker=MAKER, bought=12, quantity=4, unit="支", usage="按说明书光照 40 秒",
        adverse="possible", adverse_known_at=at, adverse_reported_at=at, adverse_number="MDR-2026-0001",
        on_site_on=DAY, on_site="现场抽查三盒，其中一盒有两支渗漏", parts=parts, claim_asked=Decimal("1200.00"),
        claim_paid=Decimal("1146.00"), claim_result="换货四支，补偿运费", others_checked="已电话询问其余五家，均未发现",
        correction="供应商更换密封圈，入库时加检", correction_told_on=DAY, verdict="true", **_handled(at),
    )  # fmt: skip


def service_complaint(lines: int) -> Complaint:
    """Return a complaint about service."""
    at = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
    return Complaint(
        number="TS-20261120-002", state="archived", kind="service", customer=_customer(), received_at=at,
        complainant="王医生", phone=PHONE, channel="wechat", severity="ordinary", department="warehouse",
        to_office=True, proposal="扣罚 50 元，部门内通报批评", verdict="true", sanction="criticism,fine",
        fine=Decimal("50.00"), sanctioned_on=DAY, parts=[], **_handled(at),
    )  # fmt: skip


def _handled(at: datetime) -> dict[str, Any]:
    """What both kinds of complaint hold once they are archived."""
    return {
        "description": "约定上午送货，傍晚才到；打开包装时发现其中两支已经渗漏，影响当日接诊", "wish": "exchange",
        "reply_due_at": at + timedelta(hours=24), "replied_at": at + timedelta(hours=2), "reply": "已致歉，安排取样",
        "resolve_due_at": at + timedelta(hours=48), "resolved_at": at + timedelta(hours=46),
        "at_once": "同批号暂停发货",
        "cause": "瓶盖密封圈尺寸偏差", "plan": "换货四支，三日内送达", "consent_by": "王医生", "consent_on": DAY,
        "result": "已换货，客户签收", "told_on": DAY, "followed_on": DAY, "satisfaction": "good",
        "follow_up": "一周后回访，使用正常", "summary": "加强入库抽检与送货时间管理", "office_copy_on": DAY,
        "original_kept": True, "gm_told_on": DAY,
    }  # fmt: skip


def _customer() -> Customer:
    return Customer(
        number="C-00001", name=CUSTOMER, contact="王医生", phone=PHONE, address=ADDRESS,
        licences=[CustomerLicence(kind="clinic", number="PDY00000000000000")],
    )  # fmt: skip


def product_card(place: int) -> Product:
    """Every third name is a long one."""
    name = "纳米填料光固化复合树脂（前后牙通用型，可吸收紫外线）" if place % 3 == 0 else "光固化复合树脂"
    return Product(
        code=f"FH{place:02}-01", name=name, brand="示例", model="Z350-XT", spec="4g/支 注射器装", shade="A2",
        grade="一级", registration=REGISTRATION, registrant=MAKER, maker=MAKER,
        maker_licence="示械药监械生产许20210001号", storage="cool", barcode="6901234567892",
    )  # fmt: skip


def _order_line(place: int) -> OrderLine:
    card = product_card(place)
    return OrderLine(
        product=card, product_code=card.code, brand=card.brand, product_name=card.name,
        model=card.model, spec=card.spec, grade=card.grade, shade=card.shade,
        registration=REGISTRATION, maker=MAKER, unit="支",
        quantity=place, unit_price=PRICE, amount=PRICE * place, is_gift=False,
        requirement="", remarks="整盒" if place % 2 else "", tax_rate=Decimal("13.00"), sent=0,
    )  # fmt: skip


def _dispatch_line(place: int) -> DispatchLine:
    card = product_card(place)
    return DispatchLine(
        product=card, unit="支", quantity=place, unit_price=PRICE, amount=PRICE * place, has_certificate=True,
        remarks="整盒" if place % 2 else "", product_name=card.name, model=card.model, spec=card.spec,
        shade=card.shade, registration=REGISTRATION, registrant=MAKER, maker=MAKER,
        maker_licence=card.maker_licence, lot_no=f"LOT{place:05}", serial_no="", made_on=date(2026, 3, 1),
        expires_on=date(2028, 2, 29), storage="cool",
    )  # fmt: skip


def _allocation(place: int) -> Allocation:
    paper = Receivable(
        number=f"SO-20261001-{place:03}", on=date(2026, 10, 1), due_on=date(2026, 10, 31), amount=PRICE * place
    )
    return Allocation(receivable=paper, amount=PRICE * place, released=Decimal("0.00"))
