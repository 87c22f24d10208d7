"""Reads the rows of a copied block: every record is looked up, and what is in doubt says why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.record import child_class, fields_of
from dentalsales.i18n import Text, _
from dentalsales.ui.clipboard_block import value_of
from dentalsales.ui.lines_paste_columns import AMOUNT_AND_UNIT, Block, Columns
from dentalsales.ui.typed_values import DECIMALS
from dentalsales.usecases.blank_record import blank
from dentalsales.usecases.check_fields import field_problem
from dentalsales.usecases.linked_index import FREE, LinkedIndex

NOT_A_UNIT = _("“{value}” is no unit of it. It is sold by {choices}.")


@dataclass
class PastedRow:
    """One row: what goes into its line, what the block said of columns that the program fills, and what is in doubt."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    doubts: dict[str, Text] = field(default_factory=dict)
    choices: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)

    @property
    def refused(self) -> dict[str, Text]:
        """What is not only in doubt but wrong: a text stands where something else belongs."""
        return {name: reason for name, reason in self.doubts.items() if isinstance(self.values.get(name), str)}

    def choose(self, name: str, record_id: int) -> None:
        """Take one of the choices, or another record; the doubt is settled."""
        self.values[name] = record_id
        self.doubts.pop(name, None)


class RowReader:
    """Reads rows for one grid."""

    def __init__(self, form: Any, name: str, fields: Sequence[tuple[str, Field]], indexes: Mapping[str, LinkedIndex]):
        self._form, self._fields, self._indexes = form, dict(fields), indexes
        self._child = child_class(form.record, name)
        self._editable = {column for column, one in fields if not one.read_only and form.can_edit(f"{name}.{column}")}
        self._unit = next((column for column, one in fields if one.choices_of and column in self._editable), None)
        self._units: dict[Any, tuple[tuple[str, str], ...]] = {}

    def read(self, block: Block, columns: Columns) -> list[PastedRow]:
        """Return one row for each row of the block."""
        return [self._row(cells, columns) for cells in block[columns.first_row :]]

    def _row(self, cells: Sequence[str], columns: Columns) -> PastedRow:
        row = PastedRow(" · ".join(cell.strip() for cell in cells if cell.strip()))
        parts: dict[str, dict[str, str]] = {}
        for at, cell in enumerate(cells):
            name = columns.fields.get(at, "")
            if at in columns.parts:
                link, part = columns.parts[at]
                parts.setdefault(link, {})[part] = cell
            elif name in self._indexes and name in self._editable:
                parts.setdefault(name, {})[FREE] = cell
            elif name:
                self._take(row, name, cell)
        for name, said in parts.items():
            self._look_up(row, name, said)
        self._check_unit(row)
        return row

    def _take(self, row: PastedRow, name: str, cell: str) -> None:
        known = self._fields[name]
        value = value_of(cell, known, self._form.desk.today)
        if name not in self._editable:
            if known.kind in DECIMALS and not isinstance(value, str) and value is not None:
                row.said[name] = value
            return
        if known.kind in DECIMALS and isinstance(value, str) and self._unit is not None:
            both = AMOUNT_AND_UNIT.fullmatch(cell.strip())
            if both is not None and self._unit not in row.values:
                value, row.values[self._unit] = value_of(both[1], known, self._form.desk.today), both[2]
        if value in (None, "") and not (known.required and known.kind in DECIMALS):
            return  # a unit left out is that of the product
        row.values[name] = value
        problem = field_problem(known, value)
        if problem is not None:
            row.doubts[name] = problem

    def _look_up(self, row: PastedRow, name: str, said: dict[str, str]) -> None:
        found = self._indexes[name].find(said)
        text = " ".join(value.strip() for value in said.values() if value.strip())
        row.values[name] = found.id if found.id is not None else text or None
        if found.asks is not None:
            row.doubts[name] = found.asks
        elif found.id is None and self._fields[name].required:
            row.doubts[name] = field_problem(self._fields[name], None) or _("Empty")
        if found.choices:
            row.choices[name] = found.choices

    def _check_unit(self, row: PastedRow) -> None:
        """A unit that the record does not know is not taken; the row says so."""
        if self._unit is None or not row.values.get(self._unit):
            return
        links = {name: row.values.get(name) for name in self._indexes}
        if not any(isinstance(value, int) for value in links.values()):
            return
        choices = self._choices(links)
        wanted = row.values[self._unit]
        known = {word: value for value, label in choices for word in (value, label)}
        if wanted in known:
            row.values[self._unit] = known[wanted]
        elif choices:
            del row.values[self._unit]
            words = " / ".join(label for _value, label in choices)
            row.doubts[self._unit] = NOT_A_UNIT.fill(value=wanted, choices=words)

    def _choices(self, links: dict[str, Any]) -> tuple[tuple[str, str], ...]:
        key = tuple(links.values())
        if key not in self._units:
            line = blank(self._child, self._form.desk)
            for name, value in links.items():
                if isinstance(value, int):
                    setattr(line, name, value)
            self._units[key] = self._form.choices_of(line, self._unit)
        return self._units[key]


def links_to_look_up(form: Any, name: str, fields: Sequence[tuple[str, Field]]) -> dict[str, LinkedIndex]:
    """Return an index for every link of a grid that points into a register."""
    child = child_class(form.record, name)
    known = fields_of(child)
    tables = {register.table_name for register in form.desk.business.registers}
    return {
        column: LinkedIndex(form.desk, form, child, column)
        for column, _field in fields
        if known[column].kind == "link" and known[column].target in tables
    }
