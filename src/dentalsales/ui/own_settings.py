"""The employee's own choices: language, colours, row height, text size, and where Enter goes in lines."""

from typing import Any

from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QWidget

from dentalsales.i18n import LANGUAGES, Text, _, language, tr
from dentalsales.ui import habits, theme
from dentalsales.ui.page import label
from dentalsales.ui.shell import Shell
from dentalsales.ui.top_bar import DENSITIES, SCHEMES

ENTER = ((habits.ONWARDS, _("To the next cell that needs something")), (habits.DOWN, _("Down, as in a spreadsheet")))


class OwnSettings(QFrame):
    """A choice holds at once; the window is drawn anew where it has to be."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._shell = shell
        self.boxes: dict[str, QComboBox] = {}
        self._rows: list[tuple[QLabel, QComboBox]] = []
        look, get = theme.current(), shell.preferences.get
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, look.px(260))
        self._grid.setColumnStretch(2, 1)
        self._grid.addWidget(label(_("My desk"), "section"), 0, 0, 1, 3)
        self._add("language", _("Language"), LANGUAGES, language())
        self._add("scheme", _("Colours"), SCHEMES, get("scheme", "auto"))
        self._add("density", _("Row height"), DENSITIES, look.density)
        percents = tuple((percent, f"{percent} %") for percent in theme.TEXT_PERCENTS)
        self._add("percent", _("Text size"), percents, look.percent)
        self._add(habits.ENTER_GOES, _("Enter in lines goes"), ENTER, get(habits.ENTER_GOES, habits.ONWARDS))

    def _add(self, key: str, words: Text, choices: Any, chosen: Any) -> None:
        box = QComboBox(self)
        for value, text in choices:
            box.addItem(tr(text), value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.setAccessibleName(tr(words))
        box.setMinimumWidth(theme.current().px(220))
        box.activated.connect(lambda _place: self._choose(key, box.currentData()))
        name = label(words)
        name.setBuddy(box)
        row = self._grid.rowCount()
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(box, row, 1)
        self.boxes[key] = box
        self._rows.append((name, box))

    def _choose(self, key: str, value: Any) -> None:
        if key == habits.ENTER_GOES:
            self._shell.preferences.keep(key, value)
            habits.use(self._shell.preferences)
        else:
            self._shell.look_chosen.emit(key, value)

    def show_if(self, wanted: str) -> bool:
        """Show the choices whose words hold the wanted ones, and return whether there are any."""
        seen = False
        for name, box in self._rows:
            fits = wanted in f"{name.text()} {box.currentText()}".lower()
            name.setVisible(fits)
            box.setVisible(fits)
            seen = seen or fits
        return seen
