"""Shows the files of a record one after another: scans and PDFs as they are, of others the name and the size."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from dentalsales.i18n import _, c_, n_, tr
from dentalsales.safe_file import write_safely
from dentalsales.ui.file_pictures import Shown, look_at
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import button, label, tool_button
from dentalsales.ui.pages_view import PagesView
from dentalsales.ui.save_file import open_file, say_saved
from dentalsales.ui.shell import Shell
from dentalsales.usecases import attach
from dentalsales.usecases.attach import FileInfo

SHARE_OF_SCREEN = 0.92


class AttachmentPreview(QDialog):
    """Left and Right go to another file, PgUp and PgDn turn pages, + and - zoom, Enter opens, Esc goes back."""

    def __init__(self, shell: Shell, files: Sequence[FileInfo], at: int) -> None:
        super().__init__(QApplication.activeWindow())
        self._shell, self._files, self._at = shell, files, at
        self._copy: Path | None = None
        self.shown: Shown | None = None
        self.banner, self.pages = Banner(), PagesView(shell.runner)
        self.title, self.status, self.words = label("", "section"), label("", "hint"), label("")
        self.save_button = button(_("Save a copy…"), "device-floppy", "", "Ctrl+S")
        self.open_button = button(c_("file", "Open"), "file-export", "primary")
        self.previous = tool_button(_("File before this one"), "chevron-left")
        self.next = tool_button(_("Next file"), "chevron-right")
        self._lay()
        self._bind()
        room = self.screen().availableSize() * SHARE_OF_SCREEN
        self.resize(min(1000, room.width()), min(860, room.height()))
        self._load()

    @property
    def file(self) -> FileInfo:
        """The file that is seen."""
        return self._files[self._at]

    def _lay(self) -> None:
        bar, other = QFrame(), QWidget()
        bar.setObjectName("topBar")
        other.setObjectName("pane")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        QVBoxLayout(other).addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.title, 1)
        for each in (self.previous, self.next, self.save_button, self.open_button):
            row.addWidget(each)
        head = QVBoxLayout(bar)
        head.setContentsMargins(16, 8, 16, 8)
        head.addLayout(row)
        head.addWidget(self.status)
        self._body = QStackedLayout()
        self._body.addWidget(self.pages)
        self._body.addWidget(other)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self.banner)
        layout.addLayout(self._body, 1)

    def _bind(self) -> None:
        self.save_button.setAutoDefault(False)
        self.open_button.setDefault(True)
        for pressed, act in (
            (self.save_button, self.save), (self.open_button, self.open_outside),
            (self.previous, lambda: self.turn(-1)), (self.next, lambda: self.turn(1)),
        ):  # fmt: skip
            pressed.clicked.connect(act)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+S", self.save), ("Left", lambda: self._sideways(-1)), ("Right", lambda: self._sideways(1)),
            ("+", lambda: self.pages.zoom(1)), ("=", lambda: self.pages.zoom(1)), ("-", lambda: self.pages.zoom(-1)),
            ("0", lambda: self.pages.zoom(0)), ("PgUp", lambda: self.pages.turn(-1)),
            ("PgDown", lambda: self.pages.turn(1)),
        )  # fmt: skip
        for key, deed in keys:
            QShortcut(QKeySequence(key), self).activated.connect(deed)
        self.pages.moved.connect(lambda at: self._say())
        self.pages.shown.connect(self._say)

    def turn(self, by: int) -> None:
        """Show the next or the previous file."""
        if 0 <= self._at + by < len(self._files):
            self._at += by
            self._load()

    def _sideways(self, by: int) -> None:
        """A page that is wider than the window is moved, else the file is turned."""
        bar = self.pages.horizontalScrollBar()
        if self.shown is not None and bar.maximum() > 0:
            bar.setValue(bar.value() + by * 3 * bar.singleStep())
        else:
            self.turn(by)

    def _load(self) -> None:
        """Read the file beside the window, and show it unless another one is wanted by then."""
        desk, file = self._shell.desk, self.file
        self._copy = self.shown = None
        self.setWindowTitle(file.name)
        self.title.setText(file.name)
        self.title.setToolTip(file.name)
        self.previous.setEnabled(self._at > 0)
        self.next.setEnabled(self._at < len(self._files) - 1)
        self._allow(False)
        self.banner.hide()
        self.words.setText(tr(_("Preparing…")))
        self._body.setCurrentIndex(1)
        self._say()

        def work() -> tuple[Path, Shown | None]:
            copy = attach.open_copy(desk, file.id)
            return copy, look_at(copy)

        def done(found: tuple[Path, Shown | None]) -> None:
            if file == self.file:
                self._show(*found)

        def failed(error: Exception) -> None:
            if file == self.file:
                self.words.setText("")
                self.banner.refuse(error)

        self._shell.runner.run(work, done, failed, owner=self)

    def _show(self, copy: Path, shown: Shown | None) -> None:
        self._copy, self.shown = copy, shown
        self._allow(True)
        if shown is not None:
            self._body.setCurrentIndex(0)
            self.pages.show_file(shown.path, shown.sizes, shown.picture)
            self.pages.zoom(0)
            self.pages.verticalScrollBar().setValue(0)
            if shown.count > len(shown.sizes):
                told = _("Here are the first {count} pages of {all}. Open the file to see the rest.")
                self.banner.tell(tr(told.fill(count=len(shown.sizes), all=shown.count)), "info")
        else:
            words = _("{name}\n{size}\n\nThis kind of file isn't shown here. Open it with its own program.")
            self.words.setText(tr(words.fill(name=self.file.name, size=size_words(self.file.size))))
        self.open_button.setFocus()
        self._say()

    def _allow(self, on: bool) -> None:
        for each in (self.save_button, self.open_button):
            each.setEnabled(on)

    def _say(self) -> None:
        file, parts = self.file, []
        if len(self._files) > 1:
            parts.append(tr(_("File {number} of {count}").fill(number=self._at + 1, count=len(self._files))))
        if self.shown is not None and len(self.shown.sizes) > 1:
            page = _("Page {number} of {count}").fill(number=self.pages.page() + 1, count=self.shown.count)
            parts.append(tr(page))
        parts.append(size_words(file.size))
        if file.added_by:
            parts.append(tr(_("added by {name}").fill(name=file.added_by)))
        self.status.setText(" · ".join(parts))

    def open_outside(self) -> None:
        """Open the copy with the system's own program; what is changed there changes nothing here."""
        if self._copy is not None:
            open_file(self._copy)

    def save(self) -> None:
        """Write a copy where the user says."""
        if self._copy is not None:
            save_copies(self._shell, [(self.file, self._copy)], self.banner.refuse)


def save_copies(
    shell: Shell, files: Sequence[tuple[FileInfo, Path | None]], refuse: Callable[[Exception], None]
) -> None:
    """Ask where, and write a copy of one file, or of several into a folder, beside the window."""
    window, folder = QApplication.activeWindow(), shell.folder()
    if len(files) == 1:
        proposed = str(folder / files[0][0].name)
        chosen, _kind = QFileDialog.getSaveFileName(window, tr(_("Save as")), proposed)
        places = [Path(chosen)]
    else:
        chosen = QFileDialog.getExistingDirectory(window, tr(_("Save copies in")), str(folder))
        places = free_places(Path(chosen), [file.name for file, _copy in files])
    if not chosen:
        return
    shell.preferences.keep("folder", str(places[0].parent))

    def write() -> list[Path]:
        for (file, copy), place in zip(files, places, strict=True):
            kept = copy or attach.open_copy(shell.desk, file.id)
            with write_safely(place) as draft:
                shutil.copyfile(kept, draft)
        return places

    def done(written: list[Path]) -> None:
        if len(written) == 1:
            say_saved(shell, written[0])
        else:
            told = n_("{count} file saved in {folder}.", "{count} files saved in {folder}.")
            shell.toast(told.fill(count=len(written), folder=str(written[0].parent)), "success")

    shell.runner.run(write, done, refuse, label=_("Saving copies"))


def free_places(folder: Path, names: Sequence[str]) -> list[Path]:
    """Return a place for each name in a folder, none of them taken: a second scan.pdf becomes scan (2).pdf."""
    taken, found = set[str](), []
    for name in names:
        place, count = folder / name, 1
        while place.exists() or str(place).casefold() in taken:
            count += 1
            place = folder / f"{Path(name).stem} ({count}){Path(name).suffix}"
        taken.add(str(place).casefold())
        found.append(place)
    return found


def size_words(size: int) -> str:
    """Return the size of a file as the user reads it."""
    kib = 1024
    return f"{size / kib / kib:.1f} MB" if size >= kib * kib else f"{max(1, size // kib)} KB"
