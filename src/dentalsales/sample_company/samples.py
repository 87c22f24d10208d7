"""Samples in every state of their way: drawn out of real lots, sent by the desk of their class, answered or overdue."""

from datetime import timedelta
from functools import partial

from dentalsales.registers.samples import Sample, SampleLine
from dentalsales.sample_company.agenda import Agenda
from dentalsales.sample_company.book import Book, Row
from dentalsales.sample_company.catalogue import Goods
from dentalsales.sample_company.partners import Partner
from dentalsales.sample_company.stock_room import Batch, StockRoom
from dentalsales.sample_company.working_days import DAY, WorkingDays

FATES = (
    ("closed", 58), ("closed", 52), ("closed", 47), ("lent", 34), ("overdue", 24), ("answered", 15), ("delivered", 6),
    ("rejected", 5), ("sent", 4), ("sampled", 3), ("approved", 2), ("second", 2), ("draft", 1), ("first", 1),
)  # fmt: skip
"""How far the samples have come, and how many working days ago they were applied for."""
ROUTES = {"unified": ("manager", "quality"), "local": ("quality", "leader")}
SENDERS = {"unified": "warehouse", "local": "assistant"}
PURPOSES = ("replace", "trial", "market", "bid")
COMPETITORS = ("进口复合树脂", "其他品牌粘接剂", "", "进口印模材料")
OPINIONS = (("操作性好,颜色自然,愿意换用", 5, "order"), ("强度可以,抛光稍慢,先少量订购", 4, "order"),
            ("与现用产品差别不大,再试一次", 3, "again"), ("患者反映有异味,暂不考虑", 2, "none"))


class Samples:
    """Puts the applications on the agenda, so that their goods leave the stock in time."""

    def __init__(self, book: Book, days: WorkingDays, agenda: Agenda, room: StockRoom) -> None:
        self.book, self.days, self.agenda, self.room = book, days, agenda, room
        self.last = len(days.days) - 1

    def plan(self, partners: list[Partner]) -> None:
        """Give every fate a customer who has been there from the beginning."""
        asking = [one for one in partners if one.since < DAY and one.row["state"] == "active"][3:]
        for place, ((fate, ago), partner) in enumerate(zip(FATES, asking, strict=False)):
            moment = max(0, self.last - ago) * DAY + 570 + place
            self.agenda.put(moment, partial(self._apply, partner, fate, place))

    def _apply(self, partner: Partner, fate: str, place: int, moment: int) -> None:
        found = self._goods(partner, moment)
        if not found:
            return
        book, days, customer = self.book, self.days, partner.row
        day, rep = days.day(moment), book.logins[customer["owner_id"]]
        row = book.row(
            Sample, customer_id=customer["id"], sale_class=customer["sale_class"], contact=customer["contact"],
            phone=customer["phone"], ship_to=customer["address"], purpose=PURPOSES[place % 4], state="draft",
            competitor=COMPETITORS[place % 4], needed_on=day + timedelta(days=5), way=("rep", "express")[place % 2],
            nature="lent" if fate == "lent" else "given", reason="客户有意试用,先送少量样品",
            return_by=days.days[self.last - 3] if fate == "lent" else None,
            entered_at=days.at(moment), entered_by_id=book.staff[rep],
        )
        lines = [self._line(row, position, goods, place) for position, (goods, _lot) in enumerate(found)]
        self._log(row, "created", "draft", rep, moment)
        if fate != "draft":
            self._walk(row, lines, found, fate, place, moment, rep)
        for line in lines:
            book.add(SampleLine, line)
        book.add(Sample, row)

    def _goods(self, partner: Partner, moment: int) -> list[tuple[Goods, Batch]]:
        """Return up to two of the customer's favourites of which a lot has plenty."""
        day, found = self.days.day(moment), list[tuple[Goods, Batch]]()
        for goods in dict.fromkeys(partner.favourites):
            good = (one for one in goods.lots if one.expires_on is None or one.expires_on > day)
            lot = next((one for one in good if one.on_hand > 6), None)
            if lot is not None and goods.available(day) > 6:
                found.append((goods, lot))
        return found[:2]

    def _line(self, row: Row, position: int, goods: Goods, place: int) -> Row:
        product = goods.row
        return self.book.row(
            SampleLine, sample_id=row["id"], position=position, product_id=goods.id, unit=product["unit"],
            quantity=1 + place % 2, monthly_use=10 + 5 * place, factor=1, product_name=product["name"],
            model=product["model"], spec=product["spec"], shade=product["shade"], maker=product["maker"],
        )

    def _walk(self, row: Row, lines: list[Row], found: list[tuple[Goods, Batch]], fate: str, place: int, at: int,
              rep: str) -> None:
        """Take the application as far as its fate goes."""
        route = ROUTES[row["sale_class"]]
        row.update(number=self.book.number("YP", self.days.day(at)), route=",".join(route), turn=route[0])
        self._log(row, "submit", "in_review", rep, at + 4)
        if fate == "rejected":
            row["turn"] = ""
            self._log(row, "reject", "rejected", route[0], at + DAY, "请先说明客户月用量", route[0])
        if fate in ("first", "rejected"):
            return
        row.update(route_position=1, turn=route[1])
        self._log(row, "approve", "in_review", route[0], at + DAY, turn=route[0])
        if fate == "second":
            return
        row.update(route_position=2, turn="")
        self._log(row, "approve", "approved", route[1], at + DAY + 40, turn=route[1])
        for line, (goods, lot) in zip(lines, found, strict=True):
            line.update(lot_id=lot.id, lot_no=lot.lot_no, expires_on=lot.expires_on,
                        registration=goods.row["registration"])
        if fate != "approved":
            self._send(row, lines, found, fate, place, at + 2 * DAY, rep)

    def _send(self, row: Row, lines: list[Row], found: list[tuple[Goods, Batch]], fate: str, place: int, at: int,
              rep: str) -> None:
        for line, (_goods, lot) in zip(lines, found, strict=True):
            self.room.draw(lot, line["quantity"], (row["number"], "samples", line["id"]), at)
        row["sampled_on"] = self.days.day(at)
        self._log(row, "take", "sampled", "quality", at)
        if fate == "sampled":
            return
        row.update(sent_on=self.days.day(at), waybill="" if row["way"] == "rep" else f"YD77{row['id']:08}")
        self._log(row, "dispatch", "sent", SENDERS[row["sale_class"]], at + 60)
        if fate == "sent":
            return
        came = self.days.day(at + DAY)
        row.update(signed_by=row["contact"], delivered_on=came, due_on=came + timedelta(days=14))
        self._log(row, "deliver", "delivered", rep, at + DAY)
        if fate in ("delivered", "overdue"):
            return
        opinion, score, outcome = OPINIONS[place % len(OPINIONS)]
        row.update(opinion=opinion, score=score, outcome=outcome, opinion_on=self.days.day(at + 9 * DAY),
                   due_on=row["return_by"])
        self._log(row, "ask", "answered", rep, at + 9 * DAY)
        if fate == "closed":
            self._log(row, "close", "closed", rep, at + 10 * DAY)

    def _log(self, row: Row, step: str, state: str, who: str, at: int, note: str = "", turn: str = "") -> None:
        """Move the application and keep the entry; times of the last morning stay before ten."""
        before, row["state"] = "" if step == "created" else row["state"], state
        at = min(at, self.days.last)
        self.book.log("samples", row["id"], step, (before, state), who, self.days.at(at), note, turn)
