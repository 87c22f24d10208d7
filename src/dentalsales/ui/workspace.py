"""The tab strip and what lies under it: one tab for the screen in use, one more for every opened record."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.icons import icon
from dentalsales.ui.keys_home import KeysHome
from dentalsales.ui.page import Page

LEAST_TAB = 176


@dataclass
class RecordTab:
    """An opened record: its widget, the list it was opened from, and how to open it once more."""

    widget: QWidget
    again: Callable[[], None]
    among: tuple[int, ...] = field(default=())
    came_from: str = ""
    """The screen that was in use when it was opened."""

    def settle(self) -> None:
        """Take what is being typed, before the widget goes."""
        body = getattr(self.widget, "body", None)
        if body is not None:
            body.settle()


class TabStrip(QTabBar):
    """Tabs stay as wide as it takes to tell them apart; where they do not fit, the strip scrolls."""

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Return the least room of a tab."""
        wanted = self.tabSizeHint(index)
        return QSize(min(wanted.width(), theme.current().px(LEAST_TAB)), wanted.height())


class Workspace(QWidget):
    """Tab 0 shows the screen chosen in the navigation; screens keep their state while others are shown."""

    current_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar, self._stack = TabStrip(), QStackedWidget()
        self._keys = KeysHome(self)
        self.screens: dict[str, Page] = {}
        self._pictures: dict[str, str] = {}
        self.screen_key = ""
        self.records: list[RecordTab] = []
        self._set_up_bar()
        strip = QFrame()
        strip.setObjectName("surface")
        strip_layout = QVBoxLayout(strip)
        strip_layout.setContentsMargins(12, 0, 12, 0)
        strip_layout.addWidget(self.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addWidget(self._stack, 1)

    def _set_up_bar(self) -> None:
        self.bar.setObjectName("recordTabs")
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideRight)
        self.bar.setUsesScrollButtons(True)
        self.bar.setSelectionBehaviorOnRemove(QTabBar.SelectionBehavior.SelectPreviousTab)
        self.bar.setIconSize(QSize(16, 16))
        self.bar.setAccessibleName(tr(_("Open screens and records")))
        self.bar.addTab("")
        self.bar.currentChanged.connect(self._show_current)

    def current(self) -> QWidget | None:
        """Return the visible page or record."""
        index = self.bar.currentIndex()
        if index <= 0:
            return self.screens.get(self.screen_key)
        return self.records[index - 1].widget

    def focus_current(self) -> None:
        """Put the focus where work begins on the visible page or record."""
        widget = self.current()
        if widget is not None:
            getattr(widget, "take_focus", widget.setFocus)()

    def return_focus(self) -> None:
        """Put the focus back to where it was on the visible page or record; the keys never go nowhere."""
        widget = self.current()
        former = self._keys.of(widget) if widget is not None else None
        if former is not None:
            former.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focus_current()

    def current_record(self) -> RecordTab | None:
        """Return the visible record's tab; None while a screen is shown."""
        index = self.bar.currentIndex()
        return self.records[index - 1] if index > 0 else None

    def show_screen(self, key: str, make: Callable[[], Page], icon_name: str) -> Page:
        """Bring a screen into tab 0, made at its first use."""
        page = self.screens.get(key)
        if page is None:
            page = self.screens[key] = make()
            self._stack.addWidget(page)
        self.screen_key, self._pictures[key] = key, icon_name
        self.bar.setTabText(0, tr(page.title))
        self.bar.setTabIcon(0, icon(icon_name))
        if self.bar.currentIndex() == 0:
            self._show_current()
        else:
            self.bar.setCurrentIndex(0)
        return page

    @property
    def room(self) -> QWidget:
        """Where a record's widget is made: one that moves in later has all its styles looked up again."""
        return self._stack

    def title_of(self, key: str) -> str:
        """Return the words of a screen that was made; "" when there is none."""
        return tr(self.screens[key].title) if key in self.screens else ""

    def return_to(self, key: str) -> None:
        """Show a screen that was made before, the focus where it was."""
        self.show_screen(key, lambda: self.screens[key], self._pictures[key])
        self.return_focus()

    def add_record(self, tab: RecordTab, words: tuple[str, str], picture: QIcon) -> None:
        """Open a record in a tab of its own and show it; `words` are the short and the whole ones."""
        self.records.append(tab)
        self._stack.addWidget(tab.widget)
        index = self.bar.addTab(picture, words[0])
        self._word(index, words)
        self.bar.setTabButton(index, QTabBar.ButtonPosition.RightSide, self._close_button(tab))
        self.bar.setCurrentIndex(index)

    def replace_record(self, tab: RecordTab, new: RecordTab, words: tuple[str, str]) -> None:
        """Show another record in the same tab."""
        place = self.records.index(tab)
        self._stack.addWidget(new.widget)
        self.records[place] = new
        self._word(place + 1, words)
        self.bar.setTabButton(place + 1, QTabBar.ButtonPosition.RightSide, self._close_button(new))
        self._remove(tab.widget)
        self._show_current()

    def _close_button(self, tab: RecordTab) -> QToolButton:
        close = QToolButton()
        close.setIcon(icon("x", "text.muted"))
        close.setIconSize(QSize(14, 14))
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.setToolTip(tr(_("Close tab")) + " (Ctrl+W)")
        close.setAccessibleName(tr(_("Close tab")))
        close.clicked.connect(lambda: self.close_record(tab))
        return close

    def close_record(self, tab: RecordTab, ask: bool = True) -> bool:
        """Close a record's tab; False when the user goes on editing it."""
        if ask and not may_close(tab.widget):
            return False
        place = self.records.index(tab)
        self.bar.blockSignals(True)
        self.records.remove(tab)
        self.bar.removeTab(place + 1)
        if self.bar.currentIndex() < 0:
            self.bar.setCurrentIndex(0)
        self.bar.blockSignals(False)
        self._remove(tab.widget)
        self._show_current()
        self.return_focus()
        return True

    def _remove(self, widget: QWidget) -> None:
        self._stack.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def retitle(self, widget: QWidget, words: tuple[str, str]) -> None:
        """Give a record's tab other words."""
        for place, tab in enumerate(self.records, start=1):
            if tab.widget is widget:
                self._word(place, words)

    def _word(self, place: int, words: tuple[str, str]) -> None:
        short, whole = words
        self.bar.setTabText(place, short.replace("&", "&&"))
        self.bar.setTabToolTip(place, whole)
        self.bar.setAccessibleTabName(place, whole)

    def step(self, by: int) -> None:
        """Go to the next or previous tab, around the end."""
        self.bar.setCurrentIndex((self.bar.currentIndex() + by) % self.bar.count())
        self.return_focus()

    def activate(self, tab: RecordTab) -> None:
        """Bring a record's tab to the front."""
        self.bar.setCurrentIndex(self.records.index(tab) + 1)

    def _show_current(self) -> None:
        widget = self.current()
        if widget is None:
            return
        self._keys.turn(widget, self._stack)
        self.bar.setMinimumHeight(theme.current().px(36))
        self.current_changed.emit()


def may_close(widget: QWidget) -> bool:
    """Ask a record's widget whether it may go."""
    can_close = getattr(widget, "can_close", None)
    return True if can_close is None else bool(can_close())
