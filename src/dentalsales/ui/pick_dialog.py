"""The full picker of a link: the register's list with its search."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.editors.field_editor import plain_enter
from dentalsales.ui.light_list import LightList, LightListModel
from dentalsales.ui.link_choices import LinkChoices
from dentalsales.ui.page import button
from dentalsales.usecases import browse

PAUSE_MS = 120
LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class PickDialog(QDialog):
    """Type to search, arrows to move, Enter to take; Ctrl+Shift+N makes a new record and takes it."""

    def __init__(self, choices: LinkChoices, typed: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.chosen: int | None = None
        self._choices = choices
        register = choices.register
        assert register is not None
        self.setWindowTitle(tr(register.title))
        self._model = LightListModel(choices.desk, browse.Query(register.name, search=typed), self)
        self._list = LightList(self._model, register)
        self._list.record_opened.connect(self._choose)
        self._search = QLineEdit(typed)
        self._search.setPlaceholderText(tr(_("Search")))
        self._search.setAccessibleName(tr(_("Search")))
        self._search.setClearButtonEnabled(True)
        self._search.installEventFilter(self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._search.textChanged.connect(lambda: self._pause.start())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(self._search)
        layout.addWidget(self._list, 1)
        layout.addLayout(self._buttons())
        self._list.setCurrentIndex(self._model.index(0, 0))
        look, room = theme.current(), parent.screen().availableGeometry()
        wanted = sum(self._list.needed(column) for column in range(self._model.columnCount())) + look.px(90)
        width = min(max(wanted, look.px(560)), room.width() - 40)
        self.resize(width, min(look.px(480), room.height() - 60))
        self._search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The search field moves in the list below it and takes its row."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in LIST_KEYS:
                self._list.keyPressEvent(event)
                return True
            if plain_enter(event):
                if self._pause.isActive():
                    self._look()
                self._choose(self._list.current_id())
                return True
        return super().eventFilter(watched, event)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        if self._choices.may_create:
            make = button(_("New…"), "plus", keys="Ctrl+Shift+N")
            make.setShortcut("Ctrl+Shift+N")
            make.setAutoDefault(False)
            make.clicked.connect(self._create)
            row.addWidget(make)
        row.addStretch()
        cancel, take = button(_("Cancel")), button(_("Choose"), look="primary")
        cancel.clicked.connect(self.reject)
        take.clicked.connect(lambda: self._choose(self._list.current_id()))
        for each in (cancel, take):
            each.setAutoDefault(False)
            row.addWidget(each)
        return row

    def _look(self) -> None:
        self._pause.stop()
        self._model.search(self._search.text().strip())
        first = self._model.index(0, 0) if self._model.rowCount() else QModelIndex()
        self._list.setCurrentIndex(first)

    def _create(self) -> None:
        made = self._choices.create(self._search.text().strip(), self)
        if made is not None:
            self._choose(made.id)

    def _choose(self, record_id: int | None) -> None:
        if record_id is not None:
            self.chosen = record_id
            self.accept()
