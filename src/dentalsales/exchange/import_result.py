"""Says what an import did, and hands its bad rows back as a workbook that can be mended and imported again."""

from pathlib import Path
from typing import Any

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.sheet import Block, Row, Sheet, SheetColumn
from dentalsales.exchange.cell_text import in_office
from dentalsales.exchange.cells import as_text
from dentalsales.i18n import Text, _, tr
from dentalsales.usecases.import_report import ImportReport


def lines_of(report: ImportReport) -> list[Text]:
    """Return what an import says at its end: one line on the whole, then a line for each listed problem."""
    lines = [summary_of(report), *report.notes]
    for problem in report.problems:
        sentence = (
            _("{sheet}, row {row}, {column} “{value}”: {reason}")
            if problem.column
            else _("{sheet}, row {row}: {reason}")
        )
        if problem.row == 0:
            sentence = _("{sheet}: {reason}")
        lines.append(
            sentence.fill(
                sheet=problem.sheet, row=problem.row, column=problem.place, value=problem.value, reason=problem.text
            )
        )
    if report.more_problems:
        lines.append(_("{count} more problems are not listed.").fill(count=f"{report.more_problems:,}"))
    return lines


def summary_of(report: ImportReport) -> Text:
    """Return in one sentence what an import did, or would do."""
    if report.imported_before is not None:
        day = in_office(report.imported_before).date().isoformat()
        return _("This file was imported on {day} already. Nothing was added.").fill(day=day)
    if report.kept:
        sentence = _(
            "Imported {new} rows, filled empty fields of {filled}. "
            "{already} were there already, {empty} are empty, {error} were left out."
        )
    elif report.error:
        sentence = _("Nothing was imported: {error} of {rows} rows have errors. Correct them, or leave them out.")
    else:
        sentence = _(
            "{new} rows can be imported, {filled} fill empty fields. "
            "{already} are there already, {empty} are empty, {warning} have warnings."
        )
    counts = {
        name: f"{getattr(report, name):,}" for name in ("rows", "new", "filled", "already", "empty", "warning", "error")
    }
    return sentence.fill(**counts)


def bad_rows_sheet(report: ImportReport) -> Sheet:
    """Return the bad rows under their own headings, each with its row in the file and the reasons."""
    width = max([len(report.headings), *(len(cells) for cells, _reasons in report.bad_rows.values())])
    headings = [*report.headings, *[""] * (width - len(report.headings))]
    columns = (
        *(SheetColumn(f"column_{index}", _as_it_is(heading), width=16) for index, heading in enumerate(headings)),
        SheetColumn("row", _("Row in the file"), width=12),
        SheetColumn("reason", _("Reason"), width=60),
    )
    rows = tuple(
        Row(
            (
                *(shown_cell(cell) for cell in cells),
                *[""] * (width - len(cells)),
                str(row),
                " ".join(tr(reason) for reason in reasons),
            )
        )
        for row, (cells, reasons) in report.bad_rows.items()
    )
    title = _("Rows of {file} that were not imported").fill(file=report.file)
    return Sheet("bad_rows", title, "", (Block(Text(""), columns, rows, "bad_rows"),))


def bad_rows_file(report: ImportReport, path: Path) -> None:
    """Write the bad rows as a workbook that can be mended and imported again."""
    from dentalsales.exchange.excel_out import write_sheet

    write_sheet(bad_rows_sheet(report), path)


def _as_it_is(words: str) -> Text:
    """A heading of the user's file is never translated."""
    return Text("{words}").fill(words=words)


def shown_cell(cell: Any) -> str:
    """Return a cell as it reads in Excel, also one that can't be taken."""
    try:
        return as_text(cell)
    except RuleBroken:
        return str(cell)
