"""The palette (Ctrl+K): records, screens, reports and actions by a few letters."""

from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.icons import icon
from dentalsales.ui.navigation import Screen
from dentalsales.ui.page import label
from dentalsales.ui.shell import Shell
from dentalsales.usecases import search

KINDS: dict[str, tuple[str, Text]] = {
    "record": ("file-text", _("Record")),
    "screen": ("layout-sidebar", _("Screen")),
    "report": ("report-analytics", _("Report")),
    "action": ("player-play", _("Action")),
}
PAUSE = 60
"""Milliseconds after the last key before the search begins."""


class CommandPalette(QDialog):
    """Up and down choose, Enter opens, Esc leaves; without letters it offers the screens."""

    def __init__(self, shell: Shell, screens: list[Screen], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shell, self._screens, self._asked = shell, screens, 0
        self.answered = ""
        self._wanted = False
        self.field = _PaletteField(self)
        self.field.setPlaceholderText(tr(_("Customer, number, screen, report: letters or pinyin initials")))
        self.field.setAccessibleName(tr(_("Search everything")))
        self.field.addAction(icon("search", "text.muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.list = QListWidget()
        self.list.setObjectName("picks")
        self.list.setAccessibleName(tr(_("Found")))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda item: self._open(item))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        self.field.textEdited.connect(self._typed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(label(_("↑↓ choose · Enter opens · Esc leaves"), "hint"))
        self._offer_screens()

    def open_over(self, window: QWidget) -> None:
        """Open near the top of a window."""
        look = theme.current()
        self.resize(min(look.px(620), window.width() - 32), min(look.px(440), window.height() - 96))
        self.move(window.mapToGlobal(QPoint((window.width() - self.width()) // 2, 56)))
        self.show()
        self.field.setFocus()

    def _offer_screens(self) -> None:
        self.list.clear()
        for register, record_id, title in self._shell.recent[:5]:
            self._add("record", title, tr(_("Opened last")), ("record", register, record_id))
        for screen in self._screens:
            self._add("screen", tr(screen.label), "", ("key", screen.key, None), screen.icon)
        self.list.setCurrentRow(0)

    def _add(self, kind: str, title: str, detail: str, target: tuple[str, str, int | None], picture: str = "") -> None:
        default_picture, word = KINDS[kind]
        item = QListWidgetItem(icon(picture or default_picture), "   ".join(part for part in (title, detail) if part))
        item.setData(Qt.ItemDataRole.UserRole, target)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{tr(word)} {title} {detail}")
        self.list.addItem(item)

    def _typed(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._asked += 1
            self._offer_screens()

    def _ask(self) -> None:
        self._asked += 1
        asked, desk, text = self._asked, self._shell.desk, self.field.text().strip()
        self._shell.runner.run(
            lambda: search.everywhere(desk, text), lambda hits: self._show(asked, text, hits), owner=self
        )

    def _show(self, asked: int, text: str, hits: list[Any]) -> None:
        if asked != self._asked:
            return
        self.answered = text
        self.list.clear()
        for hit in hits:
            self._add(hit.kind, tr(hit.title), tr(hit.detail), (hit.kind, hit.register, hit.record_id))
        self._add_own_screens(text.lower())
        if not self.list.count():
            item = QListWidgetItem(tr(_("No match for “{text}”. Check the spelling.").fill(text=text)))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        if self._wanted:
            self._wanted = False
            self.open_chosen()

    def _add_own_screens(self, text: str) -> None:
        """Today, import and settings are screens of the window that no register stands for."""
        for screen in self._screens:
            if not screen.key.startswith("list:") and text in f"{tr(screen.label)} {screen.key}".lower():
                self._add("screen", tr(screen.label), "", ("key", screen.key, None), screen.icon)

    def open_chosen(self) -> None:
        """Open what is chosen; whoever types faster than the search gets its answer first."""
        text = self.field.text().strip()
        if text and text != self.answered:
            self._pause.stop()
            self._wanted = True
            self._ask()
        elif self.list.currentItem() is not None:
            self._open(self.list.currentItem())

    def _open(self, item: QListWidgetItem) -> None:
        target = item.data(Qt.ItemDataRole.UserRole)
        if target is None:
            return
        self.close()
        kind, name, record_id = target
        if kind == "record" and record_id is not None:
            self._shell.open_record(name, record_id)
        elif kind == "report":
            self._shell.open_report(name)
        elif kind == "action":
            self._shell.open_new(name)
        elif kind == "key":
            self._shell.open_screen(name)
        else:
            self._shell.open_list(name)

    def move_choice(self, by: int) -> None:
        """Choose the next or previous row."""
        count = self.list.count()
        if count:
            self.list.setCurrentRow(max(0, min(self.list.currentRow() + by, count - 1)))


class _PaletteField(QLineEdit):
    """Keeps the focus while the arrows move in the list."""

    def __init__(self, palette: CommandPalette) -> None:
        super().__init__(palette)
        self._dialog = palette

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send the keys of choosing to the list."""
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if event.key() in moves:
            self._dialog.move_choice(moves[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._dialog.open_chosen()
        else:
            super().keyPressEvent(event)
