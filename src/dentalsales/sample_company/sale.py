"""An order while the history is made, with everything that hangs on it until all of it is final."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dentalsales.registers.orders import Order, OrderLine
from dentalsales.registers.receivables import Receivable
from dentalsales.sample_company.amounts import yuan
from dentalsales.sample_company.book import Book, Row
from dentalsales.sample_company.catalogue import Goods
from dentalsales.sample_company.partners import Partner


@dataclass(slots=True, eq=False)
class SaleLine:
    """A line of an order; `parts` is the price in ten-thousandths of a yuan, amounts are fen."""

    goods: Goods
    row: Row
    factor: int
    parts: int
    quantity: int
    amount: int
    sent: int = 0
    sent_amount: int = 0

    @property
    def open(self) -> int:
        """What is not sent, in the line's unit."""
        return self.quantity - self.sent


@dataclass(slots=True, eq=False)
class Laid:
    """Money that a receipt laid on an order."""

    row: Row
    sale: "Sale"
    amount: int
    released: int = 0

    @property
    def net(self) -> int:
        """What still lies there."""
        return self.amount - self.released


@dataclass(slots=True, eq=False)
class Sale:
    """One order; amounts in fen."""

    row: Row
    partner: Partner
    stop: str
    """State in which it stays until today, "" when it goes on."""
    fate: str
    """"void", "reverse", "reverse_rest" or ""."""
    lines: list[SaleLine] = field(default_factory=list)
    total: int = 0
    paid: int = 0
    owed: int = 0
    settled: int = 0
    due_on: date | None = None
    receivable: Row | None = None
    laid: list[Laid] = field(default_factory=list)
    papers: list[tuple[type[Any], Row]] = field(default_factory=list)
    """Rows that are written together with the order."""
    notes: list[Row] = field(default_factory=list)
    last: tuple[Any, ...] | None = None
    """The newest entry of the history, where only that one is kept."""
    tries: int = 0
    held: bool = False
    """A cheque for it is going to bounce."""
    written: bool = False

    @property
    def state(self) -> str:
        """The state of the order."""
        return str(self.row["state"])

    @property
    def number(self) -> str:
        """The number of the order."""
        return str(self.row["number"])

    @property
    def is_final(self) -> bool:
        """True when nothing will happen to it any more."""
        done = self.state == "closed" and self.settled == self.owed and not self.held
        return done or self.state in ("void", "reversed")

    def needs(self) -> dict[Goods, int]:
        """Return the smallest units still to send, by product."""
        found: dict[Goods, int] = {}
        for line in self.lines:
            found[line.goods] = found.get(line.goods, 0) + line.open * line.factor
        return found


def write_sale(book: Book, sale: Sale) -> None:
    """Hand the order and all that hangs on it to the book."""
    row = sale.row
    row.update(total=yuan(sale.total), paid=yuan(sale.paid))
    book.add(Order, row)
    for line in sale.lines:
        line.row.update(sent=line.sent, sent_amount=yuan(line.sent_amount), amount=yuan(line.amount))
        book.add(OrderLine, line.row)
    if sale.receivable is not None:
        sale.receivable.update(amount=yuan(sale.owed), settled=yuan(sale.settled), search_text=sale.number.lower())
        book.add(Receivable, sale.receivable)
    for cls, paper in sale.papers:
        book.add(cls, paper)
    if sale.last is not None:
        book.log(*sale.last)
    sale.written = True
    sale.papers.clear()


def keep_log(book: Book, sale: Sale, step: str, before: str, who: str, at: datetime, note: str = "") -> None:
    """Write a step of an order into the history; where the history is lean only the newest one is kept."""
    entry = ("orders", sale.row["id"], step, (before, sale.state), who, at, note)
    if book.lean:
        sale.last = entry
    else:
        book.log(*entry)
