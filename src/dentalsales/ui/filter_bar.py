"""The filters of a list, one small field for each thing that the register lets one filter by."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from dentalsales.blueprint.table import Filter
from dentalsales.i18n import Text, _
from dentalsales.ui.filter_parts import part_for
from dentalsales.ui.flow_layout import FlowLayout
from dentalsales.ui.page import button, label
from dentalsales.usecases.desk import Desk


class FilterBar(QFrame):
    """Tells when any filter changed; the page asks the list anew. The fields are made when they are first needed."""

    changed = Signal()

    def __init__(self, desk: Desk, columns: Iterable[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._desk, self._columns = desk, {column.name: column for column in columns}
        self._parts: dict[str, Any] = {}

    @property
    def parts(self) -> dict[str, Any]:
        """The fields by the names of their columns."""
        if not self._parts:
            self._make()
        return self._parts

    def _make(self) -> None:
        flow = FlowLayout(self, spacing=12)
        flow.setContentsMargins(16, 8, 16, 12)
        for name, column in self._columns.items():
            part = self._parts[name] = part_for(self._desk, column)
            part.changed.connect(self.changed)
            flow.addWidget(_captioned(column.label, part))
        clear = button(_("Clear filters"), "x", "link")
        clear.clicked.connect(self.clear)
        flow.addWidget(_captioned(Text(""), clear))

    def setVisible(self, visible: bool) -> None:
        """Show the fields, or take them out of sight."""
        if visible and not self._parts:
            self._make()
        super().setVisible(visible)

    def filters(self) -> tuple[Filter, ...]:
        """Return the conditions of all fields."""
        return tuple(one for part in self._parts.values() for one in part.filters())

    def put(self, name: str, filters: list[Filter]) -> bool:
        """Show conditions in the field of a name; False when none can show them."""
        if name not in self._columns:
            return False
        part = self.parts[name]
        part.blockSignals(True)
        done = bool(part.put(filters))
        part.blockSignals(False)
        return done

    def count(self) -> int:
        """Return how many fields ask for something."""
        return sum(1 for part in self._parts.values() if part.filters())

    def clear(self) -> None:
        """Leave all fields open."""
        for part in self._parts.values():
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
