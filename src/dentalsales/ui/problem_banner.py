"""Why a record was not saved: every problem in a list above the form; Enter on one goes to its field."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, n_, tr
from dentalsales.ui import theme
from dentalsales.ui.matters import in_few_lines
from dentalsales.ui.messages import Banner

MOST_ROWS = 5


class ProblemBanner(QWidget):
    """A banner, and under it the list when there is more than one thing to mend."""

    chosen = Signal(int)
    """Go to the field of this problem."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._banner, self.list = Banner(), _Problems()
        self._stays = False
        self._banner.closed.connect(self.hide)
        self.list.setObjectName("picks")
        self.list.setAccessibleName(tr(_("What has to be mended")))
        self.list.itemActivated.connect(lambda item: self.chosen.emit(self.list.row(item)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._banner)
        layout.addWidget(self.list)
        self.hide()

    def tell(self, text: str, tone: str = "danger") -> None:
        """Show one message."""
        self._stays = False
        self.list.hide()
        self._banner.tell(text, tone)
        self.show()

    def warn(self, warnings: Sequence[str]) -> None:
        """Show what the employee was warned of; it stays until it is closed, or until the next save or step."""
        self.tell("\n".join(in_few_lines(warnings, MOST_ROWS)), "warning")
        self._stays = True

    def typed(self) -> None:
        """Something was typed: what was wrong may be mended, but a warning has still to be seen."""
        if not self._stays:
            self.hide()

    def tell_all(self, problems: Sequence[RuleBroken]) -> None:
        """Show everything that is wrong."""
        if len(problems) == 1:
            self.tell(tr(problems[0].text))
            return
        count = n_("{count} thing has to be mended:", "{count} things have to be mended:").fill(count=len(problems))
        self.tell(tr(count))
        self.list.clear()
        for problem in problems:
            self.list.addItem(tr(problem.text))
        self.list.setCurrentRow(0)
        rows = min(len(problems), MOST_ROWS)
        self.list.setFixedHeight(rows * (theme.current().px(30) + 6) + 12)
        self.list.show()

    def take_focus(self) -> None:
        """Go into the list."""
        (self.list if self.list.isVisible() else self).setFocus(Qt.FocusReason.ShortcutFocusReason)


class _Problems(QListWidget):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the field, on every platform."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.itemActivated.emit(item)
        else:
            super().keyPressEvent(event)
