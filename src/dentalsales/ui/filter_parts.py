"""The fields of a filter bar: a choice, words, a linked record, a range of numbers, a stretch of days."""

from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from dentalsales.blueprint.fields import IN_TIME, Field
from dentalsales.blueprint.table import Filter
from dentalsales.exchange.cell_text import RIGHT_ALIGNED
from dentalsales.i18n import Text, _, tr
from dentalsales.ui.editors.made_for import editor_for
from dentalsales.ui.typed_values import day_typed, number_typed
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.titles import titles

PERIODS: tuple[tuple[str, Text], ...] = (
    ("", _("Any time")),
    ("today", _("Today")),
    ("this_week", _("This week")),
    ("this_month", _("This month")),
    ("last_month", _("Last month")),
    ("this_year", _("This year")),
    ("range", _("From … to …")),
)
"""Words that a filter keeps as they are, so that a saved view moves with the calendar."""


class Part(Protocol):
    """One field of the bar; each is also a QWidget."""

    changed: SignalInstance

    def filters(self) -> list[Filter]:
        """Return what it asks for; nothing when it is left open."""

    def put(self, filters: list[Filter]) -> bool:
        """Show these conditions; False when the field cannot."""

    def clear(self) -> None:
        """Leave it open."""


def part_for(desk: Desk, column: Any) -> Any:
    """Return the field that fits a column."""
    if column.kind in ("choice", "choices", "state", "yes_no"):
        return _ChoicePart(column)
    if column.kind in IN_TIME:
        return _PeriodPart(desk, column)
    if column.kind in RIGHT_ALIGNED:
        return _RangePart(desk, column)
    if column.kind == "link" and column.target:
        return _LinkPart(desk, column)
    return _WordsPart(column)


class _ChoicePart(QComboBox):
    changed = Signal()

    def __init__(self, column: Any) -> None:
        super().__init__()
        self._name, self._yes_no = column.name, column.kind == "yes_no"
        self.setAccessibleName(tr(column.label))
        choices = (("1", _("Yes")), ("0", _("No"))) if self._yes_no else column.choices
        self.addItem(tr(_("Any")), "")
        for value, words in choices:
            self.addItem(tr(words), value)
        self.currentIndexChanged.connect(lambda place: self.changed.emit())

    def filters(self) -> list[Filter]:
        value = self.currentData()
        return [Filter(self._name, "=", value == "1" if self._yes_no else value)] if value else []

    def put(self, filters: list[Filter]) -> bool:
        (one,) = filters if len(filters) == 1 else (None,)
        wanted = None if one is None else one.value[0] if one.operator == "in" and len(one.value) == 1 else one.value
        place = self.findData(("1" if wanted else "0") if self._yes_no else wanted)
        if one is None or one.operator not in ("=", "in") or place < 1:
            return False
        self.setCurrentIndex(place)
        return True

    def clear(self) -> None:
        self.setCurrentIndex(0)


class _WordsPart(QLineEdit):
    changed = Signal()

    def __init__(self, column: Any) -> None:
        super().__init__()
        self._name = column.name
        self.setAccessibleName(tr(column.label))
        self.setPlaceholderText(tr(_("Contains")))
        self.setClearButtonEnabled(True)
        self.editingFinished.connect(self.changed)
        self.setMinimumWidth(140)

    def filters(self) -> list[Filter]:
        words = self.text().strip()
        return [Filter(self._name, "has", words)] if words else []

    def put(self, filters: list[Filter]) -> bool:
        if len(filters) != 1 or filters[0].operator != "has":
            return False
        self.setText(str(filters[0].value))
        return True


class _LinkPart(QWidget):
    changed = Signal()

    def __init__(self, desk: Desk, column: Any) -> None:
        super().__init__()
        self._name, self._desk, self._target = column.name, desk, column.target
        self.editor = editor_for(desk, None, "", Field("link", column.label, target=column.target), self)
        _name_editor(self.editor, tr(column.label), self.changed)
        self.editor.setMinimumWidth(180)
        self.setFocusProxy(self.editor)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.editor)

    def filters(self) -> list[Filter]:
        value = self.editor.value()
        return [Filter(self._name, "=", value)] if isinstance(value, int) else []

    def put(self, filters: list[Filter]) -> bool:
        value = filters[0].value if len(filters) == 1 and filters[0].operator == "=" else None
        if value == "me":
            value = self._desk.employee_id
        if not isinstance(value, int):
            return False
        self.editor.set_value(value, titles(self._desk, self._target, [value]).get(value, ""))
        return True

    def clear(self) -> None:
        self.editor.set_value(None)


class _RangePart(QWidget):
    """From and to, both included; either may stay open."""

    changed = Signal()

    def __init__(self, desk: Desk, column: Any) -> None:
        super().__init__()
        self._name = column.name
        kind = self._kind = "day" if column.kind in IN_TIME else column.kind
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.editors: list[Any] = []
        for said in (_("{label} from"), _("{label} to")):
            editor = editor_for(desk, None, "", Field(kind, column.label), self)
            _name_editor(editor, tr(said.fill(label=column.label)), self.changed)
            editor.setFixedWidth(editor.fontMetrics().horizontalAdvance("8") * 16)
            editor.setPlaceholderText(tr(_("from")) if not self.editors else tr(_("to")))
            self.editors.append(editor)
            row.addWidget(editor)

    def filters(self) -> list[Filter]:
        found = []
        for editor, operator in zip(self.editors, (">=", "<="), strict=True):
            value = editor.value()
            if value is not None and value != "" and not isinstance(value, str):
                found.append(Filter(self._name, operator, value))
        return found

    def put(self, filters: list[Filter]) -> bool:
        places = {">=": 0, "<=": 1}
        values = [(places.get(one.operator), _plain(one.value, self._kind)) for one in filters]
        if any(place is None or value is None for place, value in values):
            return False
        for place, value in values:
            self.editors[place or 0].set_value(value)
        return True

    def clear(self) -> None:
        for editor in self.editors:
            editor.set_value(None)


class _PeriodPart(QWidget):
    """A stretch of days in words, or from one day to another."""

    changed = Signal()

    def __init__(self, desk: Desk, column: Any) -> None:
        super().__init__()
        self._name = column.name
        self.words = QComboBox()
        self.words.setAccessibleName(tr(column.label))
        for value, text in PERIODS:
            self.words.addItem(tr(text), value)
        self.range = _RangePart(desk, column)
        self.range.hide()
        self.range.changed.connect(self.changed)
        self.words.currentIndexChanged.connect(self._choose)
        self.setFocusProxy(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.words)
        row.addWidget(self.range)

    def _choose(self) -> None:
        self.range.setVisible(self.words.currentData() == "range")
        self.changed.emit()

    def filters(self) -> list[Filter]:
        chosen = self.words.currentData()
        if chosen == "range":
            return self.range.filters()
        return [Filter(self._name, "=", chosen)] if chosen else []

    def put(self, filters: list[Filter]) -> bool:
        place = self.words.findData(filters[0].value) if filters[0].operator == "=" and len(filters) == 1 else -1
        if place < 1:
            place = self.words.findData("range") if self.range.put(filters) else -1
        if place < 1:
            return False
        self.words.setCurrentIndex(place)
        return True

    def clear(self) -> None:
        self.words.setCurrentIndex(0)
        self.range.clear()


def _name_editor(editor: Any, name: str, changed: SignalInstance) -> None:
    editor.setAccessibleName(name)
    editor.entered.connect(changed)
    editor.walked.connect(lambda forwards: editor.focusNextPrevChild(forwards))


def _plain(value: Any, kind: str) -> Any:
    """Return a value that a saved view keeps as text as its field takes it; None when it is no such value."""
    if isinstance(value, str):
        found = day_typed(value, date.min) if kind == "day" else number_typed(value, kind)
        return None if isinstance(found, str) else found
    return value
