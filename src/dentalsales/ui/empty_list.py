"""What stands in place of an empty list: one sentence and the way on."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dentalsales.blueprint.register import Register
from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.icons import pixmap
from dentalsales.ui.page import button, label, new_words
from dentalsales.ui.shell import Shell
from dentalsales.usecases import import_rights


class EmptyList(QFrame):
    """A list that is empty says something else than one in which nothing was found."""

    def __init__(self, shell: Shell, register: Register, clear: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._register = register
        side = theme.current().px(48)
        picture = QLabel()
        picture.setPixmap(pixmap(register.icon, side, "text.muted", self.devicePixelRatioF()))
        self.sentence = label("", "secondary")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._may_create = shell.desk.may_begin(register.name)
        self._new = button(new_words(register.one), "plus", "primary", "Ctrl+N")
        self._new.clicked.connect(lambda: shell.open_new(register.name))
        kind = next((one for one in import_rights.kinds(shell.desk) if one.register == register.name), None)
        self._may_import = kind is not None
        self._import = button(_("Import from Excel"), "file-import", "link")
        if kind is not None:
            self._import.clicked.connect(lambda: shell.open_import(kind.name))
        self._clear = button(_("Show the whole list"), "x")
        self._clear.clicked.connect(clear)
        row = QHBoxLayout()
        row.addStretch(1)
        for widget in (self._new, self._import, self._clear):
            row.addWidget(widget)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(1)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self.sentence)
        layout.addLayout(row)
        layout.addStretch(2)

    def tell(self, filtered: bool, searched: str) -> None:
        """Say why there is nothing: a search, filters, or a register without records."""
        if filtered and searched:
            text = _("No match for “{text}”. Check the spelling, or show the whole list.").fill(text=searched)
        elif filtered:
            text = _("Nothing fits these filters.")
        else:
            text = self._register.empty or _("There is nothing here yet.")
        self.sentence.setText(tr(text))
        self._new.setVisible(not filtered and self._may_create)
        self._import.setVisible(not filtered and self._may_import)
        self._clear.setVisible(filtered)
