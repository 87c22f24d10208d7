"""The words of a form: how its values are shown, what they may be, and the titles of what its links point at."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from dentalsales.blueprint.calendar_words import month_in_words
from dentalsales.blueprint.masking import masked
from dentalsales.blueprint.record import fields_of
from dentalsales.i18n import Text, tr
from dentalsales.usecases.browse import titles
from dentalsales.usecases.form_frame import FormFrame
from dentalsales.usecases.record_shape import lines_names

Ids = set[int]


class FormWords(FormFrame):
    """Reads what stands in the record and its lines, in the words of the employee who sees it."""

    def value_of(self, record: Any, name: str) -> Any:
        """Return a value of the record or a line, masked for roles without need."""
        if (id(record), name) in self.unfit:
            return self.unfit[id(record), name]
        field = fields_of(record)[name]
        if self.is_hidden(field):
            return None
        value = getattr(record, name)
        return masked(value) if self.is_masked(field) else value

    def shown_of(self, record: Any, name: str) -> str:
        """Return a value of the record or a line in words."""
        value, field = self.value_of(record, name), fields_of(record)[name]
        if value is None or (id(record), name) in self.unfit:
            return "" if value is None else str(value)
        if field.kind == "link" and field.target is not None:
            return self.title_of(field.target, value)
        if field.kind == "choice":
            return tr(dict(field.choices).get(value, Text("")))
        if field.kind == "month" and isinstance(value, date):
            return tr(month_in_words(value))
        if field.kind == "choices":
            return ", ".join(tr(label) for key, label in field.choices if key in value.split(","))
        return (
            tr(self.state.label)
            if field.kind == "state" and self.state
            else tr(value)
            if isinstance(value, str)
            else str(value)
        )

    def choices_of(self, record: Any, name: str) -> tuple[tuple[str, str], ...]:
        """Return value and label of what a field may be, asking the blueprint where it depends on the record."""
        field = fields_of(record)[name]
        if field.choices_of is None:
            return tuple((value, tr(label)) for value, label in field.choices)
        with self.desk.reading() as act:
            return tuple((value, tr(label)) for value, label in field.choices_of(record, act))

    def title_of(self, table: str, record_id: int) -> str:
        """Return the words that name a linked record."""
        if (table, record_id) not in self._titles:  # the first time all of the form's, then one by one
            wanted = {record_id} if table in self._titled else linked_ids(self._all(), table) | {record_id}
            self._read_titles(table, wanted)
            self._titled.add(table)
        return self._titles.get((table, record_id), f"#{record_id}")

    def read_titles(self, lines: Iterable[Any]) -> None:
        """Read the titles that some lines will show, all at once."""
        for line in (lines := list(lines))[:1]:
            for table in {field.target for field in fields_of(line).values() if field.target is not None}:
                self._read_titles(table, {one for one in linked_ids(lines, table) if (table, one) not in self._titles})

    def _all(self) -> list[Any]:
        return [self.record, *(line for name in lines_names(type(self.record)) for line in getattr(self.record, name))]

    def _read_titles(self, table: str, ids: Ids) -> None:
        found = titles(self.desk, table, ids) if ids else {}
        self._titles.update({(table, key): title for key, title in found.items()})


def linked_ids(records: Iterable[Any], table: str) -> Ids:
    """Return the ids of a table that some records and lines point at."""
    return {
        value
        for one in records
        for name, field in fields_of(one).items()
        if field.target == table and isinstance(value := getattr(one, name), int)
    }
