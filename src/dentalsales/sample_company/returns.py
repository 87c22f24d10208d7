"""Goods that customers gave back in the last days: one under an annual contract, and one in every state of its way."""

from collections.abc import Callable, Iterator
from functools import partial

from dentalsales.blueprint.column_types import round_money
from dentalsales.registers.dispatch_notes import DispatchLine
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.returns import GoodsReturn, ReturnLine
from dentalsales.registers.stock import Movement
from dentalsales.sample_company.agenda import Agenda
from dentalsales.sample_company.amounts import yuan
from dentalsales.sample_company.book import Book, Row
from dentalsales.sample_company.sale import Sale
from dentalsales.sample_company.shipping import Shipping
from dentalsales.sample_company.stock_room import StockRoom
from dentalsales.sample_company.working_days import DAY, WorkingDays

FATES = (("contract", 3, "surplus"), ("credited", 8, "wrong"), ("received", 1, "quality"), ("draft", 1, "near_expiry"))
"""How far a return has come, how many working days ago it came, and why; one under a contract is credited."""
REMARKS = {"wrong": "客户订错色号,未拆封", "quality": "包装受潮,客户拒收", "surplus": "客户用量减少", "near_expiry": ""}


class Returns:
    """Finds delivered goods for each fate; who wrote the sale's rows takes those of the return in."""

    def __init__(self, book: Book, days: WorkingDays, agenda: Agenda, room: StockRoom, shipping: Shipping,
                 sales: Callable[[], list[Sale]]) -> None:
        self.book, self.days, self.agenda = book, days, agenda
        self.room, self.shipping, self.sales = room, shipping, sales
        self._taken: list[Sale] = []

    def plan(self) -> None:
        """Put them on the agenda, where there is a history of papers at all."""
        for place, (fate, ago, reason) in enumerate(() if self.book.lean else FATES):
            moment = (len(self.days.days) - 1 - ago) * DAY + 870 + place * 5
            self.agenda.put(moment, partial(self._come, fate, reason))

    def _come(self, fate: str, reason: str, moment: int) -> None:
        found = [(sale, note, lines) for sale in self.sales() if sale not in self._taken
                 for note, lines in self._delivered(sale, fate == "contract")]  # fmt: skip
        if not found:
            return
        sale, note, lines = found[-1]
        if fate == "contract":  # little of it, since the quota is small
            sale, note, lines = min(found, key=lambda one: one[2][0]["unit_price"])
        self._taken.append(sale)
        row = self.book.row(
            GoodsReturn, customer_id=note["customer_id"], order_id=note["order_id"], dispatch_note_id=note["id"],
            returned_on=self.days.day(moment), reason=reason, remarks=REMARKS[reason], state="draft",
            entered_at=self.days.at(moment), entered_by_id=self.book.staff["clerk"],
        )
        made = [self._line(sale, row, at, left, fate == "contract") for at, left in enumerate(lines)]
        row["total"] = sum((line["amount"] for line in made), yuan(0))
        sale.papers += [(GoodsReturn, row), *((ReturnLine, line) for line in made)]
        self._log(row, "created", "draft", "clerk", moment)
        if fate != "draft":
            self._receive(sale, row, made, moment + 20)
        if fate in ("contract", "credited"):
            self._credit(sale, row, made, moment + 60)

    def _delivered(self, sale: Sale, under_contract: bool) -> Iterator[tuple[Row, list[Row]]]:
        """Yield the delivered notes of a sale that is not written yet, each with one or two of its lines."""
        if sale.written or sale.fate or sale.state not in ("delivered", "closed"):
            return
        called_off = {line.row["id"] for line in sale.lines if line.row["contract_id"]}
        for note in sale.notes:
            lines = [row for cls, row in sale.papers if cls is DispatchLine and row["dispatch_note_id"] == note["id"]]
            if under_contract:
                lines = [row for row in lines if row["order_line_id"] in called_off]
                lines = sorted(lines, key=lambda row: row["unit_price"])[:1]
            if lines and all(row["amount"] for row in lines):
                yield note, lines[:2]

    def _line(self, sale: Sale, paper: Row, position: int, left: Row, one: bool) -> Row:
        quantity = 1 if one else (left["quantity"] + 1) // 2
        source = next(line for line in sale.lines if line.row["id"] == left["order_line_id"])
        copied = ("product_id", "unit", "lot_id", "lot_no", "expires_on", "registration", "unit_price")
        return self.book.row(
            ReturnLine, goods_return_id=paper["id"], position=position, dispatch_line_id=left["id"], quantity=quantity,
            returned_as="spent" if paper["reason"] == "quality" else "sound", factor=source.factor,
            amount=round_money(left["amount"] * quantity / left["quantity"]), **{name: left[name] for name in copied},
        )

    def _receive(self, sale: Sale, row: Row, lines: list[Row], moment: int) -> None:
        row["number"] = self.book.number("TH", row["returned_on"])
        for line in lines:
            if line["returned_as"] == "sound":
                paper = (row["number"], "returns", line["id"])
                pieces = line["quantity"] * line["factor"]
                sale.papers.append((Movement, self.room.take_back(line["lot_id"], pieces, paper, moment)))
        self._log(row, "receive", "received", "warehouse", moment)

    def _credit(self, sale: Sale, row: Row, lines: list[Row], moment: int) -> None:
        """What came back leaves ledger, tracking amount and receivable; money that is then too much is an advance."""
        notes = {one["id"]: one["order_line_id"] for cls, one in sale.papers if cls is DispatchLine}
        for line in lines:
            sold = next(one for cls, one in sale.papers
                        if cls is LedgerEntry and one["order_line_id"] == notes[line["dispatch_line_id"]])
            values = {**sold, "id": None, "on": self.days.day(moment), "kind": "return", "number": row["number"],
                      "quantity": -line["quantity"], "amount": -line["amount"]}
            sale.papers.append((LedgerEntry, self.book.row(LedgerEntry, **values)))
        fen = int(row["total"] * 100)
        sale.partner.total -= fen
        self.shipping.lower(sale, fen, moment, "goods_returned", "finance")
        row["credited_on"] = self.days.day(moment)
        self._log(row, "credit", "credited", "finance", moment)

    def _log(self, row: Row, step: str, state: str, who: str, moment: int) -> None:
        before, row["state"] = "" if step == "created" else row["state"], state
        self.book.log("returns", row["id"], step, (before, state), who, self.days.at(moment))
