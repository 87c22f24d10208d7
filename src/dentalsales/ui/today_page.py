"""Today: the figures of the day, each opening its list, and the papers that wait for me."""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dentalsales.exchange.cell_text import shown
from dentalsales.i18n import _, n_, tr
from dentalsales.ui import theme
from dentalsales.ui.flow_layout import FlowLayout
from dentalsales.ui.page import Page, drop_all, label
from dentalsales.ui.plain_table import PlainColumn, PlainModel, PlainRow
from dentalsales.ui.shell import Shell
from dentalsales.ui.table_view import TableView
from dentalsales.usecases import inbox

_COLUMNS = (
    PlainColumn(_("Paper"), "text"),
    PlainColumn(_("What"), "text"),
    PlainColumn(_("Customer"), "text"),
    PlainColumn(_("State"), "state"),
    PlainColumn(_("Waits for"), "text"),
    PlainColumn(_("Since"), "moment"),
)
RECENT_WIDTH, ROOM_FOR_RECENT = 260, 960


class TodayPage(Page):
    """Reads figures and papers in the background whenever something was saved."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(_("Today"))
        self._shell = shell
        self._waiting: list[Any] = []
        self.tiles = QWidget()
        self._flow = FlowLayout(self.tiles, spacing=12, stretch=True)
        self.model = PlainModel(_COLUMNS, self)
        self.table = TableView(_("What waits for me"))
        self.table.setModel(self.model)
        self.table.opened.connect(self._open_waiting)
        self.table.resized.connect(self._fit)
        self.recent = QListWidget()
        self.recent.setObjectName("picks")
        self.recent.setAccessibleName(tr(_("Opened last")))
        self.recent.itemActivated.connect(self._open_recent)
        self._build()
        self.shortcut("F5", self.refresh)
        shell.changed.connect(lambda register: self.refresh())
        shell.recent_changed.connect(self._show_recent)
        self._show_recent()
        self.refresh()

    def _build(self) -> None:
        self._count = label("", "hint")
        self._nothing = label(_("Nothing waits for you."), "secondary")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        waiting, waiting_layout = _card()
        head = QHBoxLayout()
        head.setContentsMargins(15, 12, 15, 8)
        head.setSpacing(12)
        head.addWidget(label(_("What waits for me"), "section"))
        head.addWidget(self._count)
        head.addStretch(1)
        waiting_layout.addLayout(head)
        waiting_layout.addWidget(self.table, 1)
        waiting_layout.addWidget(self._nothing, 1)
        recent, recent_layout = _card()
        heading = label(_("Opened last"), "section")
        heading.setContentsMargins(15, 12, 15, 8)
        recent_layout.addWidget(heading)
        recent_layout.addWidget(self.recent, 1)
        recent.setFixedWidth(theme.current().px(RECENT_WIDTH))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(waiting, 1)
        row.addWidget(recent)
        self._recent_card = recent
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.tiles)
        layout.addLayout(row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the last opened records out where the papers need the room."""
        super().resizeEvent(event)
        self._recent_card.setVisible(event.size().width() >= theme.current().px(ROOM_FOR_RECENT))

    def refresh(self) -> None:
        """Read figures and papers again."""
        desk = self._shell.desk
        self._shell.runner.run(
            lambda: (inbox.tiles(desk), inbox.waiting(desk)), lambda found: self._show(*found), owner=self
        )

    def take_focus(self) -> None:
        """Begin with the papers."""
        self.table.setFocus()

    def _show(self, tiles: list[Any], waiting: list[Any]) -> None:
        drop_all(self._flow)
        for tile in tiles:
            self._flow.addWidget(self._tile(tile))
        self.tiles.setVisible(bool(tiles))
        self._waiting = waiting
        self.model.show_rows([_row_of(one) for one in waiting])
        self._fit()
        overdue = sum(1 for one in waiting if one.overdue)
        papers = n_("{count:,} paper", "{count:,} papers")
        said = n_("{count:,} paper, {overdue} overdue", "{count:,} papers, {overdue} overdue") if overdue else papers
        self._count.setText(tr(said.fill(count=len(waiting), overdue=overdue)) if waiting else "")
        self.table.setVisible(bool(waiting))
        self._nothing.setVisible(not waiting)

    def _fit(self) -> None:
        self.table.fit_columns({}, [str(place) for place in range(len(_COLUMNS))], 2)

    def _tile(self, tile: Any) -> QPushButton:
        made = _Tile()
        made.setProperty("look", "tile")
        value = shown(tile.value, tile.kind)
        made.setAccessibleName(tr(_("{label}: {value}").fill(label=tile.label, value=value)))
        figure = label(value, "tile")
        for child in (words := label(tile.label, "secondary"), figure):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(made)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(0)
        layout.addWidget(words)
        layout.addWidget(figure)
        made.clicked.connect(lambda: self._shell.open_target(tile.opens))
        return made

    def _open_waiting(self, row: int) -> None:
        if row < len(self._waiting):
            chosen = self._waiting[row]
            among = tuple(one.record_id for one in self._waiting if one.register is chosen.register)
            self._shell.open_record(chosen.register.name, chosen.record_id, among)

    def _show_recent(self) -> None:
        self.recent.clear()
        for register, record_id, title in self._shell.recent:
            item = QListWidgetItem(f"{tr(self._shell.desk.business.register(register).one)}  {title}")
            item.setData(Qt.ItemDataRole.UserRole, (register, record_id))
            self.recent.addItem(item)
        if not self.recent.count():
            item = QListWidgetItem(tr(_("Records you open are listed here.")))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.recent.addItem(item)

    def _open_recent(self, item: QListWidgetItem) -> None:
        found = item.data(Qt.ItemDataRole.UserRole)
        if found:
            self._shell.open_record(*found)


class _Tile(QPushButton):
    """A button as large as the words laid out in it; a plain one does not ask its layout."""

    def sizeHint(self) -> QSize:
        """Return the room that the words need."""
        layout = self.layout()
        return super().sizeHint() if layout is None else layout.minimumSize()


def _row_of(one: Any) -> PlainRow:
    cells = (one.title, one.register.one, one.customer, one.state, one.step, one.since)
    families = {state.label: state.family for state in one.register.workflow.states}
    family = "overdue" if one.overdue else families.get(one.state, "pending")
    return PlainRow(cells, "danger" if one.overdue else "", family)


def _card() -> tuple[QFrame, QVBoxLayout]:
    frame = QFrame()
    frame.setObjectName("card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(1, 1, 1, 8)
    layout.setSpacing(0)
    return frame, layout
