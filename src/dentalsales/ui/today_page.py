"""Today: the figures of the day, what waits for me, the month against its targets, and the records opened last."""

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange.cell_text import shown
from dentalsales.i18n import _, n_, tr
from dentalsales.ui import theme
from dentalsales.ui.cell_menu import offer_open_menu
from dentalsales.ui.first_steps_card import FirstStepsCard
from dentalsales.ui.flow_layout import FlowLayout
from dentalsales.ui.glance_card import GlanceCard
from dentalsales.ui.page import Page, drop_all, label
from dentalsales.ui.shell import Shell
from dentalsales.ui.take_from_list import take_from_list
from dentalsales.ui.todo_list import TodoList
from dentalsales.usecases import inbox
from dentalsales.usecases.first_steps import first_steps

ONE_BY_ONE = n_(
    "{count} paper asks something first: do it alone.", "{count} papers ask something first: do them alone."
)
SIDE_WIDTH, ROOM_FOR_SIDE = 376, 1000
WIDEST = 16_777_215
"""Qt's own word for no limit."""
LEAST_TODO, RECENT_ROWS = 220, 10


class TodayPage(Page):
    """Reads figures and papers in the background whenever something was saved."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(_("Today"), shell.workspace.room)
        self._shell = shell
        self.glances: list[GlanceCard] = []
        self._tiles: list[QPushButton] = []
        self._shown_glances: list[Any] = []
        self._stale = False
        self.first_steps = FirstStepsCard(shell)
        self.tiles = QWidget()
        self._flow = FlowLayout(self.tiles, spacing=12, stretch=True)
        self.todo = TodoList()
        self.todo.opened.connect(lambda one, among: shell.open_record(one.register.name, one.record_id, among))
        self.todo.step_asked.connect(self._take_all)
        self.todo.refusal_asked.connect(
            lambda one: take_from_list(shell, one.register.name, one.record_id, one.refusal.name, self)
        )
        self.todo.moved.connect(self._follow)
        self.todo.list_asked.connect(shell.open_target)
        self.recent = QListWidget()
        self.recent.setObjectName("picks")
        self.recent.setAccessibleName(tr(_("Opened last")))
        self.recent.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.recent.itemActivated.connect(self._open_recent)
        offer_open_menu(self.recent)
        self._build()
        self.shortcut("refresh", self.refresh)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        shell.changed.connect(self._refresh_soon)
        shell.recent_changed.connect(self._show_recent)
        self._show_recent()
        self.refresh()

    def _build(self) -> None:
        body = QWidget()
        body.setObjectName("scrolled")
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(12)
        self.todo.setMinimumHeight(theme.current().px(LEAST_TODO))
        self._middle.addWidget(self.todo, 1)
        self._side = QWidget()
        self._cards = QVBoxLayout(self._side)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(12)
        self._glances = QVBoxLayout()
        self._glances.setSpacing(12)
        self._cards.addLayout(self._glances)
        self._cards.addWidget(self._recent_card(), 1)
        self._middle.addWidget(self._side)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.first_steps)
        layout.addWidget(self.tiles)
        layout.addLayout(self._middle, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        self._area, self._body = area, body
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _recent_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(1, 1, 1, 8)
        layout.setSpacing(0)
        heading = label(_("Opened last"), "section")
        heading.setContentsMargins(15, 10, 15, 6)
        layout.addWidget(heading)
        layout.addWidget(self.recent, 1)
        self.recent.setMinimumHeight(theme.current().px(84))
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the month beside the papers where there is room, below them where there is not."""
        super().resizeEvent(event)
        look = theme.current()
        roomy = event.size().width() >= look.px(ROOM_FOR_SIDE)
        direction = QBoxLayout.Direction
        self._middle.setDirection(direction.LeftToRight if roomy else direction.TopToBottom)
        self._side.setMinimumWidth(look.px(SIDE_WIDTH) if roomy else 0)
        self._side.setMaximumWidth(look.px(SIDE_WIDTH) if roomy else WIDEST)

    def refresh(self) -> None:
        """Read figures and papers again."""
        desk = self._shell.desk
        self._shell.runner.run(
            lambda: (first_steps(desk), inbox.tiles(desk), inbox.waiting(desk), inbox.glances(desk)),
            lambda found: self._show(*found),
            owner=self,
        )

    def _refresh_soon(self, register_name: str) -> None:
        """Read again what somebody saved, once for all registers of an act, and at once only if it is seen."""
        if self.isVisible():
            self._soon.start()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Read again what changed while another screen was seen."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self._soon.start()

    def take_focus(self) -> None:
        """Begin with the papers; where none wait, with the first step of a new company that is still to be done."""
        if self.todo.waiting or not self.first_steps.take_focus():
            self.todo.table.setFocus()

    def _show(self, steps: list[Any], tiles: list[Any], waiting: inbox.Inbox, glances: list[Any]) -> None:
        alone = QApplication.activePopupWidget() is None  # the command search keeps the keys while Today is read again
        begins = alone and self.window().focusWidget() is self.todo.table
        self.first_steps.show_steps(steps, alone)
        former = [place for place, one in enumerate(self._tiles) if one is self.focusWidget()]
        drop_all(self._flow)
        self._tiles = [self._tile(tile) for tile in tiles]
        for made in self._tiles:
            self._flow.addWidget(made)
        if alone and former and former[0] < len(self._tiles):
            self._tiles[former[0]].setFocus()  # who comes back from a tile's list is where they were
        self.tiles.setVisible(bool(tiles))
        self.todo.show_waiting(waiting, waiting.more)
        if begins:
            self.take_focus()
        if glances != self._shown_glances:
            self._shown_glances = glances
            self._show_glances(glances)

    def _show_glances(self, glances: list[Any]) -> None:
        """Draw the cards anew, with the cursor where it was."""
        held = next(((card.name, card.table.currentIndex()) for card in self.glances if card.table.hasFocus()), None)
        as_table = {card.name for card in self.glances if hasattr(card, "swap") and card.swap.isChecked()}
        drop_all(self._glances)
        self.glances = [GlanceCard(self._shell, glance, block) for glance, block in glances if block.rows]
        for card in self.glances:
            self._glances.addWidget(card)
            if card.name in as_table:
                card.swap.setChecked(True)
            if held is not None and card.name == held[0]:
                card.table.setCurrentIndex(card.table.model().index(held[1].row(), held[1].column()))
                card.table.setFocus()

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

    def _follow(self, row: QRect) -> None:
        """Bring the row under the cursor into view: where the page is higher than the window it may lie below it."""
        view: QWidget = self.todo.table.viewport()
        for corner in (row.topLeft(), row.bottomLeft()):
            at = view.mapTo(self._body, corner)
            self._area.ensureVisible(0, at.y(), 0, theme.current().row_height)

    def _take_all(self, chosen: list[Any]) -> None:
        """Take the step of one paper, or of several those that ask nothing; the others are done one by one."""
        if len(chosen) == 1:
            self._take(chosen[0])
            return
        plain = [one for one in chosen if not one.asks]
        for one in plain:
            self._take(one)
        if len(plain) < len(chosen):
            self._shell.messages.refuse(RuleBroken(ONE_BY_ONE, count=len(chosen) - len(plain)))

    def _take(self, one: Any) -> None:
        if one.draft_name:
            self._shell.begin_from(one.register.name, one.record_id, one.draft_name)
            return
        take_from_list(self._shell, one.register.name, one.record_id, one.step_name, self)

    def _show_recent(self) -> None:
        self.recent.clear()
        for register, record_id, title in self._shell.recent[:RECENT_ROWS]:
            kind = tr(self._shell.desk.business.register(register).one)
            item = QListWidgetItem(title if title.startswith(kind) else f"{kind}  {title}")
            item.setData(Qt.ItemDataRole.UserRole, (register, record_id))
            item.setSizeHint(QSize(0, theme.current().px(34)))  # no wider than the card: what is longer is cut
            item.setToolTip(item.text())
            self.recent.addItem(item)
        self.recent.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._shell.recent else Qt.FocusPolicy.NoFocus)
        if not self.recent.count():
            item = QListWidgetItem(tr(_("Records you open are listed here.")))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.recent.addItem(item)

    def _open_recent(self, item: QListWidgetItem) -> None:
        found = item.data(Qt.ItemDataRole.UserRole)
        if found:
            self._shell.open_record(*found)


class _Tile(QPushButton):
    """A figure that Enter opens as well as Space, as large as its words; a plain button does not ask its layout."""

    def sizeHint(self) -> QSize:
        """Return the room that the words need."""
        layout = self.layout()
        return super().sizeHint() if layout is None else layout.minimumSize()

    def keyPressEvent(self, event: Any) -> None:
        """Open at Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
