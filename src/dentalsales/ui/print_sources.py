"""What a preview can show: papers of records, counted when they go out, or a report or list on A4."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from dentalsales.blueprint.printout import SIZE_NAMES
from dentalsales.i18n import Text, _, tr
from dentalsales.usecases.desk import Desk

Progress = Callable[[int, int], None]
"""(done, in all); it raises to stop."""
TakeBack = Callable[[], None]
BLANK_FORM = _("Empty form: {paper}")
SHEET_SIZES = ("A4", "A4 landscape")


@dataclass(frozen=True)
class Wanted:
    """What is chosen in the preview; an empty size and prices None are left to customer and template."""

    size: str = ""
    prices: bool | None = None


@dataclass(frozen=True)
class Written:
    """What a PDF holds: its size ("" for several), whether with prices, and the highest reprint among its papers."""

    size: str
    prices: bool
    reprint: int = 0


class Source(Protocol):
    """Makes the PDF of a preview; every method but the attributes is called in the background."""

    title: str
    sizes: Sequence[tuple[str, Text]]
    prices_optional: bool

    def write(self, path: Path, wanted: Wanted, progress: Progress) -> Written:
        """Write the PDF."""

    def claim(self, way: str) -> TakeBack:
        """Count what was written last as printed ("paper") or kept ("pdf"); what comes back undoes it."""


class PaperSource:
    """The papers of one record or of many."""

    def __init__(self, desk: Desk, printout_name: str, record_ids: Sequence[int], name: str = "") -> None:
        self._desk, self._name, self._ids = desk, printout_name, tuple(record_ids)
        printout = desk.business.printout(printout_name)
        self.title = name or tr(printout.title)
        each = (("", _("As each customer wants")),) if len(self._ids) > 1 else ()
        self.sizes: Sequence[tuple[str, Text]] = (*each, *((size, SIZE_NAMES[size]) for size in printout.sizes))
        self.prices_optional = printout.prices_optional
        self._prepared: Any = None

    def write(self, path: Path, wanted: Wanted, progress: Progress) -> Written:
        """Write the PDF of all papers, sorted by number."""
        from dentalsales.exchange.pdf import write_papers
        from dentalsales.usecases.print_paper import Choice, prepare

        count = len(self._ids)
        choice = Choice(wanted.size, wanted.prices)
        prepared = prepare(self._desk, self._name, self._ids, choice, lambda done, total: progress(done // 2, count))

        def told(done: int, total: int) -> bool:
            progress(count // 2 + done * (count - count // 2) // max(total, 1), count)
            return True

        write_papers(prepared.papers, path, told if count > 1 else None)
        self._prepared = prepared
        if len(self._ids) == 1:
            first = prepared.papers[0]
            self.title = " ".join(filter(None, (tr(first.title).strip("《》"), first.number, first.whose)))
        sizes = {one.size for one in prepared.prints}
        prices = any(one.prices for one in prepared.prints)
        return Written(
            sizes.pop() if len(sizes) == 1 else "", prices, max(max(0, one.number - 1) for one in prepared.prints)
        )

    def claim(self, way: str) -> TakeBack:
        """Count the prints."""
        from dentalsales.usecases.print_paper import claim, take_back

        prepared = self._prepared
        runs = claim(self._desk, prepared, way)
        return lambda: take_back(self._desk, prepared, runs)


class BlankSource:
    """A form with nothing filled in."""

    prices_optional = False

    def __init__(self, desk: Desk, printout_name: str) -> None:
        self._desk, self._name = desk, printout_name
        printout = desk.business.printout(printout_name)
        self.title = tr(BLANK_FORM.fill(paper=printout.title))
        self.sizes: Sequence[tuple[str, Text]] = [(size, SIZE_NAMES[size]) for size in printout.sizes]

    def write(self, path: Path, wanted: Wanted, progress: Progress) -> Written:
        """Write the PDF."""
        from dentalsales.exchange.pdf import write_papers
        from dentalsales.usecases.print_paper import blank

        made = blank(self._desk, self._name, wanted.size)
        write_papers(made.papers, path, None)
        return Written(made.papers[0].size, False)

    def claim(self, way: str) -> TakeBack:
        """An empty form is no record's print."""
        return lambda: None


class SheetSource:
    """A report or a list, upright or lying."""

    prices_optional = False

    def __init__(self, make_sheet: Callable[[], Any], left: Callable[[Any, str], Any] | None = None) -> None:
        """`left` hears which sheet left the program, and by which way: "pdf" or "paper"."""
        self._make, self._left = make_sheet, left
        self._sheet: Any = None
        self.title = tr(_("Preview"))
        self.sizes: Sequence[tuple[str, Text]] = [(size, SIZE_NAMES[size]) for size in SHEET_SIZES]

    def write(self, path: Path, wanted: Wanted, progress: Progress) -> Written:
        """Write the PDF; without a size as the sheet itself lies."""
        from dentalsales.exchange.pdf import write_sheet

        sheet = self._make()
        if wanted.size:
            sheet = replace(sheet, landscape=wanted.size == SHEET_SIZES[1])
        write_sheet(sheet, path)
        self._sheet = sheet
        self.title = " ".join(part for part in (tr(sheet.title), sheet.period) if part)
        return Written(SHEET_SIZES[int(sheet.landscape)], True)

    def claim(self, way: str) -> TakeBack:
        """Reports are not counted; that one left the program is told."""
        if self._left is not None:
            self._left(self._sheet, way)
        return lambda: None
