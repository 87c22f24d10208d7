"""An amount of money or a unit price, in yuan."""

from typing import Any

from dentalsales.ui.editors.number import NumberEditor
from dentalsales.ui.typed_values import plain_number


class MoneyEditor(NumberEditor):
    """Shows 1,234.50 and edits 1234.5."""

    def write(self, value: Any) -> str:
        """Return the amount to edit, without the zeros at its end."""
        text = plain_number(value, self._kind)
        return text.rstrip("0").rstrip(".") if "." in text else text
