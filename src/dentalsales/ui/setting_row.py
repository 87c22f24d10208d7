"""One setting on its page: words, editor, and beside it unit, help, or what is wrong with the value."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.i18n import _, tr
from dentalsales.settings import Setting
from dentalsales.ui import theme
from dentalsales.ui.editors.made_for import editor_for
from dentalsales.ui.folder_setting import FolderEditor
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import label
from dentalsales.ui.route_editor import RouteEditor
from dentalsales.ui.shell import Shell
from dentalsales.usecases import settings_desk


class SettingRow:
    """One setting: its words, its editor, its unit and its help."""

    def __init__(self, shell: Shell, setting: Setting, value: Any, banner: Banner, card: QWidget) -> None:
        self._shell, self.setting, self._value, self._banner, self._card = shell, setting, value, banner, card
        self._words = label(setting.label, "", card)
        self._words.setWordWrap(True)
        self.editor: Any = self._make_editor()
        self.editor.setAccessibleName(tr(setting.label))
        self._words.setBuddy(self.editor)
        self._after = label("", "hint", card)
        self._after.setWordWrap(True)
        self._tell()

    def _tell(self) -> None:
        """Say unit and help beside the editor, or in their place what is wrong with a value that stands there."""
        parts = [tr(part) for part in (self.setting.unit, self.setting.help) if part]
        warning = None
        if self.setting.kind == "roles":
            warning = settings_desk.nobody_holds(self._shell.desk, self.setting, self._value)
        self._after.setText(tr(warning) if warning else "  ".join(parts))
        self._after.setProperty("look", "" if warning else "hint")
        self._after.setProperty("tone", "warning" if warning else "")
        self._after.style().unpolish(self._after)
        self._after.style().polish(self._after)

    def _make_editor(self) -> Any:
        setting = self.setting
        if setting.kind == "yes_no":
            box = QCheckBox(self._card)
            box.setChecked(bool(self._value))
            box.toggled.connect(self._change)
            return box
        if setting.kind == "roles":
            route = RouteEditor(str(self._value), setting.among, self._card)
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
        self._tell()
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
