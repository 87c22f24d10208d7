"""What was said since the sign-in, newest first: it stays when the toast is gone."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from dentalsales.exchange.cell_text import in_office
from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.icons import icon
from dentalsales.ui.messages import Message
from dentalsales.ui.page import label
from dentalsales.ui.toast import picture_of

WIDTH, HEIGHT = 460, 360


class MessageList(QFrame):
    """Opens under the bell; the arrows move, Ctrl+C copies, Esc leaves."""

    def __init__(self, said: Sequence[Message], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = _Said()
        self.list.setObjectName("picks")
        self.list.setAccessibleName(tr(_("Messages")))
        self.list.setWordWrap(True)
        for message in reversed(said):
            item = QListWidgetItem(
                icon(*picture_of(message.tone)[::2]), f"{in_office(message.at):%H:%M}  {message.text}"
            )
            item.setToolTip(message.text)
            self.list.addItem(item)
        if not said:
            item = QListWidgetItem(tr(_("No messages yet")))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        heading = label(_("Messages"), "section")
        heading.setContentsMargins(12, 4, 12, 0)
        layout.addWidget(heading)
        layout.addWidget(self.list, 1)

    def open_under(self, bell: QWidget) -> None:
        """Open with the right edge under the bell's."""
        look, window = theme.current(), bell.window()
        self.resize(min(look.px(WIDTH), window.width() - 32), min(look.px(HEIGHT), window.height() - 96))
        self.ensurePolished()
        rows = sum(self.list.sizeHintForRow(row) for row in range(self.list.count()))
        self.resize(self.width(), min(self.height(), rows + look.px(72)))
        corner = bell.mapToGlobal(QPoint(bell.width() - self.width(), bell.height() + 4))
        corner.setX(max(corner.x(), window.mapToGlobal(QPoint(8, 0)).x()))
        self.move(corner)
        self.show()
        self.list.setFocus()


class _Said(QListWidget):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is chosen; Esc closes the list."""
        item: Any = self.currentItem()
        if event.matches(QKeySequence.StandardKey.Copy) and item is not None:
            QGuiApplication.clipboard().setText(item.toolTip())
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.window().close()
        else:
            super().keyPressEvent(event)
