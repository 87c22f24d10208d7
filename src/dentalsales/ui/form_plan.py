"""What a form shows and in which order, before any of it is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dentalsales.blueprint.form import Section
from dentalsales.exchange.cell_text import RIGHT_ALIGNED
from dentalsales.i18n import tr
from dentalsales.ui.field_cell import is_filled
from dentalsales.usecases.desk import Desk


@dataclass(frozen=True)
class Group:
    """Fields that are laid out together: rows of "fields", the "sums" of a paper, or one grid of "lines"."""

    kind: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PlannedSection:
    """A section with what of it is shown."""

    title: Any
    groups: tuple[Group, ...]
    below: bool
    """It comes after the lines of a paper."""
    told_twice: bool
    """Its only first field is called as the section is: the words are said once."""

    @property
    def names(self) -> list[str]:
        """The names of its fields and grids, in the order in which they are read."""
        return [name for group in self.groups for row in group.rows for name in row]

    @property
    def begins_with_lines(self) -> bool:
        """True when the lines, which bear a title of their own, come first."""
        return self.groups[0].kind == "lines"


class FormPlan:
    """The sections of a form as it stands now."""

    def __init__(self, desk: Desk, form: Any) -> None:
        self._desk, self._form = desk, form
        self._fields = form.fields()
        grids = sum(field.kind == "lines" for field in self._fields.values())
        self.is_paper = grids == 1 and bool(form.register.number)
        self._seen_lines = False
        self.sections = list(self._planned())

    @property
    def names(self) -> list[str]:
        """The names of all fields and grids, in the order in which they are read."""
        return [name for section in self.sections for name in section.names]

    def is_grid(self, name: str) -> bool:
        """Say whether a name is that of a grid of lines."""
        return bool(self._fields[name].kind == "lines")

    def is_typed(self, name: str) -> bool:
        """Say whether a field can be typed into."""
        field = self._fields[name]
        return field.kind != "lines" and bool(self._form.can_edit(name)) and not field.read_only

    def is_needed(self, name: str, skip_filled: bool) -> bool:
        """Say whether Enter stops here: it can be typed, is not usually left alone and, if asked, is still empty."""
        field = self._fields[name]
        if not self.is_typed(name) or field.enter_skips or field.kind == "attachments":
            return False
        return not (skip_filled and is_filled(self._form.get(name), field))

    def _planned(self) -> Iterator[PlannedSection]:
        for section in self._form.register.form:
            if section.see is not None and not section.see & self._desk.roles:
                continue
            if not section.is_about(self._form.record):
                continue
            below = self.is_paper and self._seen_lines
            groups = self._groups(section)
            if groups:
                first = groups[0].rows[0]
                told_twice = len(first) == 1 and tr(self._fields[first[0]].label) == tr(section.title)
                yield PlannedSection(section.title, groups, below, told_twice)

    def _groups(self, section: Section) -> tuple[Group, ...]:
        groups: list[Group] = []
        plain: list[tuple[str, ...]] = []
        listed = [(row,) if isinstance(row, str) else tuple(row) for row in section.rows]
        shown = [tuple(name for name in row if self._is_shown(name)) for row in listed]
        for row in (row for row in shown if row):
            if self.is_grid(row[0]):
                self._seen_lines = True
                _add(groups, plain)
                groups += [Group("lines", ((name,),)) for name in row]
            elif self.is_paper and self._seen_lines and all(map(self._is_sum, row)):
                groups.append(Group("sums", (row,)))
            else:
                plain.append(row)
        _add(groups, plain)
        return tuple(groups)

    def _is_shown(self, name: str) -> bool:
        """Below the lines of a paper, what is only read and still empty is left out."""
        field = self._fields.get(name)
        if field is None or not (self.is_paper and self._seen_lines) or field.kind in RIGHT_ALIGNED:
            return field is not None
        return bool(self._form.can_edit(name)) or field.kind == "attachments" or bool(self._form.get(name))

    def _is_sum(self, name: str) -> bool:
        return self._fields[name].kind in RIGHT_ALIGNED and not self.is_typed(name)


def _add(groups: list[Group], plain: list[tuple[str, ...]]) -> None:
    """Make a group of the rows gathered so far."""
    if plain:
        groups.append(Group("fields", tuple(plain)))
        plain.clear()
