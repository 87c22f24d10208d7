"""The list that opens under a link while its text is typed; the keyboard stays in the text."""

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dentalsales.i18n import _, tr
from dentalsales.ui import key_map, theme

_CHOICE, _DETAIL, _CODE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
WIDTH, ROWS_SHOWN, LEAST_ROWS = 460, 12, 6
CREATE, FAMILY = "create", "family"
NO_MATCH = _("No match for “{text}”. Check the spelling.")
NO_MATCH_BUT_NEW = _("No match for “{text}”. Check the spelling, or press ↓ for a new one.")


class SuggestionPopup(QFrame):
    """Rows of code, title and detail; the last one may offer a new record."""

    chosen = Signal(object)
    """A suggestion, CREATE, or FAMILY."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self._field = parent
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        palette = self.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.current().colour("line.input"))
        self.setPalette(palette)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list = QListWidget(self)
        self._list.setMinimumHeight(1)  # else Qt keeps room for a scroll bar under two rows
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setItemDelegate(_Rows(self._list))
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(tr(_("Suggestions")))
        self._list.itemClicked.connect(lambda item: self.chosen.emit(item.data(_CHOICE)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._list)

    def offer(self, suggestions: Sequence[Any], typed: str, may_create: bool, family: str = "") -> None:
        """Show the suggestions under the field, the first one chosen; with none a sentence, chosen too.

        A new record is chosen on purpose, with the arrow: fast typing and Enter never make one.
        """
        self._list.clear()
        for suggestion in suggestions:
            self._add(suggestion.title, suggestion, suggestion.detail, suggestion.code)
        if family:
            self._add(family, FAMILY, key_map.current().shown("matrix"))
        typed = " ".join(typed.split())
        may_create = may_create and bool(typed)
        if self._list.count() == 0:
            sentence = NO_MATCH_BUT_NEW if may_create else NO_MATCH
            self._add(tr(sentence.fill(text=typed)), None)
        if may_create:
            self._add(tr(_("Create “{typed}”…"), typed=typed), CREATE)
        self._list.setCurrentRow(0)
        self._place()
        self.show()

    def current(self) -> Any:
        """Return the suggestion under the cursor, CREATE, FAMILY, or None."""
        item = self._list.currentItem()
        return item.data(_CHOICE) if item is not None else None

    def move_cursor(self, steps: int) -> None:
        """Move the cursor up or down, round the ends."""
        if self._list.count():
            self._list.setCurrentRow((self._list.currentRow() + steps) % self._list.count())

    def showEvent(self, event: QShowEvent) -> None:
        """From here on whatever moves the field moves the list: a message above it, a scrolled page, the window."""
        super().showEvent(event)
        for one in self._what_carries_the_field():
            one.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen need not follow."""
        super().hideEvent(event)
        for one in self._what_carries_the_field():
            one.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stand under the field again."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.isVisible():
            self._place()
        return False

    def _what_carries_the_field(self) -> Iterator[QWidget]:
        one: QWidget | None = self._field
        while one is not None:
            yield one
            one = None if one.isWindow() else one.parentWidget()

    def _add(self, title: str, choice: Any, detail: str = "", code: str = "") -> None:
        item = QListWidgetItem(title)
        item.setData(_CHOICE, choice)
        item.setData(_DETAIL, detail)
        item.setData(_CODE, "" if title.startswith(code) else code)
        item.setToolTip(detail)
        self._list.addItem(item)

    def _place(self) -> None:
        """Stand under the field, shorter if need be; over it only when hardly anything would fit under it."""
        field, row = self._field, theme.current().row_height
        rows = min(self._list.count(), ROWS_SHOWN)
        room = field.screen().availableGeometry()
        under, top = field.mapToGlobal(QPoint(0, field.height())), field.mapToGlobal(QPoint(0, 0))
        below, above = (room.bottom() - under.y() - 4) // row, (top.y() - room.top() - 4) // row
        upwards = below < min(rows, LEAST_ROWS) and above > below
        shown = max(1, min(rows, above if upwards else below))
        self.resize(max(field.width(), theme.current().px(WIDTH)), shown * row + 4)
        corner = QPoint(top.x(), top.y() - self.height()) if upwards else under
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        self.move(corner)


class _Rows(QStyledItemDelegate):
    """Draws code, title and, at the right, the detail."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, theme.current().row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = theme.current()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        ground = "bg.selected" if selected else "bg.hover" if hovered else "bg.surface"
        painter.fillRect(option.rect, look.colour(ground))
        room = option.rect.adjusted(8, 0, -8, 0)
        choice = index.data(_CHOICE)
        code, detail = index.data(_CODE) or "", index.data(_DETAIL) or ""
        left = self._draw(painter, option, room, code, "text.secondary", Qt.AlignmentFlag.AlignLeft)
        title = index.data(Qt.ItemDataRole.DisplayRole)
        colour = "accent" if choice in (CREATE, FAMILY) else "text.primary" if choice is not None else "text.secondary"
        used = self._draw(painter, option, room.adjusted(left, 0, 0, 0), title, colour, Qt.AlignmentFlag.AlignLeft)
        rest = room.adjusted(left + used + 8, 0, 0, 0)
        self._draw(painter, option, rest, detail, "text.secondary", Qt.AlignmentFlag.AlignRight)

    @staticmethod
    def _draw(
        painter: QPainter, option: QStyleOptionViewItem, room: QRect, text: str, token: str, side: Qt.AlignmentFlag
    ) -> int:
        if not text or room.width() <= 0:
            return 0
        painter.setPen(theme.current().colour(token))
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return option.fontMetrics.horizontalAdvance(shown) + 12
