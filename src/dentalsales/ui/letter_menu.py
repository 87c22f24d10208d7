"""The menu with letters: hidden until F10 or Alt, made from the table of acts and what the place can do."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu
from shiboken6 import isValid

from dentalsales.i18n import Text, c_, tr
from dentalsales.ui import key_map, palette_offers
from dentalsales.ui.actions import BY_NAME
from dentalsales.ui.at_focus import AtFocus
from dentalsales.ui.icons import icon
from dentalsales.ui.palette_offers import Offer
from dentalsales.ui.screens import screens_of

FILE = ("export", "export_pdf", "print", "open_file", "save", "save_and_new", "close_tab")
VIEW = ("refresh", "filter", "columns", "peek", "history", "messages", "larger", "smaller", "normal_text", "scheme",
        "language")  # fmt: skip
HELP = ("keys", "password", "lock", "leave")
ENDS_BEING_ALONE = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.Shortcut, QEvent.Type.FocusOut})
"""With Alt+Tab the focus goes while Alt is held; its release may come when the window has the focus again."""
LETTERS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class LetterMenu(AtFocus):
    """Alt alone opens it as F10 does; it goes when it is left, and the focus returns to where it was."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self.bar = window.menuBar()
        self.bar.setNativeMenuBar(False)
        self.bar.hide()
        self._alone = False
        self._before: Any = None
        window.installEventFilter(self)  # hears the keys when nothing in it has the focus

    def open(self) -> None:
        """Show the menu as the place wants it now, the first entry chosen."""
        if self.bar.isVisible():
            self._leave()
            return
        self._before = QApplication.focusWidget()
        self.bar.clear()
        here = palette_offers.here(self._window)
        by_text = {str(offer.label): offer for offer in here}
        self._menu(c_("menu", "File"), "F", [self._new(), *self._named(by_text, FILE)])
        steps = [offer for offer in here if offer.detail or offer.picture == "plus"]
        self._menu(c_("menu", "Do"), "D", steps)
        self._menu(c_("menu", "Show"), "S", self._named(by_text, VIEW))
        self._menu(c_("menu", "Go"), "G", palette_offers.screens(self._window.shell, screens_of(self._window.desk)))
        self._menu(c_("menu", "Help"), "H", [*self._named(by_text, HELP)])
        self.bar.show()
        self.listen(everywhere=True)
        self.bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
        self.bar.setActiveAction(self.bar.actions()[0])

    def _new(self) -> Offer:
        from dentalsales.ui.window_acts import begin_new

        words, keys = BY_NAME["new"].text, key_map.current().shown("new")
        return Offer("here", words, lambda: begin_new(self._window), keys=keys, picture="plus")

    @staticmethod
    def _named(offers: dict[str, Offer], names: tuple[str, ...]) -> list[Offer]:
        return [offers[str(BY_NAME[name].text)] for name in names if str(BY_NAME[name].text) in offers]

    def _menu(self, title: Text, key: str, offers: list[Offer]) -> None:
        if not offers:
            return
        menu = QMenu(with_letter(tr(title), key), self.bar)
        for letter, offer in zip(LETTERS, offers, strict=False):
            words = tr(offer.label).replace("&", "&&")
            action = menu.addAction(icon(offer.icon_name), f"&{letter}  {words}\t{offer.keys}")
            action.triggered.connect(lambda *_ignored, act=offer.act: self._do(act))
        menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self, self._leave_if_left))
        self.bar.addMenu(menu)

    def _do(self, act: Callable[[], object]) -> None:
        self._leave()
        QTimer.singleShot(0, self._window, act)

    def _leave_if_left(self) -> None:
        if QApplication.activePopupWidget() is None and not self.bar.hasFocus():
            self._leave()

    def _leave(self) -> None:
        """Close what is open of the menu too: a list that stayed would take every key from then on."""
        for menu in self.bar.findChildren(QMenu):
            menu.close()
        self.bar.hide()
        self.listen(everywhere=False)
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.MenuBarFocusReason)
        self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt pressed and let go with nothing between opens the menu; Esc in it closes it."""
        if isinstance(event, QKeyEvent) and QApplication.activeWindow() is self._window:
            alt = event.key() == Qt.Key.Key_Alt
            if event.type() == QEvent.Type.KeyPress:
                held = event.modifiers() & ~Qt.KeyboardModifier.AltModifier  # Shift and Alt switch the input language
                self._set_alone(alt and not held and not event.isAutoRepeat())
                if event.key() == Qt.Key.Key_Escape and self.bar.isVisible():
                    self._leave()
                    return True
            elif event.type() == QEvent.Type.KeyRelease and alt and self._alone:
                self._set_alone(False)
                self.open()
        elif event.type() in ENDS_BEING_ALONE:
            self._set_alone(False)
        return False

    def _set_alone(self, alone: bool) -> None:
        """While Alt is held, what ends its being alone may happen anywhere."""
        if alone != self._alone:
            self._alone = alone
            self.listen(everywhere=alone or self.bar.isVisible())


def with_letter(words: str, letter: str) -> str:
    """Mark the letter in the words of a menu, or behind them where they do not hold it."""
    return words.replace(letter, f"&{letter}", 1) if letter in words else f"{words}(&{letter})"
