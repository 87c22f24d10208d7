"""The settings: one page to search, the company's by group; the manager and the director change them."""

from collections.abc import Generator, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from dentalsales.blueprint.rules import NotAllowed
from dentalsales.i18n import _, tr
from dentalsales.settings import Setting
from dentalsales.ui import theme
from dentalsales.ui.icons import icon
from dentalsales.ui.in_slices import InSlices
from dentalsales.ui.key_settings import KeySettings
from dentalsales.ui.messages import Banner, sentence_of
from dentalsales.ui.own_settings import OwnSettings
from dentalsales.ui.page import Page, button, label
from dentalsales.ui.setting_row import SettingRow
from dentalsales.ui.shell import Shell
from dentalsales.usecases import settings_desk


class SettingsPage(Page):
    """A value is kept as soon as its field is left; a refusal stands above the list."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(_("Settings"), shell.workspace.room)
        self._shell = shell
        self.rows: list[SettingRow] = []
        self._groups: list[tuple[QFrame, list[SettingRow]]] = []
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr(_("Search the settings")))
        self.search.setAccessibleName(tr(_("Search the settings")))
        self.search.addAction(icon("search", "text.muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(theme.current().px(420))
        self.search.textChanged.connect(self._filter)
        self.banner = Banner()
        area, self._room = QScrollArea(self), QWidget()
        self._room.setObjectName("scrolled")
        area.setWidgetResizable(True)
        area.setWidget(self._room)
        self._body = QVBoxLayout(self._room)
        self._body.setContentsMargins(16, 4, 16, 16)
        self._body.setSpacing(12)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(8)
        head = QVBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.addWidget(self.search)
        head.addWidget(self.banner)
        layout.addLayout(head)
        layout.addWidget(area, 1)
        self.own, self.keys = OwnSettings(shell, self._room), KeySettings(self._room)
        self._body.addWidget(self.own)
        self._body.addStretch(1)
        self.own.show()
        self.shortcut("Ctrl+F", self.take_focus)
        self.refresh()

    def take_focus(self) -> None:
        """Begin in the search."""
        self.search.setFocus()
        self.search.selectAll()

    def refresh(self) -> None:
        """Read the settings, and show them group by group."""
        found = self._shell.attempt(lambda: settings_desk.all(self._shell.desk), self._refuse)
        groups: dict[str, list[tuple[Setting, Any]]] = {}
        for setting, value in found or ():
            groups.setdefault(tr(setting.group), []).append((setting, value))
        self._drawing = InSlices(self._draw(groups), self)
        self._drawing.start()

    def _draw(self, groups: dict[str, list[tuple[Setting, Any]]]) -> Iterator[None]:
        for title, settings in groups.items():
            made = yield from self._group(title, settings)
            self._add(made)
            yield
        if groups:
            self._add(self._templates())
        yield from self.keys.draw()
        self._add(self.keys)

    def _add(self, card: QWidget) -> None:
        self._body.insertWidget(self._body.count() - 1, card)
        card.show()

    def focusNextPrevChild(self, onwards: bool) -> bool:
        """Tab finds every field, also those that are still to be drawn."""
        self._drawing.finish()
        return super().focusNextPrevChild(onwards)

    def _templates(self) -> QFrame:
        """The way to the templates, which have a screen of their own."""
        frame = QFrame(self._room)
        frame.setObjectName("card")
        row = QHBoxLayout(frame)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        told = label(
            _("What stands on order slips, dispatch notes and receipts, on which paper, how many copies"), "hint"
        )
        told.setWordWrap(True)
        way = button(_("Open the print templates"), "printer")
        way.clicked.connect(lambda: self._shell.open_screen("print_templates"))
        row.addWidget(label(_("Print templates"), "section"))
        row.addWidget(told, 1)
        row.addWidget(way)
        return frame

    def _refuse(self, refusal: Exception) -> None:
        tone = "info" if isinstance(refusal, NotAllowed) else "danger"
        self.banner.tell(sentence_of(refusal), tone)

    def _group(self, title: str, settings: list[tuple[Setting, Any]]) -> Generator[None, None, QFrame]:
        frame = QFrame(self._room)
        frame.setObjectName("card")
        frame.hide()
        grid = QGridLayout(frame)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, theme.current().px(260))
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(title, "section"), 0, 0, 1, 2)
        made = []
        for place, (setting, value) in enumerate(settings, start=1):
            row = SettingRow(self._shell, setting, value, self.banner, frame)
            row.place(grid, place)
            made.append(row)
            yield
        self.rows += made
        self._groups.append((frame, made))
        return frame

    def _filter(self, text: str) -> None:
        """Show the settings whose words hold what was typed."""
        self._drawing.finish()
        for part in (self.own, self.keys):
            part.setVisible(part.show_if(text.strip().lower()))
        for frame, rows in self._groups:
            seen = [row.show_if(text.strip().lower()) for row in rows]
            frame.setVisible(any(seen))
