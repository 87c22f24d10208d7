"""Lots, movements and arrivals: what comes in week by week, and what leaves first expiry first."""

from bisect import insort
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from random import Random

from dentalsales.registers.goods_in import GoodsIn, GoodsInLine
from dentalsales.registers.stock import Lot, Movement, StockLevel
from dentalsales.sample_company.amounts import price
from dentalsales.sample_company.book import Book, Row
from dentalsales.sample_company.catalogue import Goods
from dentalsales.sample_company.working_days import DAY, OPENS, WorkingDays

NEVER = date(9999, 12, 31)
REORDER_DAYS, TARGET_DAYS, OPENING_DAYS = 14, 45, 40
"""Working days of sales: at which goods are ordered, up to which, and which were there at the beginning."""


@dataclass(slots=True, eq=False)
class Batch:
    """A lot while the history is made."""

    id: int
    goods: Goods
    lot_no: str
    made_on: date | None
    expires_on: date | None
    on_hand: int
    written: int = 0
    row: Row | None = None
    """Until it is written."""

    def __lt__(self, other: "Batch") -> bool:
        return (self.expires_on or NEVER, self.id) < (other.expires_on or NEVER, other.id)


class StockRoom:
    """The only place where goods come and go, so that lots, levels and movements agree."""

    def __init__(self, book: Book, days: WorkingDays, rng: Random, goods: list[Goods], orders_a_day: float) -> None:
        self.book, self.days, self.rng, self.goods = book, days, rng, goods
        self._batches: list[Batch] = []
        self._fresh: list[Batch] = []
        self._lot_numbers = count(1)
        self._suppliers: dict[int, list[Goods]] = {}
        for one in goods:
            self._suppliers.setdefault(one.supplier, []).append(one)
        self._expect(orders_a_day * 5)
        self._starve()

    def _expect(self, lines_a_day: float) -> None:
        whole = sum(one.weight for one in self.goods)
        for one in self.goods:
            one.daily = lines_a_day * one.weight / whole * (one.family.most + 1) / 2 * one.factor * 1.3

    def _starve(self) -> None:
        """Some popular products have been out at the maker's for a while."""
        popular = sorted(self.goods, key=lambda one: (-one.weight, one.id))
        for one in popular[3:45:6]:
            one.starved_from = (len(self.days.days) - 48) * DAY

    def open(self) -> None:
        """Enter the opening stock, one paper per supplier."""
        moment = OPENS + 5
        for supplier, offered in self._suppliers.items():
            wanted = [(one, self._packs(one, one.daily * OPENING_DAYS * self.rng.uniform(0.8, 1.7))) for one in offered]
            self._arrive(supplier, wanted, moment, "opening")
            moment += 2

    def bargain(self, moment: int) -> None:
        """Take in goods of slow products that keep only for a short time: two of the lots will not be sold in time."""
        today = self.days.days[-1]
        slow = sorted((one for one in self.goods if one.family.months), key=lambda one: (one.weight, one.id))
        for index, one in enumerate(slow[:12]):
            ends = today + timedelta(days=-12 if index < 2 else 25 + 13 * index)
            self._arrive(one.supplier, [(one, self._packs(one, one.daily * 60 + 10 * one.factor))], moment, "in", ends)

    def replenish(self, moment: int) -> None:
        """Take in what suppliers bring today; each one comes once a week."""
        weekday = moment // DAY % 5
        for supplier, offered in self._suppliers.items():
            if supplier % 5 != weekday:
                continue
            wanted = [(one, quantity) for one in offered if (quantity := self._short_of(one, moment))]
            for start in range(0, len(wanted), 30):
                self._arrive(supplier, wanted[start : start + 30], moment, "in")

    def _short_of(self, goods: Goods, moment: int) -> int:
        if goods.starved_from is not None and moment >= goods.starved_from:
            return 0
        worked = moment // DAY
        rate = (goods.daily * 20 + goods.used) / (20 + worked)
        there = goods.available(self.days.day(moment)) - goods.wanted
        if there >= max(goods.factor * 2, rate * REORDER_DAYS) or self.rng.random() < 0.08:
            return 0
        return self._packs(goods, max(rate * TARGET_DAYS - there, goods.factor * 4))

    def _packs(self, goods: Goods, quantity: float) -> int:
        """Round up to whole packs where the goods have packs."""
        size = goods.row["pack_size"] or 1
        return max(1, -(-int(quantity) // size)) * size

    def _arrive(self, supplier: int, wanted: list[tuple[Goods, int]], moment: int, kind: str,
                ends: date | None = None) -> None:
        day, at = self.days.day(moment), self.days.at(moment)
        paper = self.book.enter(
            GoodsIn, number=self.book.number("GI", day), supplier_id=supplier, arrived_on=day, kind=kind,
            state="received",
            entered_at=at, entered_by_id=self.book.staff["warehouse"], remarks="",
            delivery_note=f"SH{day:%y%m%d}{supplier:02}", inspected_by="质量部验收合格",
        )
        if not self.book.lean:
            self.book.log("goods_in", paper["id"], "created", ("", "draft"), "warehouse", at)
            self.book.log("goods_in", paper["id"], "receive", ("draft", "received"), "warehouse", at)
        for position, (goods, quantity) in enumerate(wanted):
            self._take_in(paper, position, goods, quantity, moment, ends)

    def _take_in(self, paper: Row, position: int, goods: Goods, quantity: int, moment: int, ends: date | None) -> None:
        day, months = paper["arrived_on"], goods.family.months
        age = self.rng.randint(20, 150)
        made = day - timedelta(days=age)
        expires = ends or (made + timedelta(days=months * 30) if months else None)
        cost = goods.base * self.rng.randint(52, 66) // 100
        lot = self._batch(goods, quantity, made if months else None, expires, paper, cost)
        line = self.book.enter(
            GoodsInLine, goods_in_id=paper["id"], position=position, product_id=goods.id, unit=goods.unit,
            quantity=quantity // goods.factor, lot_no=lot.lot_no, expires_on=expires, made_on=lot.made_on,
            lot_id=lot.id, factor=goods.factor,
            cost=price(cost),
        )
        goods.on_hand += quantity
        self._move(lot, quantity, paper["kind"], (paper["number"], "goods_in", line["id"]), moment, "warehouse")

    def _batch(self, goods: Goods, quantity: int, made: date | None, expires: date | None, paper: Row,
               cost: int) -> Batch:
        product = goods.row
        lot_no = f"{(made or paper['arrived_on']):%y%m%d}{next(self._lot_numbers) % 1000:03}"
        lot_no = lot_no if product["has_lot"] else ""
        row = self.book.row(
            Lot, product_id=goods.id, lot_no=lot_no, made_on=made, expires_on=expires, condition="ok",
            registration=product["registration"], registrant=product["registrant"], maker=product["maker"],
            maker_licence=product["maker_licence"], supplier_id=paper["supplier_id"], arrived_on=paper["arrived_on"],
            cost=price(cost // goods.factor), search_text=lot_no,
        )
        batch = Batch(row["id"], goods, lot_no, made, expires, quantity, row=row)
        self._batches.append(batch)
        self._fresh.append(batch)
        insort(goods.lots, batch)
        return batch

    def pick(self, goods: Goods, wanted: int, factor: int, day: date, taken: dict[int, int]) -> list[tuple[Batch, int]]:
        """Return (lot, quantity in units of `factor`), first expiry first; `taken` remembers what earlier lines use."""
        found = []
        for lot in goods.lots:
            whole = min((lot.on_hand - taken.get(lot.id, 0)) // factor, wanted)
            if whole > 0 and (lot.expires_on is None or lot.expires_on >= day):
                found.append((lot, whole))
                taken[lot.id] = taken.get(lot.id, 0) + whole * factor
                wanted -= whole
            if wanted == 0:
                break
        return found

    def issue(self, lot: Batch, quantity: int, paper: tuple[str, str, int], moment: int) -> Row:
        """Let goods leave and return their movement, which its order takes in later."""
        goods = lot.goods
        lot.on_hand -= quantity
        goods.on_hand -= quantity
        goods.reserved -= quantity
        goods.used += quantity
        if lot.on_hand == 0:
            goods.lots.remove(lot)
        return self._row(lot, -quantity, "out", paper, moment, "warehouse")

    def draw(self, lot: Batch, quantity: int, paper: tuple[str, str, int], moment: int) -> None:
        """Let samples leave, which nobody was promised; the lot holds more than that."""
        lot.on_hand -= quantity
        lot.goods.on_hand -= quantity
        self._move(lot, -quantity, "sample", paper, min(moment, self.days.last), "quality")

    def take_back(self, lot_id: int, quantity: int, paper: tuple[str, str, int], moment: int) -> Row:
        """Let goods lie in their lot again and return their movement, which their order takes in later."""
        lot = next(one for one in self._batches if one.id == lot_id)
        if lot not in lot.goods.lots:
            insort(lot.goods.lots, lot)
        lot.on_hand += quantity
        lot.goods.on_hand += quantity
        return self._row(lot, quantity, "return", paper, moment, "warehouse")

    def _move(self, lot: Batch, quantity: int, kind: str, paper: tuple[str, str, int], moment: int, who: str) -> None:
        self.book.add(Movement, self._row(lot, quantity, kind, paper, moment, who))

    def _row(self, lot: Batch, quantity: int, kind: str, paper: tuple[str, str, int], moment: int, who: str) -> Row:
        return self.book.row(
            Movement, lot_id=lot.id, product_id=lot.goods.row["id"], quantity=quantity, kind=kind, paper=paper[0],
            paper_register=paper[1], paper_line_id=paper[2], on=self.days.day(moment), at=self.days.at(moment),
            employee_id=self.book.staff[who],
        )

    def put_down(self) -> None:
        """Hand the lots that came since the last time to the book, with what is left of them now."""
        for lot in self._fresh:
            assert lot.row is not None
            lot.row["on_hand"] = lot.written = lot.on_hand
            self.book.add(Lot, lot.row)
            lot.row = None
        self._fresh.clear()

    def count_up(self) -> None:
        """Write at the end what is left of every lot, and the level of every product."""
        self.book.correct(Lot, [{"key": lot.id,
                                 "on_hand": lot.on_hand} for lot in self._batches if lot.on_hand != lot.written])
        for one in self.goods:
            self.book.enter(StockLevel, product_id=one.id, on_hand=one.on_hand, reserved=one.reserved, search_text="")
