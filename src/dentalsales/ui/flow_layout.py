"""Lays widgets out in lines that break where the width ends."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right, then the next line; `stretch` shares a line's spare width among equal columns."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 8, stretch: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._stretch = stretch
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take another item."""
        self._items.append(item)
        self._heights.clear()

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # Qt asks past the end
        """Return an item, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # Qt asks past the end
        """Give an item back."""
        self._heights.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It grows downwards only as its width asks."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that a width needs; Qt asks many times before anything changes."""
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget what was measured: an item has changed, come or gone."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the size of the widest item."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the widest item, with the margins around it."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _place(self, whole: QRect, move: bool) -> int:
        rect, margins = whole.marginsRemoved(self.contentsMargins()), self.contentsMargins()
        shown = [item for item in self._items if not item.isEmpty()]  # a hidden widget makes its item empty
        width = self._equal_width(shown, rect.width()) if self._stretch else 0
        x, y = rect.x(), rect.y()
        lines: list[list[tuple[QLayoutItem, QRect]]] = [[]]
        for item in shown:
            hint = item.sizeHint().expandedTo(item.minimumSize())
            size = QSize(width or min(hint.width(), rect.width()), hint.height())
            if lines[-1] and x + size.width() > rect.right() + 1:
                x = rect.x()
                lines.append([])
            lines[-1].append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self.spacing()
        for line in lines:
            highest = max((place.height() for _item, place in line), default=0)
            for item, place in line if move else ():  # what is lower stands in the middle of its line
                item.setGeometry(QRect(QPoint(place.x(), y + (highest - place.height()) // 2), place.size()))
            y += highest + self.spacing()
        return y - self.spacing() - rect.y() + margins.top() + margins.bottom()

    def _equal_width(self, items: list[QLayoutItem], room: int) -> int:
        """Return the width at which as many columns as fit share the room."""
        if not items or room <= 0:
            return 0
        widest = max(item.sizeHint().expandedTo(item.minimumSize()).width() for item in items)
        fitting = max(1, (room + self.spacing()) // (widest + self.spacing()))
        columns = min(len(items), fitting)
        return (room - (columns - 1) * self.spacing()) // columns
