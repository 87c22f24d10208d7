"""Puts pieces of paper under one another and breaks them into pages, keeping together what belongs together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from dentalsales.exchange.pdf_pen import Pen


class Piece(Protocol):
    """Something of a fixed height that is drawn from its top downwards."""

    height: float
    keep: bool
    """Stays on the page of the piece after it."""
    table: Any
    """The table of which it is a row, heading or total; None for all else."""

    def draw(self, pen: Pen, top: float) -> None:
        """Draw it; lengths in points."""
        ...


@dataclass
class Drawn:
    """A piece that is not part of a table; without a function it is a gap."""

    height: float
    paint: Callable[[Pen, float], None] | None = None
    keep: bool = False
    table: Any = None

    def draw(self, pen: Pen, top: float) -> None:
        """Draw it."""
        if self.paint is not None:
            self.paint(pen, top)


class Flow:
    """Fills pages from the first to the last."""

    def __init__(self, first_room: float, next_room: float) -> None:
        self.pages: list[list[Piece]] = [[]]
        self.room, self._next_room = first_room, next_room

    def place(self, pieces: Sequence[Piece]) -> None:
        """Place all pieces in order."""
        whole = sum(piece.height for piece in pieces)
        carries = whole > self.room
        for group in _kept_together(pieces):
            self._place_group(group, carries)

    def _place_group(self, group: list[Piece], carries: bool) -> None:
        table = group[-1].table if len(group) == 1 else next((piece.table for piece in group if piece.table), None)
        reserve = self._kept_for_sums(table) if table and carries and table.carry_height else 0.0
        needed = sum(piece.height for piece in group) + reserve
        heading = table.heading.height if table and group[0] is not table.heading else 0.0
        if needed <= self.room or (not self.pages[-1] and len(group) == 1):
            self._append(group)
        elif needed + heading <= self._next_room or len(group) == 1:
            self._break_before(group[0])
            self._append(group)
        else:
            for piece in group:
                self._place_group([piece], carries)

    def _kept_for_sums(self, table: Any) -> float:
        """On its first page a table says only what that page came to."""
        before = any(piece.table is table for page in self.pages[:-1] for piece in page)
        return float(table.carry_height if before else table.carry_height / 2)

    def _append(self, group: list[Piece]) -> None:
        for piece in group:
            if piece.table and piece is piece.table.total and len(self.pages_of(piece.table)) > 1:
                self._add(piece.table.page_subtotal(self.pages[-1]))
            self._add(piece)

    def _add(self, piece: Piece | None) -> None:
        if piece is not None:
            self.pages[-1].append(piece)
            self.room -= piece.height

    def _break_before(self, piece: Piece) -> None:
        """A table that goes on says what it has come to, and repeats its headings."""
        table = piece.table
        goes_on = table is not None and bool(self.pages[-1]) and self.pages[-1][-1].table is table
        if goes_on:
            for carried in table.carried(self.pages[-1], self.pages_of(table)):
                self._add(carried)
        self.pages.append([])
        self.room = self._next_room
        if goes_on:
            self._add(table.heading)

    def pages_of(self, table: Any) -> list[list[Piece]]:
        """Return the pages on which a table stands so far."""
        return [page for page in self.pages if any(piece.table is table for piece in page)]


def _kept_together(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.keep:
            yield group
            group = []
    if group:
        yield group


def draw_pages(
    pen: Pen,
    pages: Sequence[Sequence[Piece]],
    top_of: Callable[[int], float],
    decorate: Callable[[Pen, int, int], None],
    after_page: Callable[[int], None] = lambda number: None,
) -> None:
    """Draw all pages; `top_of` gives where a page's pieces begin, `decorate` draws its head and foot."""
    for number, page in enumerate(pages, start=1):
        decorate(pen, number, len(pages))
        top = top_of(number)
        for piece in page:
            piece.draw(pen, top)
            top -= piece.height
        pen.end_page()
        after_page(number)
