"""A number: full-width digits and sums such as 12*3 are read, thousands are grouped when it is not being edited."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.exchange.cell_text import shown
from dentalsales.ui.editors.field_editor import LineEditor
from dentalsales.ui.typed_values import number_typed, plain_number


class NumberEditor(LineEditor):
    """A whole number, a quantity or a percentage, right-aligned."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = field.kind
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def read(self, typed: str) -> Any:
        """Return the number that was typed, or the text when it is none."""
        return number_typed(typed, self._kind)

    def write(self, value: Any) -> str:
        """Return the number without separators."""
        return plain_number(value, self._kind)

    def written(self, value: Any) -> str:
        """Return the number as the office reads it."""
        return "" if value is None else shown(value, self._kind)
