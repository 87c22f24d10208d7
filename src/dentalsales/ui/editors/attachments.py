"""The files of a record: add by button or by dropping, open by Enter."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, c_, tr
from dentalsales.ui.clipboard_block import files_copied
from dentalsales.ui.icons import icon
from dentalsales.ui.messages import attempt, sentence_of
from dentalsales.ui.page import button
from dentalsales.usecases import attach
from dentalsales.usecases.desk import Desk

ROWS_SHOWN = 4
KIB = 1024


class AttachmentsEditor(QWidget):
    """Shows the files and takes new ones once the record has been saved for the first time."""

    entered = Signal()
    walked = Signal(bool)

    def __init__(self, desk: Desk, form: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._form = desk, form
        self._list = QListWidget()
        self._list.setObjectName("picks")
        self._list.setAccessibleName(tr(c_("attachments", "Files")))
        self._list.itemActivated.connect(self._open)
        self._add = button(_("Add file…"), "paperclip")
        self._add.clicked.connect(self._ask)
        self._refusal = QLabel()
        self._refusal.setProperty("look", "error")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addWidget(self._refusal, 1)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._list)
        layout.addLayout(row)
        self.setFocusProxy(self._add)
        self.setAcceptDrops(True)
        self.set_value(None)

    def value(self) -> Any:
        """Files are no value of the form: each is kept at once."""
        return None

    def set_value(self, value: Any, shown: str = "") -> None:
        """Read the list of files again."""
        self._list.clear()
        saved = self._form.id is not None
        self._add.setEnabled(saved)
        self._add.setToolTip("" if saved else tr(_("Save first; then files can be added.")))
        for info in attach.list_of(self._desk, self._form.register.name, self._form.id) if saved else ():
            item = QListWidgetItem(icon("file-text"), f"{info.name}  ({_size(info.size)})", self._list)
            item.setData(Qt.ItemDataRole.UserRole, info.id)
        self._list.setVisible(self._list.count() > 0)
        self._list.setFixedHeight(min(self._list.count(), ROWS_SHOWN) * max(self._list.sizeHintForRow(0), 24) + 4)

    def settle(self) -> bool:
        """A file is kept as soon as it is added."""
        return True

    def composing(self) -> bool:
        """Nothing is composed in a list of files."""
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files only."""
        if self._add.isEnabled() and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V adds the files that were copied, or whose path was."""
        if event.matches(QKeySequence.StandardKey.Paste) and self._add.isEnabled() and (copied := files_copied()):
            self.add(copied)
        else:
            super().keyPressEvent(event)

    def add(self, paths: list[Path]) -> None:
        """Keep these files with the record."""
        self._refusal.hide()
        register, record_id = self._form.register.name, self._form.id
        for path in paths:
            attempt(partial(attach.add, self._desk, register, record_id, path), self._refuse)
        self.set_value(None)
        self.entered.emit()

    def _ask(self) -> None:
        names, _chosen_filter = QFileDialog.getOpenFileNames(self, tr(_("Add file")))
        self.add([Path(name) for name in names])

    def _open(self, item: QListWidgetItem) -> None:
        copy = attempt(lambda: attach.open_copy(self._desk, item.data(Qt.ItemDataRole.UserRole)), self._refuse)
        if copy is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))

    def _refuse(self, refusal: RuleBroken) -> None:
        self._refusal.setText(sentence_of(refusal))
        self._refusal.show()


def _size(size: int) -> str:
    return f"{size / KIB / KIB:.1f} MB" if size >= KIB * KIB else f"{max(1, size // KIB)} KB"
