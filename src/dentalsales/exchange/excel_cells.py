"""Writes typed cells into an Excel worksheet: numbers stay numbers, days stay days, and a text is never a formula."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.sheet import SheetColumn
from dentalsales.exchange.cell_text import in_office, shown
from dentalsales.i18n import Text, _, tr

LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_576

LOOKS: dict[str, dict[str, Any]] = {
    "number": {"num_format": "#,##0"},
    "quantity": {"num_format": "#,##0"},
    "money": {"num_format": "#,##0.00"},
    "price": {"num_format": "#,##0.00##"},
    "percent": {"num_format": "0.00%"},
    "day": {"num_format": "yyyy-mm-dd", "align": "center"},
    "month": {"num_format": "yyyy-mm", "align": "center"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "center"},
    "yes_no": {"align": "center"},
}
CELL = {"border": 1, "border_color": "#A6AEB6", "valign": "vcenter"}
HEADING = {**CELL, "bold": True, "bg_color": "#EAEEF2", "align": "center", "text_wrap": True}
TOTAL = {**CELL, "bold": True, "bg_color": "#F7F9FB"}

CellWriter = Callable[[int, Any], Any]
"""(row counted from 0, value) -> whatever."""


def look(kind: str) -> dict[str, Any]:
    """Return the format of a kind's cells; texts wrap, so that a narrow column cuts nothing off."""
    return LOOKS.get(kind, {"text_wrap": True})


def number_in_excel(value: Decimal | int, kind: str) -> float:
    """Return what the cell holds: Excel counts 13 % as 0.13."""
    return float(value / Decimal(100)) if kind == "percent" else float(value)


class ColumnWriter:
    """Writes one column; the way is chosen by the value's class once, because sheets have a million cells."""

    def __init__(self, worksheet: Any, index: int, column: SheetColumn, cell_format: Any) -> None:
        self._worksheet, self._index, self._column, self._format = worksheet, index, column, cell_format
        number = self._percent if column.kind == "percent" else self._number
        self._ways: dict[type, CellWriter] = {
            str: self._text,
            Text: self._translated,
            Decimal: number,
            int: number,
            date: self._day,
            datetime: self._moment,
            bool: self._translated,
            type(None): self._blank,
        }

    def write(self, row: int, value: Any) -> None:
        """Write a value; RuleBroken when it is a text longer than a cell can hold."""
        self._ways.get(value.__class__, self._translated)(row, value)

    def _text(self, row: int, value: str) -> None:
        if value.startswith("<r>"):
            value += " "  # XlsxWriter passes <r>...</r> on as raw XML
        if self._worksheet.write_string(row, self._index, value, self._format):
            raise RuleBroken(
                _(
                    "The text in row {row}, column {column} has more than the {limit} characters that fit into a cell "
                    "of Excel. Shorten it, or export as CSV."
                ).fill(row=row + 1, column=tr(self._column.label), limit=f"{LONGEST_TEXT:,}")
            )

    def _translated(self, row: int, value: Any) -> None:
        self._text(row, shown(value, self._column.kind))

    def _number(self, row: int, value: Decimal | int) -> None:
        self._worksheet.write_number(row, self._index, float(value), self._format)

    def _percent(self, row: int, value: Decimal | int) -> None:
        self._worksheet.write_number(row, self._index, float(value / Decimal(100)), self._format)

    def _day(self, row: int, value: date) -> None:
        self._worksheet.write_datetime(row, self._index, value, self._format)

    def _moment(self, row: int, value: datetime) -> None:
        self._worksheet.write_datetime(row, self._index, in_office(value).replace(tzinfo=None), self._format)

    def _blank(self, row: int, value: None) -> None:
        self._worksheet.write_blank(row, self._index, None, self._format)
