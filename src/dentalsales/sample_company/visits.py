"""Customers' visits in every state: applied for, approved for the days to come, received and followed up."""

from datetime import date, timedelta

from dentalsales.registers.site_visits import SiteVisit, Visitor
from dentalsales.sample_company.amounts import yuan
from dentalsales.sample_company.book import Book, Row
from dentalsales.sample_company.partners import Partner
from dentalsales.sample_company.working_days import DAY, WorkingDays, is_holiday

FATES = (
    ("closed", 52, -45), ("closed", 33, -28), ("overdue", 20, -20), ("followed", 9, -8), ("received", 6, -3),
    ("called_off", 8, -6), ("approved", 5, 0), ("approved", 4, 1), ("approved", 4, 3), ("rejected", 3, 4),
    ("in_review", 2, 5), ("in_review", 2, 8), ("draft", 1, 9),
)  # fmt: skip
"""How far the visits have come, how many working days ago they were applied for, and in how many days they are."""
APPROVERS = {"unified": "manager", "local": "leader"}
PURPOSES = ("look", "negotiate", "training", "audit", "after_sales")
AREAS = ("样品室、阴凉库", "样品室、会议室", "培训教室、样品室")


class Visits:
    """Enters the applications of the last weeks, and of those to come."""

    def __init__(self, book: Book, days: WorkingDays) -> None:
        self.book, self.days = book, days
        self.last, self.today = len(days.days) - 1, days.days[-1]

    def make(self, partners: list[Partner]) -> None:
        """Give every fate a customer who has been there from the beginning."""
        asking = [one for one in partners if one.since < DAY and one.row["state"] == "active"][8:]
        for place, ((fate, ago, ahead), partner) in enumerate(zip(FATES, asking, strict=False)):
            at = max(0, self.last - ago) * DAY + 600 + place * 3
            on = self.today + timedelta(days=ahead)
            self._visit(partner, fate, place, at, self._in_office(max(on, self.days.day(at) + timedelta(days=1))))

    def _in_office(self, day: date) -> date:
        """Return the first day from a day on, on which somebody is there to receive visitors."""
        while day != self.today and (day.weekday() >= 5 or is_holiday(day)):
            day += timedelta(days=1)
        return day

    def _visit(self, partner: Partner, fate: str, place: int, at: int, on: date) -> None:
        book, customer = self.book, partner.row
        rep = book.logins[customer["owner_id"]]
        row = book.row(
            SiteVisit, customer_id=customer["id"], sale_class=customer["sale_class"], address=customer["address"],
            contact=customer["contact"], phone=customer["phone"], visit_on=on, arrives_at=("9:30", "14:00")[place % 2],
            leaves_at=("11:30", "16:30")[place % 2], purpose=PURPOSES[place % 5], reason="了解仓储和产品,商谈后续合作",
            headcount=2 + place % 3, is_verified=True, verified_how=("called_back", "known", "licence")[place % 3],
            shown_areas=AREAS[place % 3], closed_areas="财务室、价格资料", host_id=customer["owner_id"],
            reception="room,papers" if place % 2 else "meal,room", budget=yuan(20000 + 5000 * place),
            proposal="由业务员全程陪同,不进入保密区域", state="draft",
            entered_at=self.days.at(at), entered_by_id=book.staff[rep],
        )
        for position, (name, post) in enumerate(((customer["contact"], "负责人"), ("陈护士长", "护士长"))):
            book.enter(Visitor, site_visit_id=row["id"], position=position, name=name, post=post)
        self._log(row, "created", "draft", rep, at)
        if fate != "draft":
            self._walk(row, fate, at, on, rep)
        book.add(SiteVisit, row)

    def _walk(self, row: Row, fate: str, at: int, on: date, rep: str) -> None:
        approver = APPROVERS[row["sale_class"]]
        row.update(number=self.book.number("CG", self.days.day(at)), route=approver, turn=approver)
        self._log(row, "submit", "in_review", rep, at + 3)
        if fate == "in_review":
            return
        row["turn"] = ""
        if fate == "rejected":
            self._log(row, "reject", "rejected", approver, at + 90, "当天盘点,请改期", approver)
            return
        row["route_position"] = 1
        self._log(row, "approve", "approved", approver, at + 90, turn=approver)
        if fate == "called_off":
            self._log(row, "call_off", "called_off", rep, at + DAY, "客户临时有事")
        if fate not in ("received", "followed", "overdue", "closed"):
            return
        held = self.days.on(on, 1020)
        row.update(reception_opinion="按计划接待,客户满意", result="有意试用树脂和粘接剂")
        self._log(row, "receive", "received", rep, held)
        if fate == "received":
            return
        due = self.today + timedelta(days=5) if fate == "followed" else on + timedelta(days=7)
        row.update(follow_up="送样并回访,商谈年度框架合同", follow_up_by_id=row["host_id"], due_on=due)
        self._log(row, "follow", "followed", rep, held + 20)
        if fate == "closed":
            row["followed_up"] = "已送样,客户下了首张订单"
            self._log(row, "close", "closed", rep, held + 5 * DAY)

    def _log(self, row: Row, step: str, state: str, who: str, at: int, note: str = "", turn: str = "") -> None:
        before, row["state"] = "" if step == "created" else row["state"], state
        self.book.log("site_visits", row["id"], step, (before, state), who, self.days.at(min(at, self.days.last)), note,
                      turn)
