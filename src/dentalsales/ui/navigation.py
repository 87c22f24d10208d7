"""The navigation at the left: every screen of the office by group, icons only in a narrow window."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.icons import pixmap

WIDE, NARROW = 200, 56
KEY, HEADING = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
PICTURE, COUNT = Qt.ItemDataRole.UserRole + 2, Qt.ItemDataRole.UserRole + 3
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Screen:
    """One entry of the navigation."""

    key: str
    label: Text
    icon: str
    group: Text | None = None
    digit: int = 0
    """Ctrl and this digit open it."""


class Navigation(QFrame):
    """Arrow keys move, Enter opens; the mouse opens at once."""

    chosen = Signal(str)

    def __init__(self, company: str, screens: list[Screen], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.narrow = False
        self._name = QLabel()
        self._show_name(company or tr(_("Dental Sales")))
        self.list = _ScreenList()
        self.list.setAccessibleName(tr(_("Screens")))
        self._fill(screens)
        self.list.itemClicked.connect(self._choose)
        self.list.opened.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self.list, 1)
        self.set_narrow(False)

    def _show_name(self, words: str) -> None:
        """On one line, or smaller on two; what is longer than that is cut."""
        look = theme.current()
        font, room = look.font("text", bold=True), look.px(WIDE) - 64
        if QFontMetrics(font).horizontalAdvance(words) > room:
            font = look.font("body", bold=True)
            words_on_two = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, 2 * room - look.px(26))
            self._name.setWordWrap(True)
        else:
            words_on_two = words
        self._name.setText(words_on_two)
        self._name.setToolTip(words)
        self._name.setFont(font)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setMinimumHeight(theme.current().px(48))
        logo = QLabel()
        logo.setPixmap(pixmap("dental", 24, "accent", self.devicePixelRatioF()))
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(logo)
        row.addWidget(self._name, 1)
        return head

    def _fill(self, screens: list[Screen]) -> None:
        group: Text | None = None
        for screen in screens:
            if screen.group is not None and screen.group != group:
                heading = QListWidgetItem(tr(screen.group))
                heading.setData(HEADING, True)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(heading)
            group = screen.group
            item = QListWidgetItem(tr(screen.label))
            item.setData(KEY, screen.key)
            item.setData(PICTURE, screen.icon)
            item.setToolTip(f"{tr(screen.label)} (Ctrl+{screen.digit})" if screen.digit else tr(screen.label))
            self.list.addItem(item)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or icons with words."""
        self.narrow = narrow
        self._name.setVisible(not narrow)
        self.setFixedWidth(theme.current().px(NARROW if narrow else WIDE))
        self.list.narrow = narrow
        self.list.scheduleDelayedItemsLayout()

    def mark(self, key: str) -> None:
        """Show which screen is open."""
        self.list.clearSelection()
        for row in range(self.list.count()):
            if self.list.item(row).data(KEY) == key:
                self.list.setCurrentRow(row)

    def count(self, key: str, number: int) -> None:
        """Show a small number beside a screen; 0 takes it away."""
        for row in range(self.list.count()):
            if self.list.item(row).data(KEY) == key:
                self.list.item(row).setData(COUNT, number)

    def _choose(self, item: QListWidgetItem) -> None:
        key = item.data(KEY)
        if key:
            self.chosen.emit(key)


class _ScreenList(QListWidget):
    opened = Signal(QListWidgetItem)

    def __init__(self) -> None:
        super().__init__()
        self.narrow = False
        self.setItemDelegate(_ScreenDelegate(self))
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter or Space; everything else moves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentItem():
            self.opened.emit(self.currentItem())
        else:
            super().keyPressEvent(event)


class _ScreenDelegate(QStyledItemDelegate):
    """Draws headings, entries, the open one, and the focus ring."""

    def __init__(self, view: _ScreenList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = bool(index.data(HEADING))
        height = (8 if self._view.narrow else 30) if heading else 32
        return QSize(0, theme.current().px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(HEADING):
            self._paint_heading(painter, option.rect, index)
        else:
            self._paint_entry(painter, option, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, index: Index) -> None:
        look = theme.current()
        if self._view.narrow:
            painter.setPen(look.colour("line.subtle"))
            painter.drawLine(rect.left() + 12, rect.center().y(), rect.right() - 12, rect.center().y())
            return
        painter.setFont(look.font("hint"))
        painter.setPen(look.colour("text.muted"))
        place = rect.adjusted(16, 0, -8, -4)
        painter.drawText(place, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, str(index.data()))

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        box = option.rect.adjusted(8, 1, -8, -1)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("bg.selected" if chosen else "bg.hover"))
            painter.drawRoundedRect(box, 6, 6)
        if chosen and self._view.hasFocus():
            painter.setPen(QPen(look.colour("ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        side = look.px(20)
        picture = pixmap(index.data(PICTURE), side, "accent" if chosen else "text.secondary", _ratio(painter))
        left = box.center().x() - side // 2 if self._view.narrow else box.left() + 10
        painter.drawPixmap(left, box.center().y() - side // 2 + 1, picture)
        if not self._view.narrow:
            self._paint_words(painter, box.adjusted(side + 20, 0, -8, 0), index, chosen)

    def _paint_words(self, painter: QPainter, place: QRect, index: Index, chosen: bool) -> None:
        look = theme.current()
        painter.setFont(look.font("body", bold=chosen))
        painter.setPen(look.colour("text.primary" if chosen else "text.secondary"))
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        if index.data(COUNT):
            painter.setFont(look.font("hint", bold=True))
            painter.setPen(look.colour("accent"))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(index.data(COUNT)))


def _ratio(painter: QPainter) -> float:
    return painter.device().devicePixelRatioF()
