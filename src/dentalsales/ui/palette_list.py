"""The rows of the palette: picture, name, what it is in grey, and the keys that do the same."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.icons import pixmap
from dentalsales.ui.palette_offers import KINDS, Offer

OFFER, HEADING = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class PaletteList(QListWidget):
    """Shows offers, under headings when they are in groups; the keyboard stays in the field above."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("picks")
        self.setAccessibleName(tr(_("Found")))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Rows(self))
        self.itemClicked.connect(lambda item: self.chosen.emit(item.data(OFFER)))

    def show_groups(self, groups: Sequence[tuple[str, Sequence[Offer]]]) -> None:
        """Show offers by group, the first one chosen; a group without words has no heading."""
        self.clear()
        for words, offers in groups:
            if words and offers:
                self.say(words, heading=True)
            for offer in offers:
                self._add(offer)
        self.setCurrentRow(-1)
        self.move_choice(1)

    def say(self, words: str, heading: bool = False) -> None:
        """Show words that nobody chooses."""
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setData(HEADING, heading)
        self.addItem(item)

    def _add(self, offer: Offer) -> None:
        item = QListWidgetItem(tr(offer.label))
        item.setData(OFFER, offer)
        said = (tr(KINDS[offer.kind][1]), tr(offer.label), offer.detail, offer.keys)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, " ".join(part for part in said if part))
        self.addItem(item)

    def height_of_rows(self) -> int:
        """Return how high the list is that shows all its rows."""
        return max(self.count(), 1) * theme.current().row_height + 2 * self.frameWidth() + 2

    def current_offer(self) -> Offer | None:
        """Return what is chosen."""
        item = self.currentItem()
        found: Offer | None = item.data(OFFER) if item is not None else None
        return found

    def move_choice(self, by: int) -> None:
        """Choose the next or previous row that can be chosen."""
        step, left, row = (1 if by > 0 else -1), abs(by), self.currentRow()
        place = row
        while left and 0 <= place + step < self.count():
            place += step
            if self.item(place).data(OFFER) is not None:
                row, left = place, left - 1
        self.setCurrentRow(row)


class _Rows(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.current().row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, offer = theme.current(), index.data(OFFER)
        room = option.rect.adjusted(10, 0, -10, 0)
        if offer is None:
            painter.setFont(look.font("hint", bold=bool(index.data(HEADING))))
            painter.setPen(look.colour("text.muted"))
            side = Qt.AlignmentFlag.AlignBottom if index.data(HEADING) else Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room.adjusted(0, 0, 0, -4), side, index.data())
            return
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.fillRect(option.rect, look.colour("bg.selected" if chosen else "bg.hover"))
        self._draw(painter, option, room, offer)

    def _draw(self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, offer: Any) -> None:
        look, side = theme.current(), theme.current().px(16)
        ratio = painter.device().devicePixelRatioF()
        picture = QRect(room.left(), room.center().y() - side // 2, side, side)
        painter.drawPixmap(picture, pixmap(offer.icon_name, side, "text.secondary", ratio))
        painter.setFont(option.font)
        room = room.adjusted(side + 10, 0, 0, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(look.colour("text.secondary"))
        word = offer.keys or tr(KINDS[offer.kind][1])
        painter.drawText(room, right, word)
        room = room.adjusted(0, 0, -option.fontMetrics.horizontalAdvance(word) - 16, 0)
        painter.setPen(look.colour("text.primary"))
        title = option.fontMetrics.elidedText(tr(offer.label), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)
        room = room.adjusted(option.fontMetrics.horizontalAdvance(title) + 12, 0, 0, 0)
        if offer.detail and room.width() > 24:
            painter.setPen(look.colour("text.secondary"))
            detail = option.fontMetrics.elidedText(offer.detail, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, detail)
