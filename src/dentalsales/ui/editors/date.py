"""A day: shorthand such as t, +7, 15 or 315, arrows step it, and a calendar opens under F4."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QToolButton, QVBoxLayout, QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.i18n import _, language, tr
from dentalsales.ui import theme
from dentalsales.ui.editors.field_editor import LineEditor
from dentalsales.ui.icons import icon
from dentalsales.ui.typed_values import day_typed

WIDTH = 112


class DateEditor(LineEditor):
    """Reads the shorthand with the business day as its today."""

    def __init__(self, field: Field, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._popup: QWidget | None = None
        self.setToolTip(tr(_("t is today, +7 in a week, 15 the 15th, 315 the 15th of March; F4 opens the calendar.")))
        self.setMinimumWidth(theme.current().px(WIDTH))
        calendar = QAction(icon("calendar"), tr(_("Calendar")), self)
        calendar.triggered.connect(self.open_calendar)
        self.addAction(calendar, QLineEdit.ActionPosition.TrailingPosition)

    def read(self, typed: str) -> Any:
        """Return the day that was typed, or the text when it is none."""
        return day_typed(typed, self._today(), self._value if isinstance(self._value, date) else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step by days with the arrows and by months with PgUp and PgDn; F4 and Alt+Down open the calendar."""
        key, alone = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_F4 or (key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier):
            self.open_calendar()
        elif alone and not self.composing() and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(QDate.addDays, 1 if key == Qt.Key.Key_Up else -1)
        elif alone and not self.composing() and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._move(QDate.addMonths, 1 if key == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Open the calendar under the field."""
        self.settle()
        popup = QWidget(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setObjectName("calendar")
        calendar = _calendar(popup)
        calendar.setSelectedDate(self._shown_day())
        calendar.clicked.connect(self._choose)
        calendar.activated.connect(self._choose)
        layout = QVBoxLayout(popup)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(calendar)
        popup.adjustSize()
        corner, room = self.mapToGlobal(QPoint(0, self.height())), self.screen().availableGeometry()
        if corner.y() + popup.height() > room.bottom():
            corner.setY(max(room.top(), self.mapToGlobal(QPoint(0, 0)).y() - popup.height()))
        popup.move(max(room.left(), min(corner.x(), room.right() - popup.width())), corner.y())
        popup.show()
        calendar.setFocus()
        self._popup = popup

    def _choose(self, day: QDate) -> None:
        popup, self._popup = self._popup, None
        if popup is None:  # a double click both clicks and activates
            return
        self._enter(day)
        popup.close()
        self.setFocus()

    def _move(self, add: Callable[[QDate, int], QDate], steps: int) -> None:
        self.settle()
        self._enter(add(self._shown_day(), steps))
        self.selectAll()

    def _shown_day(self) -> QDate:
        day = self._value if isinstance(self._value, date) else self._today()
        return QDate(day.year, day.month, day.day)

    def _enter(self, day: QDate) -> None:
        self.setText(day.toString(Qt.DateFormat.ISODate))
        self.setModified(True)
        self.settle()


def _calendar(popup: QWidget) -> QCalendarWidget:
    """Make a month in the language and the colours of the program; Qt's own are the system's."""
    look, calendar = theme.current(), QCalendarWidget(popup)
    calendar.setLocale(QLocale(language()))
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setHorizontalHeaderFormat(
        QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames
        if language() == "zh_CN"
        else QCalendarWidget.HorizontalHeaderFormat.ShortDayNames
    )
    head, weekend = QTextCharFormat(), QTextCharFormat()
    head.setForeground(look.colour("text.secondary"))
    weekend.setForeground(look.colour("text.secondary"))
    calendar.setHeaderTextFormat(head)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, weekend)
    for name, picture in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
        way: Any = calendar.findChild(QToolButton, name)
        way.setIcon(icon(picture))
    return calendar
