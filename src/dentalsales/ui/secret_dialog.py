"""A dialog for passwords and passphrases: covered fields below each other; Enter goes on, and ends in the last one."""

from itertools import pairwise

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.page import button, label
from dentalsales.ui.verb_dialog import VerbDialog

WIDTH = 480


class SecretDialog(VerbDialog):
    """The fields stand in the order in which `ask` was called."""

    def __init__(self, parent: QWidget | None, title: Text) -> None:
        super().__init__(parent, title, spacing=4)
        self._fields: list[QLineEdit] = []
        self.setMinimumWidth(theme.current().px(WIDTH))
        self.frame.addWidget(self.banner)

    def ask(self, text: Text) -> QLineEdit:
        """Return a new field whose letters are covered."""
        field, words = QLineEdit(), label(text)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(tr(text))
        words.setBuddy(field)
        self.frame.addWidget(words)
        self.frame.addWidget(field)
        self.frame.addSpacing(8)
        self._fields.append(field)
        return field

    def end_with_verb(self, verb: Text, *beside: QPushButton) -> QPushButton:
        """Add the buttons; none is pressed by Enter in a field but the verb's, and that only in the last one."""
        pressed, back = button(verb, "", "primary"), button(_("Cancel"))
        for one in (pressed, back, *beside):
            one.setAutoDefault(False)
        for field, following in pairwise(self._fields):
            field.returnPressed.connect(following.setFocus)
        self._fields[-1].returnPressed.connect(pressed.click)
        self.frame.addSpacing(16)
        self.end_with(pressed, back, *beside)
        return pressed
