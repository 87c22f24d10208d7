"""Tells the user what happened and what was refused; the only catcher of RuleBroken in the window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QWidget

from dentalsales import log
from dentalsales.blueprint.rules import RuleBroken, problems_of
from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.beside import beside
from dentalsales.ui.icons import pixmap
from dentalsales.ui.toast import Pile, Toast, announce, close_button, level, paint_tone, picture_of

Result = TypeVar("Result")
KEPT = 200
"""So many messages stay in the list."""
WIDTH, MOST_SEEN, HEAD = 400, 4, 140
"""How wide a toast is, how many are seen at once, and the head of the screen that none may cover."""
FOOT = 88
"""What stands at the foot of a screen and no toast may cover: the status line and the row of sums."""


def attempt(work: Callable[[], Result], refused: Callable[[RuleBroken], object]) -> Result | None:
    """Return what `work` returns; hand a refusal to `refused` and return None."""
    try:
        return work()
    except RuleBroken as refusal:
        refused(refusal)
        return None


def attempt_beside(work: Callable[[], Result], refused: Callable[[RuleBroken], object]) -> Result | None:
    """Like `attempt`, for work that writes: it is done beside the window, and may touch no widget."""
    return attempt(lambda: beside(work), refused)


def sentence_of(error: Exception) -> str:
    """Return what to tell the user about an error, in their language; what is no refusal goes to the log as well."""
    return _told(error)[0]


def _told(error: Exception) -> tuple[str, str]:
    """Return the sentence, and the number of the report that an error which is no refusal got in the log."""
    if isinstance(error, RuleBroken):
        return "\n".join(tr(problem.text) for problem in problems_of(error)), ""
    number = log.report(error)
    sentence = _("This can't be finished. Try again, or restart the program. Report number: {number}.")
    return tr(sentence.fill(number=number)), number


@dataclass(frozen=True)
class Message:
    """A message that was shown; the list keeps it after the toast is gone."""

    at: datetime
    text: str
    tone: str


class Banner(QFrame):
    """A message inside a page, above what it is about; it stays until it is closed or replaced."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._picture, self._text = QLabel(), QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = close_button(self._leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        level(self._picture, self._text, close)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, text: str, tone: str = "danger") -> None:
        """Show a message; tone is "danger", "warning", "success" or "info"."""
        paint_tone(self, tone)
        self._picture.setPixmap(pixmap(*picture_of(tone), self.devicePixelRatioF()))
        self._text.setText(text)
        self.show()
        announce(self, text)

    def refuse(self, error: Exception) -> None:
        """Show why an act was refused."""
        self.tell(sentence_of(error))

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()


class Messages(QObject):
    """The toasts and questions of one window, and the list of what was said.

    The newest toasts are seen, the last one at the bottom; what is said twice is one. Older refusals wait until those
    below them are closed, and warnings are one message: all of them stand in the list.
    """

    report_asked = Signal(str)
    """The number of the error whose report is to be seen."""
    added = Signal()
    """Something was said, or what was said has been read."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._toasts: list[Toast] = []
        self.said: list[Message] = []
        self.unread = 0
        self.covered: Callable[[], bool] = lambda: False
        """True while nobody may read: what is said then waits."""
        window.installEventFilter(self)

    def toast(self, text: str, tone: str = "", undo: Callable[[], None] | None = None) -> None:
        """Say that something was done; tone is "", "success", "warning" or "danger"."""
        shown = tr(text)
        self.keep(shown, tone)
        if tone == "warning" and undo is None:
            self._pile_up((text,))
            return
        for said_before in [one for one in self._toasts if one.text == shown]:
            said_before.leave()
        self._show(Toast(shown, tone, undo, self._window))

    def toast_report(self, text: str, number: str) -> None:
        """Say that an error was written down under a number, and offer its report."""
        shown = tr(text)
        self.keep(shown, "danger")
        self._show(Toast(shown, "danger", lambda: self.report_asked.emit(number), self._window, _("Report…")))

    def _show(self, toast: Toast) -> None:
        """Put a message below the others; a pile moves there with its newest warning."""
        if toast in self._toasts:
            self._toasts.remove(toast)
        else:
            toast.gone.connect(lambda: self._forget(toast))
        self._toasts.append(toast)
        self.place()
        announce(toast, toast.text)

    def warn(self, of: str, warnings: Sequence[str]) -> None:
        """Say what a paper was warned of; warnings stay, piled up by matter, until somebody closes them."""
        self.keep("\n".join(map(tr, (of, *warnings))), "warning")
        self._pile_up(warnings, tr(of))

    def keep(self, text: str, tone: str) -> None:
        """Put into the list what is read elsewhere."""
        self.said = [*self.said[1 - KEPT :], Message(datetime.now(UTC), tr(text), tone)]
        self.unread += 1
        self.added.emit()

    def _pile_up(self, warnings: Sequence[str], of: str = "") -> None:
        pile = next((one for one in self._toasts if isinstance(one, Pile)), None) or Pile(self._window)
        for warning in warnings:
            pile.add(warning, of)
        self._show(pile)

    def close_all(self) -> bool:
        """Close what stays until it is closed; False when there is nothing."""
        staying = [one for one in self._toasts if one.stays]
        for toast in staying:
            toast.leave()
        return bool(staying)

    def read_all(self) -> list[Message]:
        """Return what was said, which counts as read from now on."""
        self.unread = 0
        self.added.emit()
        return self.said

    def refuse(self, error: Exception) -> None:
        """Say why an act was refused."""
        sentence, number = _told(error)
        if number:
            self.toast_report(sentence, number)
        else:
            self.toast(sentence, "danger")

    def ask(self, question: Text, verb: Text, danger: bool = False) -> bool:
        """Ask before something that can't be undone; the button bears the verb, and Esc means no."""
        box = QMessageBox(self._window)
        box.setWindowTitle(tr(verb))
        box.setText(tr(question))
        box.setIconPixmap(pixmap("alert-triangle" if danger else "help-circle", 32, "danger" if danger else "accent"))
        yes = box.addButton(tr(verb), QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(tr(_("Cancel")), QMessageBox.ButtonRole.RejectRole)
        yes.setProperty("look", "danger" if danger else "primary")
        yes.style().unpolish(yes)  # it has been drawn as any other button by now
        yes.style().polish(yes)
        box.setDefaultButton(no if danger else yes)
        box.setEscapeButton(no)
        box.exec()
        return box.clickedButton() is yes

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def _forget(self, toast: Toast) -> None:
        if toast in self._toasts:
            self._toasts.remove(toast)
        self.place()

    def place(self) -> None:
        """Stack the newest toasts from the bottom right, above status bar and total row, whole or not at all."""
        look, window = theme.current(), self._window
        bottom = window.height() - look.px(FOOT)
        width = min(look.px(WIDTH), window.width() - 48)
        for place, toast in enumerate(reversed(self._toasts)):
            layout = toast.layout()
            height = max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height()) if layout else 0
            toast.resize(width, height)
            bottom -= height + 8
            toast.move(window.width() - width - 24, bottom)
            fits = place == 0 or (place < MOST_SEEN and bottom > look.px(HEAD))
            toast.setVisible(fits and not self.covered())
            toast.raise_()
