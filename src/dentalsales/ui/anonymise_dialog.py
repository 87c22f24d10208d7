"""Says what goes and what stays before somebody is taken out of the books for good, and does it when that is meant."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dentalsales.exchange.cell_text import in_office
from dentalsales.i18n import Text, _, joined, tr
from dentalsales.ui import theme
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import button, label
from dentalsales.ui.shell import Shell
from dentalsales.ui.small_form import set_default
from dentalsales.usecases.anonymise import anonymise, plan
from dentalsales.usecases.anonymise_plan import Plan

WIDTH, MARGIN = 560, 24
REST_OF_IT = 200
"""Title bar, boxes and buttons around what is told, at most."""
BESIDE, EDGES = 16, 4
"""What edges and scroll bar take of the width, and the edges of the height."""
GOES = _("Replaced for good by ***")
KEEPS = _("Stays")
ON_THE_CARD = _("On the card: {fields}, and the old values of these in the history.")
REST = _("Only what had to stay the last time ({day}); who was entered since stays")
FINAL = _("This can't be undone: nobody, not even the program, can bring it back.")


class AnonymiseDialog(QDialog):
    """Esc and Enter leave everything as it is; the other button has to be meant."""

    def __init__(self, shell: Shell, parent: QWidget, register: str, record_id: int) -> None:
        super().__init__(parent)
        self._shell, self._person = shell, (register, record_id)
        self.setWindowTitle(tr(_("Anonymise")))
        self._width = theme.current().px(WIDTH)
        self.setMinimumWidth(self._width)
        self.banner = Banner()
        self.party = QCheckBox(tr(_("The customer is a person: replace the name, too")))
        self.party.setVisible(False)
        self.party.toggled.connect(self._ask)
        self.rest = QCheckBox()
        self.rest.setVisible(False)
        self.rest.toggled.connect(self._ask)
        self._told = QScrollArea(self)
        self._told.setObjectName("pane")
        self._told.setWidgetResizable(True)
        self._told.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._told.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._told.setAccessibleName(tr(_("What goes and what stays")))
        self._told.hide()
        self._final = self._words(FINAL, "error")
        self._final.hide()
        self.cancel = button(_("Cancel"))
        self.go = button(_("Anonymise"), "eye-off", "danger")
        self.go.setEnabled(False)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._do)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self._layout.setSpacing(12)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        for widget in (self.banner, self._told, self._final, self.rest, self.party):
            self._layout.addWidget(widget)
        self._layout.addLayout(row)
        set_default(self.cancel, self.go)
        self._ask()

    def _ask(self) -> None:
        """Read what would be done."""
        self.go.setEnabled(False)
        desk, person, which = self._shell.desk, self._person, self._which()
        self._shell.runner.run(lambda: plan(desk, *person, *which), self._show, self.banner.refuse, owner=self)

    def _which(self) -> tuple[bool, bool]:
        return self.party.isChecked(), self.rest.isChecked()

    def _offer_rest(self, made: Plan) -> bool:
        """Who was entered after an earlier time stays, unless somebody means him, too; True when that is asked anew."""
        if made.earlier is None or not self.rest.isHidden():
            return False
        self.rest.setText(tr(REST.fill(day=in_office(made.earlier).date())))
        self.rest.setVisible(True)
        self.rest.setChecked(True)
        return True

    def _show(self, made: Plan) -> None:
        if self._offer_rest(made):
            return
        self.setWindowTitle(tr(_("Anonymise: {name}").fill(name=made.name)))
        self.party.setVisible(made.asks_party)
        told = QWidget()
        told.setObjectName("scrolled")
        parts = QVBoxLayout(told)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(6)
        fields = joined(tuple({tr(one): one for one in made.fields}.values()))
        card = [] if self.rest.isChecked() else [ON_THE_CARD.fill(fields=fields)]
        goes: list[Text] = [*made.goes, *card] if not made.is_empty else []
        self._part(parts, GOES, goes or [_("Nothing is left that could be replaced now.")])
        self._part(parts, KEEPS, made.keeps)
        self._told.setWidget(told)
        self._final.setHidden(made.is_empty)
        self.go.setEnabled(not made.is_empty)
        self._make_room(told.sizeHint().height())

    def _make_room(self, wanted: int) -> None:
        """As high as what is told needs; on a low screen it is scrolled, and the buttons are seen."""
        room, middle = self.screen().availableGeometry(), self.frameGeometry().center()
        least = min(wanted, room.height() - theme.current().px(REST_OF_IT))
        self._told.setMinimumHeight(least + EDGES)
        self._told.setFocusPolicy(Qt.FocusPolicy.StrongFocus if least < wanted else Qt.FocusPolicy.NoFocus)
        self._told.show()
        self.adjustSize()
        frame = self.frameGeometry()
        frame.moveCenter(middle)
        self.move(frame.left(), max(room.top(), min(frame.top(), room.bottom() - frame.height())))

    def _part(self, layout: QVBoxLayout, title: Text, sentences: Sequence[Text]) -> None:
        layout.addWidget(label(title, "section"))
        for one in sentences:
            layout.addWidget(self._words(one, ""))

    def _words(self, text: Text, look: str) -> QWidget:
        words = label(text if look else f"•  {tr(text)}", look)
        words.setWordWrap(True)
        words.setMinimumHeight(words.heightForWidth(self._width - 2 * MARGIN - BESIDE))
        return words

    def _do(self) -> None:
        self.go.setEnabled(False)
        self.party.setEnabled(False)
        self.rest.setEnabled(False)
        desk, person, which = self._shell.desk, self._person, self._which()
        self._shell.runner.run(lambda: anonymise(desk, *person, *which), self._done, self._refused, owner=self)

    def _done(self, done: Any) -> None:
        self.accept()
        self._shell.toast(_("Anonymised. The history says what stays and until when."), "success")

    def _refused(self, error: Exception) -> None:
        self.party.setEnabled(True)
        self.rest.setEnabled(True)
        self.banner.refuse(error)
