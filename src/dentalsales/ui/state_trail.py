"""Where a paper stands: its state in a chip, and its way in one line."""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dentalsales.blueprint.workflow import State, Workflow
from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.cell_delegate import PADDING, chip_width, paint_chip

ASIDE = frozenset({"void", "return", "overdue"})
"""Families that lie beside the way; the trail shows one only when the paper is there."""


class StateChip(QWidget):
    """The state in a word, in the colours and with the shape of its family."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._family = "", "draft"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_state(self, state: State | None) -> None:
        """Show a state; without one the chip is gone."""
        self.setVisible(state is not None)
        if state is not None:
            self._text, self._family = tr(state.label), state.family
            self.setAccessibleName(tr(_("State: {state}"), state=self._text))
            self.setToolTip(self._text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._text), theme.current().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it as the lists do."""
        paint_chip(QPainter(self), self.rect().adjusted(-PADDING, -2, PADDING, 2), self._text, self._family)


class StateTrail(QWidget):
    """The way of a paper in one line: what it has passed, where it is, what comes, and for whom it waits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: list[tuple[str, bool]] = []
        self._waits = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setFont(theme.current().font("hint"))

    def show_states(self, workflow: Workflow | None, state: State | None, waits_for: str, record: Any) -> None:
        """Show the states on the way of the record, and who acts next."""
        states = workflow.states if workflow is not None and state is not None else ()
        self._waits = waits_for
        on_the_way = [each for each in states if each.when is None or each.when(record)]
        shown = [each for each in on_the_way if each.family not in ASIDE or each == state]
        self._words = [(tr(each.label), each == state) for each in shown]
        words = " › ".join(word for word, _here in self._words)
        self.setToolTip(f"{words}\n{waits_for}".strip())
        self.setAccessibleName(f"{words}. {waits_for}".strip(". "))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much around the present state as there is room for."""
        painter, look = QPainter(self), theme.current()
        room = self.rect()
        if self._waits:
            painter.setPen(look.colour("text.secondary"))
            waits = self.fontMetrics().elidedText(self._waits, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, waits)
            room.setRight(room.right() - self.fontMetrics().horizontalAdvance(waits) - 16)
        left = 4
        for word, here in self._fitting(room.width()):
            painter.setFont(look.font("hint", bold=here))
            painter.setPen(look.colour("text.primary" if here else "text.muted"))
            painter.drawText(room.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, word)
            left += painter.fontMetrics().horizontalAdvance(word)

    def _fitting(self, width: int) -> list[tuple[str, bool]]:
        """Leave out words at the ends, those farther from the present state first, until the rest fits."""
        first, last = 0, len(self._words)
        here = next((at for at, (_word, is_here) in enumerate(self._words) if is_here), 0)
        while first < last:
            shown = self._joined(first, last)
            if sum(self.fontMetrics().horizontalAdvance(word) for word, _here in shown) + 12 <= width:
                return shown
            if last - 1 - here >= here - first:
                last -= 1
            else:
                first += 1
        return []

    def _joined(self, first: int, last: int) -> list[tuple[str, bool]]:
        shown: list[tuple[str, bool]] = [("… › ", False)] if first else []
        for at in range(first, last):
            shown.append(self._words[at])
            if at < last - 1:
                shown.append((" › ", False))
        return [*shown, (" › …", False)] if last < len(self._words) else shown
