"""The complaints of the last weeks, each brought as far as its age allows; two of them about one lot."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dentalsales.registers.complaints import Complaint, ComplaintHold, ComplaintPart
from dentalsales.registers.customers import Customer
from dentalsales.registers.dispatch_notes import DispatchLine, DispatchNote
from dentalsales.registers.products import Product
from dentalsales.sample_company.book import Book
from dentalsales.sample_company.working_days import DAY, WorkingDays

REPLY, RESOLVE = timedelta(hours=24), timedelta(hours=48)
GOES = {
    "quality": (("notify", "notified", "manager"), ("find_cause", "found", "manager"), ("agree", "agreed", "service"),
                ("resolve", "resolved", "service"), ("follow_up", "followed", "service"),
                ("archive", "archived", "manager")),
    "service": (("report", "reported", "service"), ("judge", "found", "manager"), ("agree", "agreed", "service"),
                ("resolve", "resolved", "service"), ("follow_up", "followed", "service"),
                ("archive", "archived", "manager")),
}
"""Step, state after it, who takes it."""
SOON = 6
"""What came today came by then, however early the company is made."""
AFTER = (60, DAY + 60, DAY + 120, DAY + 300, 7 * DAY, 8 * DAY)
"""Minutes of working days after the receipt at which the steps are taken."""


@dataclass(frozen=True)
class Story:
    """What was complained of, so many working days ago, and how far it has come."""

    kind: str
    state: str
    days: int
    said: str
    cause: str = ""
    plan: str = ""
    department: str = "quality"
    minutes: int = 45
    """Until the first reply; 0 when there is none yet."""
    verdict: str = ""
    severity: str = "ordinary"
    fine: int = 0
    held: bool = False
    same_lot: bool = False
    late: str = ""


STORIES = (
    Story("quality", "archived", 46, "使用一周后边缘开裂", "运输中受热", "换货并派人上门指导", "warehouse"),
    Story("service", "archived", 38, "约定上午送货,傍晚才到,影响接诊", "司机未按线路送货", "致歉并调整送货线路",
          "warehouse", verdict="true", fine=50),
    Story("quality", "archived", 31, "首次使用即断裂", "同批次抽检偏差", "全部退货", minutes=190,
          late="客户寄回样品用时较长"),
    Story("service", "withdrawn", 25, "电话无人接听"),
    Story("quality", "followed", 21, "颜色与色号不符", "标签贴错", "按色号换货", "technical"),
    Story("quality", "resolved", 9, "开封时已有渗漏", "密封圈不合格", "换货,备件由厂家补发", held=True),
    Story("service", "found", 6, "开单金额与报价不一致", "报价单未及时更新", "", "sales", verdict="true"),
    Story("quality", "found", 4, "同一批号再次渗漏", "密封圈不合格", "", same_lot=True),
    Story("quality", "notified", 2, "外包装受潮,产品变色", "", "", "quality", DAY + 30),
    Story("service", "reported", 1, "退换货三天没有答复", "", "", "service", severity="grave"),
    Story("quality", "received", 0, "盒内少两件", minutes=0),
)  # fmt: skip


def write_complaints(book: Book, days: WorkingDays) -> None:
    """Take the complaints in; they are about what was delivered shortly before."""
    with book.company.reading() as session:
        query = (
            select(DispatchNote, DispatchLine, Product, Customer)
            .join(DispatchLine, DispatchLine.dispatch_note_id == DispatchNote.id)
            .join(Product, Product.id == DispatchLine.product_id)
            .join(Customer, Customer.id == DispatchNote.customer_id)
            .where(DispatchNote.state != "draft", DispatchLine.lot_no != "")
            .order_by(DispatchNote.id.desc(), DispatchLine.position)
            .limit(3000)
        )
        delivered: list[Any] = list(session.execute(query).all())
        last: Any = None
        for count, story in enumerate(STORIES):
            came = (len(days.days) - 1 - story.days) * DAY + (530 + 7 * count if story.days else SOON)
            before = [one for one in delivered if one[0].dispatched_on < days.day(came)]
            same = [one for one in before if last and (one[1].product_id, one[1].lot_no) == last]
            mine = (same if story.same_lot and same else before)[0 if story.same_lot else count * 7]
            if story.kind == "quality":
                last = (mine[1].product_id, mine[1].lot_no)
            _Complaint(book, days, story, came, mine).write()


class _Complaint:
    """One complaint while it is written."""

    def __init__(self, book: Book, days: WorkingDays, story: Story, came: int, about: Any) -> None:
        self._book, self._days, self._story, self._came = book, days, story, came
        self._note, self._line, self._product, self._customer = about
        at = days.at(came)
        self._row = book.row(
            Complaint, number=book.number("TS", days.day(came)), kind=story.kind, state=story.state, entered_at=at,
            entered_by_id=book.staff["service"], received_at=at, customer_id=self._customer.id, description=story.said,
            complainant=self._customer.contact, phone=self._customer.phone, severity=story.severity,
            owner_id=book.staff["manager"], wish="exchange" if story.kind == "quality" else "explanation",
            channel="phone" if story.days else "wechat",
        )  # fmt: skip

    def write(self) -> None:
        """Take the row in with its departments, its holds and its history."""
        row, story, staff = self._row, self._story, self._book.staff
        if story.kind == "quality":
            self._goods()
        else:
            row.update(department=story.department, person_id=staff["warehouse"] if story.fine else None)
        self._log("created", "", "received", "service", self._came)
        taken = self._steps()
        self._deadlines(taken)
        self._book.add(Complaint, row)

    def _goods(self) -> None:
        note, line, product = self._note, self._line, self._product
        self._row.update(
            dispatch_note_id=note.id, goods=f"{note.number}/{line.position + 1}", voucher=note.number,
            product_id=product.id, product_name=line.product_name, model=line.model, spec=line.spec,
            grade=product.grade, shade=line.shade, lot_id=line.lot_id, lot_no=line.lot_no, expires_on=line.expires_on,
            registration=line.registration, maker=line.maker, purchased_on=note.dispatched_on, bought=line.quantity,
            unit=line.unit, quantity=1, stop_proposed=self._story.same_lot,
        )  # fmt: skip

    def _steps(self) -> dict[str, int]:
        """Write the steps in the order of their moments; return when each was taken."""
        story, row, at = self._story, self._row, self._days.at
        events = [(story.minutes, "reply", "", "service")] if story.minutes else []
        for (step, state, who), minutes in zip(GOES[story.kind], AFTER, strict=True):
            if self._comes_to(state):
                events.append((minutes + (2 * DAY if story.late and minutes > DAY else 0), step, state, who))
        if story.held:
            events += [(DAY + 150, "hold", "", "service"), (DAY + 200, "resume", "", "service")]
        if story.state == "withdrawn":
            events = [(45, "reply", "", "service"), (300, "withdraw", "withdrawn", "manager")]
        if story.state == "archived":
            events.append((7 * DAY + (2 * DAY if story.late else 0) + 120, "file_copy", "", "office"))
        if story.fine:
            events.append((DAY + 90, "decide_sanction", "", "vp"))
        taken, here = {}, "received"
        for minutes, step, state, who in sorted(events):
            moment = self._days.later(self._came, minutes // DAY, minutes % DAY)
            self._log(step, here, state or here, who, moment)
            taken[step], here = moment, state or here
        self._fill(taken)
        if "hold" in taken:
            self._book.enter(
                ComplaintHold, complaint_id=row["id"], began_at=at(taken["hold"]), ended_at=at(taken["resume"]),
                reason="等客户寄回样品", position=0,
            )  # fmt: skip
        return taken

    def _comes_to(self, state: str) -> bool:
        """Say whether the story goes as far as a state."""
        way = [state for _step, state, _who in GOES[self._story.kind]]
        reached = way.index(self._story.state) if self._story.state in way else -1
        return way.index(state) <= reached

    def _fill(self, taken: dict[str, int]) -> None:
        """Put in what the steps asked for."""
        row, story, staff, days = self._row, self._story, self._book.staff, self._days
        if "reply" in taken:
            row.update(replied_at=days.at(taken["reply"]), reply="已致歉,正在了解情况")
        if "notify" in taken:
            told = days.day(taken["notify"])
            self._book.enter(ComplaintPart, complaint_id=row["id"], department=story.department, told_on=told,
                             cause=story.cause, opinion="同意换货" if story.cause else "", position=0)  # fmt: skip
        if "report" in taken:
            row.update(reported_to_id=staff["vp"], to_office=story.severity == "grave", proposal="查明后通报处理")
        if "find_cause" in taken or "judge" in taken:
            row.update(cause=story.cause, verdict=story.verdict or "true")
        if "agree" in taken:
            row.update(plan=story.plan, consent_by=self._customer.contact, consent_way="phone",
                       consent_on=days.day(taken["agree"]))  # fmt: skip
        if "resolve" in taken:
            row.update(resolved_at=days.at(taken["resolve"]), result=story.plan, told_way="phone",
                       told_on=days.day(taken["resolve"]), late_reason=story.late)  # fmt: skip
        if "follow_up" in taken:
            row.update(followed_on=days.day(taken["follow_up"]), satisfaction="fair" if story.late else "good",
                       follow_up="回访客户,对处理结果表示认可")  # fmt: skip
        if "archive" in taken:
            row.update(office_copy_on=days.day(taken["file_copy"]), original_kept=True, summary=story.cause,
                       correction="加强出库检查", correction_told_on=days.day(taken["follow_up"]))  # fmt: skip
        if story.fine:
            row.update(sanction="fine", fine=Decimal(story.fine), sanctioned_id=staff["warehouse"],
                       sanctioned_on=days.day(taken["decide_sanction"]))  # fmt: skip

    def _deadlines(self, taken: dict[str, int]) -> None:
        row, at = self._row, self._days.at
        held = at(taken["resume"]) - at(taken["hold"]) if "hold" in taken else timedelta(0)
        reply, resolve = row["received_at"] + REPLY, row["received_at"] + RESOLVE + held
        over = row["state"] in ("archived", "withdrawn")
        waiting: list[datetime] = []
        if not over and row["resolved_at"] is None:
            waiting = [resolve] if row["replied_at"] else [reply, resolve]
        row.update(reply_due_at=reply, resolve_due_at=resolve, due_at=min(waiting, default=None))

    def _log(self, step: str, before: str, after: str, who: str, moment: int) -> None:
        note = {"hold": "等客户寄回样品", "withdraw": "客户表示不再追究"}.get(step, "")
        self._book.log("complaints", self._row["id"], step, (before, after), who, self._days.at(moment), note)


