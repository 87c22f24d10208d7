"""One line of text."""

from PySide6.QtWidgets import QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.ui.editors.field_editor import LineEditor


class TextEditor(LineEditor):
    """Trims what is typed and stops at the field's length."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if field.length:
            self.setMaxLength(field.length)
