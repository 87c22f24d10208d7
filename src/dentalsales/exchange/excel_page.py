"""One worksheet: the head of the report, its tables one under another, the end, and how it prints."""

import unicodedata
from typing import Any

from dentalsales.blueprint.sheet import Block, Sheet
from dentalsales.exchange.cell_text import labelled, shown
from dentalsales.exchange.excel_cells import CELL, HEADING, TOTAL, ColumnWriter, look, number_in_excel
from dentalsales.exchange.progress import Progress, tell
from dentalsales.exchange.words import conditions_of
from dentalsales.i18n import _, tr

A4 = 9
ROWS_BETWEEN_REPORTS = 500
WIDEST_HEADING = 20
LONGEST_FOOTER = 255
WIDE = "WF"


class Page:
    """A worksheet that is written from top to bottom, since rows already written are no longer in memory."""

    def __init__(self, workbook: Any, worksheet: Any, sheet: Sheet, blocks: tuple[Block, ...]) -> None:
        self._workbook, self._worksheet, self._sheet, self._blocks = workbook, worksheet, sheet, blocks
        self._row = 0
        self._last_column = max((len(block.columns) for block in blocks), default=1) - 1
        self._heading_row: int | None = None
        self._totals = [block.totals for block in blocks]
        self._widths = [
            max(_width(block, totals, index) for block, totals in zip(blocks, self._totals, strict=True))
            for index in range(self._last_column + 1 if blocks else 0)
        ]
        for index, width in enumerate(self._widths):
            worksheet.set_column(index, index, width)

    def write_head(self) -> None:
        """Company, title, period and the conditions in force."""
        sheet = self._sheet
        if sheet.letterhead.name:
            self._across(sheet.letterhead.name, {"bold": True, "font_size": 14, "align": "center"}, height=24)
        self._across(tr(sheet.title), {"bold": True, "font_size": 16, "align": "center"}, height=28)
        conditions = conditions_of(sheet)
        if facts := "    ".join(filter(None, [sheet.period, *conditions])):
            self._across(facts, {"text_wrap": True})

    def write_block(self, block: Block, done: int, total: int, progress: Progress | None) -> None:
        """Title, headings, rows and sums of a table; `done` and `total` are rows of the whole sheet."""
        if len(self._sheet.blocks) > 1 and block.title:
            self._row += len(self._blocks) > 1
            self._across(tr(block.title), {"bold": True, "font_size": 11})
        heading = self._workbook.add_format(HEADING)
        self._heading_row = self._row
        for index, column in enumerate(block.columns):
            self._worksheet.write_string(self._row, index, tr(column.label), heading)
        self._row += 1
        first = self._row
        self._write_rows(block, done, total, progress)
        self._keep_headings_in_sight(len(block.columns))
        self._write_totals(block, first)

    def write_end(self) -> None:
        """Notes and the signature line."""
        self._row += 1
        for note in self._sheet.notes:
            self._across(tr(note), {"text_wrap": True, "font_size": 9, "font_color": "#46545F"})
        if self._sheet.signatures:
            lines = [labelled(name, "_" * 14) for name in self._sheet.signatures]
            self._across("      ".join(lines), {"valign": "bottom"}, height=36)

    def set_up_print(self) -> None:
        """A4, one page wide, headings on every page, page x of y with the form's number at the foot."""
        worksheet, sheet = self._worksheet, self._sheet
        worksheet.set_paper(A4)
        if sheet.landscape:
            worksheet.set_landscape()
        worksheet.fit_to_pages(1, 0)
        worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.8)
        worksheet.center_horizontally()
        if len(self._blocks) == 1 and self._heading_row is not None:
            worksheet.repeat_rows(self._heading_row)
        worksheet.set_footer(self._footer())

    def _write_rows(self, block: Block, done: int, total: int, progress: Progress | None) -> None:
        writers = [
            ColumnWriter(self._worksheet, index, column, self._workbook.add_format({**CELL, **look(column.kind)})).write
            for index, column in enumerate(block.columns)
        ]
        at = self._row
        for number, row in enumerate(block.rows):
            if number % ROWS_BETWEEN_REPORTS == 0:
                tell(progress, done + number, total)
            for write, value in zip(writers, row.cells, strict=True):
                write(at, value)
            at += 1
        if not block.rows:
            self._across(tr(_("No entries in this period.")), {**CELL, "align": "center"}, len(block.columns) - 1)
            at = self._row
        self._row = at
        tell(progress, done + len(block.rows), total)

    def _write_totals(self, block: Block, first: int) -> None:
        """Real sums, with the result in the file for readers that do not calculate."""
        totals = next(sums for one, sums in zip(self._blocks, self._totals, strict=True) if one is block)
        if totals is None:
            return
        label_at = next((index for index, total in enumerate(totals) if total is None), None)
        for index, (column, total) in enumerate(zip(block.columns, totals, strict=True)):
            cell_format = self._workbook.add_format({**TOTAL, **(look(column.kind) if column.total else {})})
            if total is None:
                label = tr(_("Total")) if index == label_at else ""
                self._worksheet.write_string(self._row, index, label, cell_format)
            else:
                self._write_sum(index, first, number_in_excel(total, column.kind), cell_format, bool(block.rows))
        self._row += 1

    def _write_sum(self, index: int, first: int, total: float, cell_format: Any, has_rows: bool) -> None:
        from xlsxwriter.utility import xl_range

        if not has_rows:
            self._worksheet.write_number(self._row, index, total, cell_format)
            return
        cells = xl_range(first, index, self._row - 1, index)
        self._worksheet.write_formula(self._row, index, f"=SUM({cells})", cell_format, total)

    def _keep_headings_in_sight(self, columns: int) -> None:
        if len(self._blocks) == 1 and self._heading_row is not None:
            self._worksheet.freeze_panes(self._heading_row + 1, 0)
            self._worksheet.autofilter(self._heading_row, 0, self._row - 1, columns - 1)

    def _across(self, text: str, look_of_it: dict[str, Any], last: int | None = None, height: float = 0) -> None:
        """Write a text over the whole width and go to the next row."""
        last = self._last_column if last is None else last
        cell_format = self._workbook.add_format({"valign": "vcenter", **look_of_it})
        if height or look_of_it.get("text_wrap"):
            self._worksheet.set_row(self._row, height or 16 * self._lines(text))
        if last > 0:
            self._worksheet.merge_range(self._row, 0, self._row, last, "", cell_format)
        self._worksheet.write_string(self._row, 0, text, cell_format)
        self._row += 1

    def _lines(self, text: str) -> int:
        """Excel does not grow the row of a merged cell by itself."""
        return characters(text) // max(sum(self._widths) - 2, 10) + 1

    def _footer(self) -> str:
        sheet = self._sheet
        form = f"{sheet.form.number} {sheet.form.version}" if sheet.form else ""
        page = tr(_("Page {page} of {pages}").fill(page="\0", pages="\1")).replace("&", "&&")
        page = page.replace("\0", "&P").replace("\1", "&N")
        made = " ".join(filter(None, [shown(sheet.made_at, "moment") if sheet.made_at else "", sheet.made_by]))
        footer = f"&L{form.replace('&', '&&')}&C{page}&R{made.replace('&', '&&')}"
        return footer[:LONGEST_FOOTER]


def characters(text: str) -> int:
    """Return how many character widths a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in WIDE else 1 for character in text)


def _width(block: Block, totals: tuple[Any, ...] | None, index: int) -> int:
    """The declared width, or more when the heading or the sum needs it."""
    if index >= len(block.columns):
        return 0
    column = block.columns[index]
    total = totals[index] if totals else None
    for_total = characters(shown(total, column.kind)) + 2 if total is not None else 0
    return max(column.width, min(characters(tr(column.label)) + 4, WIDEST_HEADING), for_total)
