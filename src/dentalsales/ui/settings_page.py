"""The settings: one page to search, the company's by group; the manager and the director change them."""

from collections.abc import Generator, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.rules import NotAllowed
from dentalsales.i18n import _, tr
from dentalsales.settings import Setting
from dentalsales.ui import theme
from dentalsales.ui.editors.made_for import editor_for
from dentalsales.ui.folder_setting import FolderEditor
from dentalsales.ui.icons import icon
from dentalsales.ui.in_slices import InSlices
from dentalsales.ui.key_settings import KeySettings
from dentalsales.ui.messages import Banner, sentence_of
from dentalsales.ui.own_settings import OwnSettings
from dentalsales.ui.page import Page, button, label
from dentalsales.ui.route_editor import RouteEditor
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


class SettingRow:
    """One setting: its words, its editor, its unit and its help."""

    def __init__(self, shell: Shell, setting: Setting, value: Any, banner: Banner, card: QWidget) -> None:
        self._shell, self.setting, self._value, self._banner, self._card = shell, setting, value, banner, card
        self._words = label(setting.label, "", card)
        self._words.setWordWrap(True)
        self.editor: Any = self._make_editor()
        self.editor.setAccessibleName(tr(setting.label))
        self._words.setBuddy(self.editor)
        parts = [tr(setting.unit) if setting.unit else "", tr(setting.help) if setting.help else ""]
        self._after = label("  ".join(part for part in parts if part), "hint", card)
        self._after.setWordWrap(True)

    def _make_editor(self) -> Any:
        setting = self.setting
        if setting.kind == "yes_no":
            box = QCheckBox(self._card)
            box.setChecked(bool(self._value))
            box.toggled.connect(self._change)
            return box
        if setting.kind == "roles":
            route = RouteEditor(str(self._value), self._card)
            route.entered.connect(lambda: self._change(route.value()))
            return route
        if setting.kind == "folder":
            folder = FolderEditor(setting.label, str(self._value), self._card)
            folder.entered.connect(lambda: self._change(folder.value()))
            return folder
        kind = setting.kind
        field = Field(kind, setting.label, required=kind == "choice", choices=tuple(setting.choices))
        editor = editor_for(self._shell.desk, None, "", field, self._card)
        editor.set_value(self._value)
        editor.entered.connect(lambda: self._change(editor.value()))
        editor.walked.connect(lambda forwards: editor.focusNextPrevChild(forwards))
        if kind != "choice":
            editor.setFixedWidth(theme.current().px({"text": 420, "days": 240}.get(kind, 120)))
        return editor

    def place(self, grid: QGridLayout, row: int) -> None:
        """Put the parts into a grid."""
        grid.addWidget(self._words, row, 0)
        value = QHBoxLayout()
        value.setSpacing(12)
        value.addWidget(self.editor)
        value.addWidget(self._after, 1)
        grid.addLayout(value, row, 1)

    def show_if(self, wanted: str) -> bool:
        """Show the row if its words hold the wanted ones, and return whether they do."""
        seen = wanted in f"{self._words.text()} {self._after.text()} {self.setting.key}".lower()
        for widget in (self._words, self.editor, self._after):
            widget.setVisible(seen)
        return seen

    def _change(self, value: Any) -> None:
        """Keep it at once; a folder is tried beside the window, since a share that is gone keeps one waiting."""
        if self.setting.kind == "folder":
            words = _("Trying {folder}…").fill(folder=value) if value else None
            self.editor.set_tried(True)
            self._shell.runner.run(
                lambda: self._keep(value),
                lambda _done: self._kept(value),
                self._refused,
                owner=self.editor,
                label=words,
            )
        elif self._shell.attempt_beside(lambda: self._keep(value), self._refused):
            self._kept(value)

    def _keep(self, value: Any) -> bool:
        settings_desk.change(self._shell.desk, self.setting.key, value)
        return True

    def _kept(self, value: Any) -> None:
        self._value = value
        self._banner.hide()
        self._shell.toast(_("Kept: {setting}").fill(setting=self.setting.label), "success")
        if self.setting.kind == "folder":
            self.editor.set_tried(False)
            self._shell.backups.look()

    def _refused(self, refusal: Exception) -> None:
        self._banner.refuse(refusal)
        self._show(self._value)
        if self.setting.kind == "folder":
            self.editor.set_tried(False)

    def _show(self, value: Any) -> None:
        if isinstance(self.editor, QCheckBox):
            self.editor.blockSignals(True)
            self.editor.setChecked(bool(value))
            self.editor.blockSignals(False)
        else:
            self.editor.set_value(value)
