"""The server: where the company is now, a test of the way to a server, and moving the company over."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.flow_layout import FlowLayout
from dentalsales.ui.page import Page, button, label
from dentalsales.ui.server_fields import ServerFields
from dentalsales.ui.shell import Shell
from dentalsales.usecases import move_company, server_place
from dentalsales.usecases.server_place import ServerWords, Tested

UNTESTED = _(
    "Test the connection first. An empty database can take the company over; a company that is there already can be "
    "worked in from this computer."
)
MOVES = _(
    "The move makes a backup, sends every table, reads each one back and compares rows, totals and values. Only then "
    "does it count; afterwards this folder can only be read."
)
OPENS = _("From now on this computer opens the company on the server. Nothing of the company that is open here moves.")
STAYS = _("The company is on a server already. To get to another server it first moves back into a folder.")
QUESTION = _(
    "Move the company to {place}? First a backup is made. Nobody can work while it moves; it can be stopped, and then "
    "nothing has changed. Afterwards the program asks you to sign in on the server."
)


class ServerPage(Page):
    """Enter tests what was typed; the button for what may follow has the focus then."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(_("Server"), shell.workspace.room)
        self._shell = shell
        self._here = server_place.place_words(shell.desk)
        self.fields = ServerFields(shell.runner, self._here or ServerWords())
        self.fields.tested.connect(self._show)
        self.told = label(UNTESTED, "secondary")
        self.told.setWordWrap(True)
        self.move_over = button(_("Move the company over…"), "server", "primary")
        self.work_there = button(_("Work there from now on"), "login", "primary")
        self.folder = button(_("Work in a folder of this computer…"), "device-floppy")
        self.move_over.clicked.connect(self._move)
        self.work_there.clicked.connect(self._go_there)
        self.folder.clicked.connect(self._choose_folder)
        self.folder.setVisible(self._here is not None)
        self._area, room = QScrollArea(), QWidget()
        area = self._area
        room.setObjectName("scrolled")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(room)
        body = QVBoxLayout(room)
        body.setContentsMargins(16, 12, 16, 16)
        body.setSpacing(12)
        body.addWidget(self._now_card())
        body.addWidget(self._server_card())
        body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self._show(None)

    def _now_card(self) -> QFrame:
        place = self._shell.desk.company.place
        now, why = _("The company is in the folder {place}."), _("In a folder one person at a time works in it.")
        if self._here is not None:
            now, why = _("The company is on the server: {place}"), _protection(self._here)
        card, layout = _card()
        for text, look in ((now.fill(place=place), "section"), (why, "secondary")):
            words = label(text, look)
            words.setWordWrap(True)
            layout.addWidget(words)
        return card

    def _server_card(self) -> QFrame:
        card, layout = _card()
        self.fields.setMaximumWidth(theme.current().px(720))
        beside = QHBoxLayout()  # in a column its wrapped words would count as high as in the whole width
        beside.addWidget(self.fields, 1)
        beside.addStretch(0)
        layout.addLayout(beside)
        layout.addWidget(self.told)
        row = FlowLayout()
        for one in (self.move_over, self.work_there, self.folder):
            row.addWidget(one)
        layout.addLayout(row)
        return card

    def take_focus(self) -> None:
        """Begin in the first field that is empty."""
        self.fields.begin()

    def _show(self, result: Tested | None) -> None:
        """Offer what the test allows."""
        empty = result is not None and result.is_empty
        self.move_over.setVisible(self._here is None)
        self.move_over.setEnabled(empty)
        self.work_there.setEnabled(result is not None and not empty)
        told = UNTESTED
        if result is not None:
            told = (MOVES if self._here is None else STAYS) if empty else OPENS
        self.told.setText(tr(told))
        for one in (self.move_over, self.work_there):
            if result is not None and one.isEnabled() and one.isVisibleTo(self):
                one.setFocus()
                QTimer.singleShot(0, self, lambda one=one: self._area.ensureWidgetVisible(one))

    def _move(self) -> None:
        """Ask once more, then let the window close and the move run."""
        result, desk = self.fields.result, self._shell.desk

        def allowed() -> bool:
            move_company.demand_move(desk)
            return True

        if result is None or not self._shell.attempt(allowed, self.fields.banner.refuse):
            return
        if self._shell.ask(QUESTION.fill(place=result.found.place), _("Move the company")):
            self._shell.move_asked.emit(self.fields.words())

    def _go_there(self) -> None:
        if self.fields.result is not None:
            self._shell.place_chosen.emit(self.fields.words())

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr(_("Folder of the company")))
        if folder:
            self._shell.place_chosen.emit(Path(folder))


def _protection(words: ServerWords) -> Text:
    return {
        server_place.CHECKED: _("The way there is encrypted and the server's certificate is checked."),
        server_place.ENCRYPTED: _("The way there is encrypted; the server's certificate is not checked."),
        server_place.PLAIN: _("Nothing leaves this computer."),
    }[words.mode]


def _card() -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setObjectName("card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(16, 16, 16, 16)
    layout.setSpacing(12)
    return card, layout
