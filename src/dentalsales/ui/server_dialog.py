"""Chooses where to work before anybody is signed in: a server that was tested, or a folder of this computer."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.background import Runner
from dentalsales.ui.page import button, label
from dentalsales.ui.server_fields import ServerFields
from dentalsales.usecases.server_place import ServerWords, Tested


class ServerDialog(QDialog):
    """`choice` is what was tested, or a folder, once it is accepted; nothing was changed so far."""

    def __init__(self, words: ServerWords | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice: Tested | Path | None = None
        self.setWindowTitle(tr(_("Work on a server")))
        self.setMinimumWidth(theme.current().px(640))
        self._runner = Runner(self)
        told = label(_("Whoever looks after the server tells you these. Several people work in one company there."))
        told.setProperty("look", "secondary")
        told.setWordWrap(True)
        self.fields = ServerFields(self._runner, words or ServerWords())
        self.fields.tested.connect(self._show)
        self.folder = button(_("Folder of this computer…"), "device-floppy")
        self.leave = button(_("Cancel"))
        self.take = button(_("Work there"), "login", "primary")
        self.folder.clicked.connect(self._choose_folder)
        self.leave.clicked.connect(self.reject)
        self.take.clicked.connect(self._take)
        row = QHBoxLayout()
        row.addWidget(self.folder)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(told)
        layout.addWidget(self._scrolled(), 1)
        layout.addLayout(row)
        for one in (
            self.folder,
            self.leave,
            self.take,
            self.fields.test,
            self.fields.stop,
            self.fields.authority.choose,
        ):
            one.setAutoDefault(False)  # Enter in a field tests, and nothing else
        self._show(None)
        self.fields.begin()

    def _scrolled(self) -> QScrollArea:
        """The fields as high as they are, where the screen has room for that."""
        area, room = QScrollArea(), QWidget()
        room.setObjectName("scrolled")
        inner = QVBoxLayout(room)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.addWidget(self.fields)
        inner.addStretch(1)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(room)
        px, screen = theme.current().px, self.screen().availableGeometry().height()
        self.resize(px(680), min(px(660), screen - px(40)))
        return area

    def _show(self, result: Tested | None) -> None:
        self.take.setEnabled(result is not None)
        self.take.setText(tr(_("Set up a company there") if result and result.is_empty else _("Work there")))
        if result is not None:
            self.take.setAutoDefault(True)
            self.take.setFocus()

    def _take(self) -> None:
        self.choice = self.fields.result
        if self.choice is not None:
            self.choice = Tested(self.fields.words(), self.choice.found)
            self.accept()

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr(_("Folder of the company")))
        if folder:
            self.choice = Path(folder)
            self.accept()
