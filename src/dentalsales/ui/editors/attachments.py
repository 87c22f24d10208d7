"""The files of a record: added by button, by dropping and by pasting; seen by Enter."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange.cell_text import in_office
from dentalsales.i18n import _, c_, tr
from dentalsales.ui.attachment_moves import put_back, take_off
from dentalsales.ui.attachment_preview import AttachmentPreview, save_copies, size_words
from dentalsales.ui.background import Task
from dentalsales.ui.clipboard_block import files_copied
from dentalsales.ui.icons import icon
from dentalsales.ui.link_choices import around
from dentalsales.ui.messages import sentence_of
from dentalsales.ui.page import button, label
from dentalsales.ui.save_file import open_file
from dentalsales.usecases import attach
from dentalsales.usecases.attach import FileInfo
from dentalsales.usecases.desk import Desk

ROWS_SHOWN = 4


class AttachmentsEditor(QWidget):
    """Shows the files and takes new ones once the record has been saved for the first time.

    The form around it brings the `shell` in whose background files are read and kept.
    """

    entered = Signal()
    walked = Signal(bool)

    def __init__(self, desk: Desk, form: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._form = desk, form
        self.files: list[FileInfo] = []
        self.list = QListWidget()
        self.list.setObjectName("picks")
        self.list.setAccessibleName(tr(c_("attachments", "Files")))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.itemActivated.connect(lambda item: self.preview())
        self.list.itemSelectionChanged.connect(self._allow)
        self._add = button(_("Add file…"), "paperclip")
        self._preview = button(_("Preview"), "eye")
        self._open = button(c_("file", "Open"), "file-export")
        self._save = button(_("Save a copy…"), "device-floppy")
        self._off, self._back = button(c_("attachments", "Take off")), button(_("Put back"), "arrow-back-up")
        for pressed, act in (
            (self._add, self._ask), (self._preview, self.preview), (self._open, self._open_outside),
            (self._save, self._save_copies), (self._off, self.take_off), (self._back, self._put_back),
        ):  # fmt: skip
            pressed.clicked.connect(act)
        self._hint = label("", "hint")
        self._refusal = QLabel()
        self._refusal.setTextFormat(Qt.TextFormat.PlainText)
        self._refusal.setProperty("look", "error")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self._lay()
        self.setFocusProxy(self._add)
        self.setAcceptDrops(True)
        self.set_value(None)

    def _lay(self) -> None:
        row = QHBoxLayout()
        for each in (self._add, self._preview, self._open, self._save, self._off, self._back):
            row.addWidget(each)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        layout.addLayout(row)
        layout.addWidget(self._hint)
        layout.addWidget(self._refusal)

    def value(self) -> Any:
        """Files are no value of the form: each is kept at once."""
        return None

    def set_value(self, value: Any, shown: str = "") -> None:
        """Read the list of files again; those that were there and chosen stay chosen."""
        chosen = {file.id for file in self._chosen()}
        saved, may = self._form.id is not None, attach.may_add(self._desk, self._form.register.name)
        self.files = attach.list_of(self._desk, self._form.register.name, self._form.id) if saved else []
        self.list.clear()
        for info in self.files:
            told = f"{info.name}  ({size_words(info.size)})"
            if info.is_off:
                told = tr(_("{file} – taken off").fill(file=told))
            item = QListWidgetItem(icon("ban" if info.is_off else "file-text"), told, self.list)
            font = item.font()
            font.setStrikeOut(info.is_off)
            item.setFont(font)
            item.setToolTip(info.name)
            item.setSelected(info.id in chosen)
        self._add.setEnabled(saved and may)
        self._add.setVisible(may)
        told = _("Save first; then files can be added.") if not saved else _("or drop files here, or paste with Ctrl+V")
        self._hint.setText(tr(told) if may else "" if self.files else "—")
        for each in (self._preview, self._open, self._save):
            each.setVisible(bool(self.files))
        self.list.setVisible(bool(self.files))
        self.list.setFixedHeight(min(len(self.files), ROWS_SHOWN) * max(self.list.sizeHintForRow(0), 24) + 12)
        self._allow()

    def settle(self) -> bool:
        """A file is kept as soon as it is added."""
        return True

    def composing(self) -> bool:
        """Nothing is composed in a list of files."""
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, and pictures that are dragged out of another program."""
        if self._add.isEnabled() and (event.mimeData().hasUrls() or event.mimeData().hasImage()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self._take(files, event.mimeData().imageData() if event.mimeData().hasImage() else None)
        event.acceptProposedAction()

    def takes_drops_of(self, form: QWidget) -> None:
        """Take what is dropped anywhere on a form as well."""
        form.setAcceptDrops(True)
        form.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            self.dragEnterEvent(event)
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.dropEvent(event)
        else:
            return False
        return event.isAccepted()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V adds the files or the picture that was copied, Delete takes the chosen ones off."""
        if event.matches(QKeySequence.StandardKey.Paste) and self._add.isEnabled():
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Delete) and self._off.isVisible():
            self.take_off()
        else:
            super().keyPressEvent(event)

    def paste(self) -> None:
        """Add the files or the picture that was copied, where any may be added."""
        copied = QGuiApplication.clipboard()
        if not self._add.isEnabled():
            return
        self._take(files_copied(), copied.image() if copied.mimeData().hasImage() else None)

    def _take(self, files: Sequence[Path], image: QImage | None) -> None:
        if files:
            self.add(files)
        elif image is not None and not image.isNull():
            self.add_image(image)
        else:
            self._refuse(RuleBroken(_("There is no file or picture to paste. Copy one first, or choose a file.")))

    def add(self, paths: Sequence[Path]) -> None:
        """Keep these files with the record, beside the window; each that is refused is named."""
        desk, register, record_id = self._desk, self._form.register.name, self._form.id

        def keep(task: Task) -> list[RuleBroken]:
            refused = []
            for at, path in enumerate(paths):
                task.progress(at, len(paths))
                try:
                    attach.add(desk, register, record_id, path)
                except RuleBroken as refusal:
                    refused.append(refusal)
            return refused

        self._keep(keep)

    def add_image(self, image: QImage) -> None:
        """Keep a picture from the clipboard as a PNG file that bears the moment."""
        desk, register, record_id = self._desk, self._form.register.name, self._form.id
        moment = in_office(desk.now())
        name = tr(_("Picture {moment}.png").fill(moment=f"{moment:%Y-%m-%d %H.%M.%S}"))

        def keep(task: Task) -> list[RuleBroken]:
            with TemporaryDirectory(prefix="dental-sales-", ignore_cleanup_errors=True) as folder:
                path = Path(folder) / name
                image.save(str(path), "PNG")  # type: ignore[call-overload]  # its stub wants bytes
                attach.add(desk, register, record_id, path)
            return []

        self._keep(keep)

    def _keep(self, work: Any) -> None:
        shell = around(self, "shell")
        self._refusal.hide()

        def done(refused: list[Exception]) -> None:
            if shiboken6.isValid(self):
                self.set_value(None)
                self.entered.emit()
                self._refuse(*refused)
            else:  # the form was closed meanwhile
                for refusal in refused:
                    shell.messages.refuse(refusal)

        shell.runner.run_long(work, _("Adding files"), done, lambda error: done([error]))

    def _ask(self) -> None:
        names, _chosen_filter = QFileDialog.getOpenFileNames(self, tr(_("Add file")))
        if names:
            self.add([Path(name) for name in names])

    def _chosen(self) -> list[FileInfo]:
        return [file for at, file in enumerate(self.files) if (item := self.list.item(at)) and item.isSelected()]

    def preview(self) -> None:
        """Show the chosen file, and from there all others."""
        if self.files:
            at = self.files.index(self._chosen()[0]) if self._chosen() else 0
            preview = AttachmentPreview(around(self, "shell"), self.files, at)
            preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            preview.open()

    def _open_outside(self) -> None:
        desk = self._desk
        for file in self._chosen():
            around(self, "shell").runner.run(
                lambda number=file.id: attach.open_copy(desk, number),
                open_file,
                self._refuse,
                owner=self,
            )

    def _save_copies(self) -> None:
        if files := self._chosen():
            save_copies(around(self, "shell"), [(file, None) for file in files], self._refuse)

    def take_off(self) -> None:
        """Take the chosen files off the record."""
        self._refuse()
        take_off(around(self, "shell"), self._chosen(), self._moved, self)

    def _put_back(self) -> None:
        put_back(around(self, "shell"), [file for file in self._chosen() if file.is_off], self._moved)

    def _moved(self, *refused: Exception) -> None:
        if shiboken6.isValid(self):
            if not refused:
                self.set_value(None)
                self.entered.emit()
            self._refuse(*refused)

    def _allow(self) -> None:
        if len(self.files) == 1 and not self._chosen():
            self.list.item(0).setSelected(True)
        chosen = self._chosen()
        for each in (self._preview, self._open, self._save):
            each.setEnabled(bool(chosen))
        self._off.setVisible(any(file.may_move and not file.is_off for file in chosen))
        self._back.setVisible(any(file.may_move and file.is_off for file in chosen))

    def _refuse(self, *errors: Exception) -> None:
        if shiboken6.isValid(self):
            self._refusal.setText("\n".join(map(sentence_of, errors)))
            self._refusal.setVisible(bool(errors))
