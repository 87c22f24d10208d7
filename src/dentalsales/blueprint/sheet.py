"""The one shape that a report has on screen, in Excel and in PDF: titled blocks of typed columns, rows and totals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from dentalsales.blueprint.table import Filter
from dentalsales.i18n import Text

NUMBER_KINDS = frozenset({"number", "quantity", "money", "price", "percent"})


@dataclass(frozen=True)
class Opens:
    """Where a row leads: one record, or a register's list under filters."""

    register: str
    record_id: int | None = None
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True)
class SheetColumn:
    """One column; kinds are those of fields; width is in characters of the default font."""

    name: str
    label: Text
    kind: str = "text"
    width: int = 12
    total: bool = False
    sensitive: bool = False
    """Cost and margin: left out for those who may not see them."""
    law: bool = False
    """The law wants it on this paper: no template leaves it out."""
    usual: bool = True
    """False: on a paper only where its template asks for it."""


@dataclass(frozen=True)
class Row:
    """The cells in column order; a cell is a str, Text, int, Decimal, date, datetime or None (unknown)."""

    cells: tuple[Any, ...]
    opens: Opens | None = None
    tone: str = ""


@dataclass(frozen=True)
class Block:
    """A table within a sheet."""

    title: Text
    columns: tuple[SheetColumn, ...]
    rows: tuple[Row, ...]
    name: str = ""
    even: bool = False
    """On paper its columns are of one width, as the days of a calendar."""

    @property
    def totals(self) -> tuple[Any, ...] | None:
        """The sums of the total columns, None elsewhere; no total row when no column is summed."""
        if not any(column.total for column in self.columns):
            return None
        return tuple(
            _sum(row.cells[index] for row in self.rows) if column.total else None
            for index, column in enumerate(self.columns)
        )


@dataclass(frozen=True)
class Chart:
    """A drawing beside the table: "bars" or "line"; every series has one value per label."""

    title: Text
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[Decimal, ...]], ...]
    kind: str = "bars"


@dataclass(frozen=True)
class Letterhead:
    """Who prints: the company as its papers name it."""

    name: str = ""
    address: str = ""
    phone: str = ""
    licence: str = ""
    credit_code: str = ""
    bank: str = ""
    bank_account: str = ""


@dataclass(frozen=True)
class ControlledForm:
    """Document number and version of a controlled form (M94)."""

    number: str
    version: str = "A/0"


@dataclass(frozen=True)
class Sheet:
    """A report that was run."""

    name: str
    title: Text
    period: str
    blocks: tuple[Block, ...]
    letterhead: Letterhead = field(default_factory=Letterhead)
    form: ControlledForm | None = None
    notes: tuple[Text, ...] = ()
    """Rounding rule, when sales count, filters: printed small at the end."""
    signatures: tuple[Text, ...] = ()
    chart: Chart | None = None
    landscape: bool = False
    made_at: datetime | None = None
    made_by: str = ""
    conditions: tuple[tuple[Text, str], ...] = ()
    """Filters in force, shown under the title."""
    words: tuple[Text, Decimal] | None = None
    """Label and amount that is also said in words (大写), after the conditions."""

    @property
    def has_figures(self) -> bool:
        """False when nothing happened: no row, or none whose figures say more than zero."""
        return any(
            isinstance(cell, int | Decimal) and cell != 0
            for block in self.blocks
            for row in block.rows
            for cell in row.cells
        )


def _sum(values: Iterable[Any]) -> Any:
    """Add what is known; where nothing of what is there is known, or all is left to the pen, neither is the sum."""
    every = list(values)
    found = [value for value in every if value not in (None, "")]
    if found:
        return sum(found[1:], found[0])
    return None if every else Decimal("0.00")


def visible_columns(block: Block, see_sensitive: bool) -> Block:
    """Return the block without cost and margin columns unless they may be seen."""
    if see_sensitive or not any(column.sensitive for column in block.columns):
        return block
    keep: Sequence[int] = [index for index, column in enumerate(block.columns) if not column.sensitive]
    rows = tuple(Row(tuple(row.cells[index] for index in keep), row.opens, row.tone) for row in block.rows)
    return Block(block.title, tuple(block.columns[index] for index in keep), rows, block.name)
