"""The palette (Ctrl+K): what this place can do, records, screens and reports by a few letters."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui import palette_offers, theme
from dentalsales.ui.icons import icon
from dentalsales.ui.navigation import Screen
from dentalsales.ui.page import label
from dentalsales.ui.palette_list import PaletteList
from dentalsales.ui.palette_offers import Offer
from dentalsales.usecases.find_anything import Hit

LAST_OPENED = 6


class CommandPalette(QDialog):
    """Up and down choose, Enter opens, Esc leaves; without letters it offers the records opened last."""

    def __init__(self, window: Any, screens: list[Screen]) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shell = window.shell
        self._here = palette_offers.here(window)
        self._screens = palette_offers.screens(window.shell, screens)
        self._recent = palette_offers.recent(window.shell)
        self._place = place_of(window.shell.workspace.current())
        self.answered = self._asked = ""
        self._searching = self._wanted = False
        self._most = 0
        self.field = _PaletteField(self)
        self.field.setPlaceholderText(tr(_("Customer, number, screen, report, act: letters or pinyin initials")))
        self.field.setAccessibleName(tr(_("Search everything")))
        self.field.addAction(icon("search", "text.muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.list = PaletteList()
        self.list.chosen.connect(self._open)
        self.field.textEdited.connect(lambda text: self._ask())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(label(_("↑↓ choose · Enter opens · Esc leaves"), "hint"))
        self._offer()

    def open_over(self, window: QWidget) -> None:
        """Open near the top of a window."""
        look = theme.current()
        self._most = min(look.px(460), window.height() - 96)
        self.setFixedWidth(min(look.px(620), window.width() - 32))
        self._fit()
        self.move(window.mapToGlobal(QPoint((window.width() - self.width()) // 2, 56)))
        self.show()
        self.field.setFocus()

    def _fit(self) -> None:
        """Be as high as what is found, up to the room there is."""
        others = self.sizeHint().height() - self.list.sizeHint().height()
        self.setFixedHeight(min(self._most, others + self.list.height_of_rows()))

    def _offer(self) -> None:
        """Without letters: the records opened last, what can be done here, the screens."""
        self.answered = ""
        self.list.show_groups(
            (
                (tr(_("Opened last")), self._recent[:LAST_OPENED]),
                (tr(_("Here and now")), self._here),
                (tr(_("Screens")), self._screens),
            )
        )
        self._fit()

    def _ask(self) -> None:
        """Search at once; while a search is under way the next one waits for its end, with the latest letters."""
        text = self.field.text().strip()
        if not text:
            self._asked = ""
            self._offer()
        elif not self._searching:
            self._searching, self._asked = True, text
            desk, own, place = self._shell.desk, [*self._here, *self._screens], self._place
            self._shell.runner.run(
                lambda: palette_offers.found(desk, text, own, place),
                lambda hits: self._show(text, hits),
                self._refuse,
                owner=self,
            )

    def _refuse(self, error: Exception) -> None:
        self._searching = False
        self._shell.messages.refuse(error)

    def _show(self, text: str, hits: Sequence[Offer | Hit]) -> None:
        self._searching = False
        typed = self.field.text().strip()
        if not typed:
            return
        self.answered = text
        rows = [palette_offers.follow(self._shell, hit) if isinstance(hit, Hit) else hit for hit in hits]
        self.list.show_groups((("", rows),))
        if not rows:
            self.list.say(tr(_("No match for “{text}”. Check the spelling.").fill(text=text)))
        self._fit()
        if typed != text:
            self._ask()
        elif self._wanted:
            self._wanted = False
            self.open_chosen()

    def open_chosen(self) -> None:
        """Open what is chosen; whoever types faster than the search gets its answer first."""
        offer = self.list.current_offer()
        if self.field.text().strip() != self.answered:
            self._wanted = True
            self._ask()
        elif offer is not None:
            self._open(offer)

    def _open(self, offer: Offer | None) -> None:
        if offer is not None:
            self.close()
            QTimer.singleShot(0, self._shell, offer.act)  # a dialog that it opens must not run inside this key press


def place_of(widget: Any) -> str:
    """Return the register that the visible screen or record is about."""
    register = getattr(widget, "register", None) or getattr(getattr(widget, "form", None), "register", None)
    return register.name if register is not None else ""


class _PaletteField(QLineEdit):
    """Keeps the focus while the arrows move in the list; while an input method composes, its keys are its own."""

    def __init__(self, palette: CommandPalette) -> None:
        super().__init__(palette)
        self._dialog = palette
        self._composing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Know whether a word is still being composed."""
        super().inputMethodEvent(event)
        self._composing = bool(event.preeditString())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send the keys of choosing to the list."""
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if self._composing:
            event.accept()
        elif event.key() in moves:
            self._dialog.list.move_choice(moves[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._dialog.open_chosen()
        else:
            super().keyPressEvent(event)
