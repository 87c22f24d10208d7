"""The filters of a list, one small field for each thing that the register lets one filter by."""

from collections.abc import Iterable
from typing import Any, Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.table import Filter
from dentalsales.exchange.cell_text import RIGHT_ALIGNED
from dentalsales.i18n import Text, _, tr
from dentalsales.ui.editors.made_for import editor_for
from dentalsales.ui.flow_layout import FlowLayout
from dentalsales.ui.page import button, label
from dentalsales.ui.periods import period_in_words
from dentalsales.usecases.desk import Desk

PERIODS: tuple[tuple[str, Text], ...] = (
    ("", _("Any time")),
    ("today", _("Today")),
    ("week", _("This week")),
    ("month", _("This month")),
    ("last_month", _("Last month")),
    ("year", _("This year")),
    ("range", _("From … to …")),
)


class Part(Protocol):
    """One field of the bar; each is also a QWidget."""

    changed: SignalInstance

    def filters(self) -> list[Filter]:
        """Return what it asks for; nothing when it is left open."""

    def clear(self) -> None:
        """Leave it open."""


class FilterBar(QFrame):
    """Tells when any filter changed; the page asks the list anew."""

    changed = Signal()

    def __init__(self, desk: Desk, columns: Iterable[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.parts: dict[str, Any] = {}
        flow = FlowLayout(self, spacing=12)
        flow.setContentsMargins(12, 8, 12, 12)
        for column in columns:
            part = _part_for(desk, column)
            part.changed.connect(self.changed)
            self.parts[column.name] = part
            flow.addWidget(_captioned(column.label, part))
        clear = button(_("Clear filters"), "x", "link")
        clear.clicked.connect(self.clear)
        flow.addWidget(_captioned(Text(""), clear))

    def filters(self) -> tuple[Filter, ...]:
        """Return the conditions of all fields."""
        return tuple(one for part in self.parts.values() for one in part.filters())

    def count(self) -> int:
        """Return how many fields ask for something."""
        return sum(1 for part in self.parts.values() if part.filters())

    def clear(self) -> None:
        """Leave all fields open."""
        for part in self.parts.values():
            part.blockSignals(True)
            part.clear()
            part.blockSignals(False)
        self.changed.emit()


def _captioned(text: Text, widget: QWidget) -> QWidget:
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    layout.addWidget(label(text, "hint"))
    layout.addWidget(widget)
    return box


def _part_for(desk: Desk, column: Any) -> Any:
    if column.kind in ("choice", "choices", "state", "yes_no"):
        return _ChoicePart(column)
    if column.kind in ("day", "moment"):
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


class _LinkPart(QWidget):
    changed = Signal()

    def __init__(self, desk: Desk, column: Any) -> None:
        super().__init__()
        self._name = column.name
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

    def clear(self) -> None:
        self.editor.set_value(None)


class _RangePart(QWidget):
    """From and to, both included; either may stay open."""

    changed = Signal()

    def __init__(self, desk: Desk, column: Any) -> None:
        super().__init__()
        self._name = column.name
        kind = "day" if column.kind == "moment" else column.kind
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

    def clear(self) -> None:
        for editor in self.editors:
            editor.set_value(None)


class _PeriodPart(QWidget):
    """A stretch of days in words, or from one day to another."""

    changed = Signal()

    def __init__(self, desk: Desk, column: Any) -> None:
        super().__init__()
        self._desk, self._name = desk, column.name
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
        period = period_in_words(chosen, self._desk.today)
        if period is None:
            return []
        return [Filter(self._name, ">=", period.start), Filter(self._name, "<=", period.end)]

    def clear(self) -> None:
        self.words.setCurrentIndex(0)
        self.range.clear()


def _name_editor(editor: Any, name: str, changed: SignalInstance) -> None:
    editor.setAccessibleName(name)
    editor.entered.connect(changed)
    editor.walked.connect(lambda forwards: editor.focusNextPrevChild(forwards))
