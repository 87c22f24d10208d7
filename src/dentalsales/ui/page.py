"""A screen of the main window: what the frame around it asks of it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QLabel, QLayout, QProgressBar, QPushButton, QToolButton, QWidget

from dentalsales.i18n import Text, _, inside, tr
from dentalsales.ui import key_map
from dentalsales.ui.icons import icon


class Page(QWidget):
    """Lists, reports, Today and settings are pages; the frame shows their title and what they say about themselves."""

    status_changed = Signal(str)
    """What the left of the status bar says, already translated."""

    def __init__(self, title: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.status = ""
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def say(self, status: str) -> None:
        """Show a line in the status bar as long as this page is the current one."""
        self.status = status
        self.status_changed.emit(status)

    def refresh(self) -> None:
        """Read again what is shown."""

    def take_focus(self) -> None:
        """Put the focus where work begins."""
        self.setFocus()

    def shortcut(self, keys: str, act: Callable[[], object], digit: int = 0) -> QAction:
        """Bind an act of the table of actions, named or by its chord; it works only while the page is seen."""
        return bind(self, keys, act, digit=digit)


def bind(widget: QWidget, keys: str, act: Callable[[], object], digit: int = 0) -> QAction:
    """Bind an act of the table of actions to a widget, named or by its chord."""
    name = key_map.name_of(keys)
    if name is None:
        made = QAction(widget)
        made.setShortcut(QKeySequence(keys))
        made.triggered.connect(lambda *_ignored: act())
        widget.addAction(made)
        return made
    return key_map.current().bind(widget, name, act, digit=digit)


def tell_keys(widget: QWidget, words: str, keys: str, alone: bool = False) -> None:
    """Give a control its keys as tooltip; `alone` says its words there even without keys."""
    name = key_map.name_of(keys)
    if name is not None:
        key_map.current().tell(widget, words, name)
    else:
        widget.setToolTip(f"{words} ({keys})" if keys else words if alone else "")


def button(
    text: str, icon_name: str = "", look: str = "", keys: str = "", parent: QWidget | None = None
) -> QPushButton:
    """Make a button with its words, its icon, and the key that does the same in its tooltip."""
    made = QPushButton(tr(text), parent)
    made.setAccessibleName(tr(text))
    made.setAutoDefault(True)  # Enter presses it as Space does, on a page as in a dialog
    if look:
        made.setProperty("look", look)
    if icon_name:
        made.setIcon(icon(icon_name, {"primary": "on.accent", "danger": "on.danger"}.get(look, "text.secondary")))
    tell_keys(made, tr(text), keys)
    return made


def tool_button(text: Text, icon_name: str, keys: str = "") -> QToolButton:
    """Make a button that shows an icon only; its words are its tooltip and accessible name."""
    made = QToolButton()
    made.setIcon(icon(icon_name))
    made.setAccessibleName(tr(text))
    tell_keys(made, tr(text), keys, alone=True)
    return made


def new_words(one: Text) -> str:
    """Return the words of a button that begins a record; "" stands for any."""
    return tr(_("New {thing}").fill(thing=inside(one))) if one else tr(_("New"))


def roomy(field: QAbstractSpinBox) -> None:
    """Keep the figure of a spin box off its border; Qt leaves its style sheet's padding out."""
    field.lineEdit().setTextMargins(8, 0, 0, 0)


def show_count(bar: QProgressBar, count: int, total: int) -> None:
    """Show how far a work is; by itself a bar paints its whole window at once with each new value."""
    bar.setUpdatesEnabled(False)
    bar.setRange(0, total)
    bar.setValue(count)
    bar.setUpdatesEnabled(True)


def drop_all(layout: QLayout) -> None:
    """Take everything out of a layout and give it up."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def label(text: str, look: str = "", parent: QWidget | None = None) -> QLabel:
    """Make a label of one of the named looks: title, section, hint, secondary, error, tile."""
    made = QLabel(tr(text), parent)
    if look:
        made.setProperty("look", look)
    return made
