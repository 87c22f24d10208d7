"""First step of an import: what the file holds, and which file it is."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dentalsales.blueprint.importing import ImportKind
from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.clipboard_block import files_copied
from dentalsales.ui.page import button, label

FILES = _("Tables (*.xlsx *.xls *.xlsm *.ods *.csv *.tsv *.txt)")


class ImportFilePane(QFrame):
    """The kinds in a list, and a place to drop the file."""

    chosen = Signal(object, Path)
    """Kind and file."""

    def __init__(self, kinds: list[ImportKind], folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAcceptDrops(True)
        self.kinds, self.folder = kinds, folder
        self.list = QListWidget()
        self.list.setObjectName("picks")
        self.list.setAccessibleName(tr(_("What the file holds")))
        height = theme.current().px(35)
        self.list.setFixedHeight(height * max(len(kinds), 1) + theme.current().px(8))
        for kind in kinds:
            item = QListWidgetItem(tr(kind.title), self.list)
            item.setSizeHint(QSize(0, height))  # the style is not known yet when the rows are measured
        self.hint = label("", "secondary")
        self.hint.setWordWrap(True)
        self.choose = button(_("Choose file"), "file-import", "primary", "Ctrl+O")
        self.choose.clicked.connect(self.ask)
        self.choose.setEnabled(bool(kinds))
        self.list.currentRowChanged.connect(self._show_hint)
        self._build()
        if kinds:
            self.list.setCurrentRow(0)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(label(_("What the file holds"), "section"))
        layout.addWidget(self.list)
        layout.addWidget(self.hint)
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(
            label(_("Excel, OpenDocument or text with commas; drop it here, or copy it and press Ctrl+V."), "hint"), 1
        )
        layout.addLayout(row)
        layout.addStretch(1)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What F6 goes to."""
        return self.list, self.choose

    @property
    def kind(self) -> ImportKind:
        """The kind that is chosen."""
        return self.kinds[self.list.currentRow()]

    def mark(self, name: str) -> None:
        """Choose a kind by its name."""
        for row, kind in enumerate(self.kinds):
            if kind.name == name:
                self.list.setCurrentRow(row)

    def _show_hint(self, row: int) -> None:
        self.hint.setText(tr(self.kinds[row].hint) if 0 <= row < len(self.kinds) else "")

    def ask(self) -> None:
        """Ask for the file."""
        if not self.kinds:
            return
        name, _kind = QFileDialog.getOpenFileName(self.window(), tr(_("Choose file")), str(self.folder), tr(FILES))
        if name:
            self.take(Path(name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V takes the file that was copied, or whose path was."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.kinds:
            self.paste()
        else:
            super().keyPressEvent(event)

    def paste(self) -> None:
        """Take the file on the clipboard: copied in the file manager, or its path as text."""
        files = files_copied()
        if files:
            self.take(files[0])
        else:
            self.hint.setText(tr(_("The clipboard holds no file. Copy the file or its path, then press Ctrl+V.")))

    def take(self, path: Path) -> None:
        """Go on with a file."""
        self.folder = path.parent
        self.chosen.emit(self.kind, path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if self.kinds and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first file that was dropped."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.take(Path(files[0]))
