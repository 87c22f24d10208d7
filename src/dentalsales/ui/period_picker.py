"""Picks the stretch of days that a report covers; Alt+left and Alt+right go to the one before and after."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.report import Period, next_month, previous_month
from dentalsales.i18n import Text, _, c_, tr
from dentalsales.ui.editors.date import DateEditor
from dentalsales.ui.page import label, tool_button
from dentalsales.ui.periods import period_in_words

WORDS: dict[str, tuple[tuple[str, Text], ...]] = {
    "day": (("today", _("Today")), ("yesterday", _("Yesterday"))),
    "month": (("month", _("This month")), ("last_month", _("Last month"))),
    "range": (
        ("month", _("This month")),
        ("last_month", _("Last month")),
        ("week", _("This week")),
        ("today", _("Today")),
        ("year", _("This year")),
    ),
}


class PeriodPicker(QWidget):
    """Its kind is the report's: a day, a month, a range, or "now" where there is nothing to pick."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today, self._kind = today, "day"
        self.period = Period.day(today)
        self.words = QComboBox()
        self.words.setAccessibleName(tr(_("Period")))
        self.words.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.words.setMinimumWidth(self.words.fontMetrics().horizontalAdvance(tr(_("Last month"))) + 64)
        self.words.activated.connect(lambda place: self._choose_word(self.words.currentData()))
        self.start, self.end = self._editor(_("From")), self._editor(_("To"))
        self._dash = label("–")
        self.earlier = tool_button(_("Previous period"), "chevron-left", "Alt+←")
        self.later = tool_button(_("Next period"), "chevron-right", "Alt+→")
        self.earlier.clicked.connect(lambda: self.step(-1))
        self.later.clicked.connect(lambda: self.step(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.words, self.earlier, self.start, self._dash, self.end, self.later):
            row.addWidget(widget)

    def _editor(self, name: Text) -> DateEditor:
        editor = DateEditor(Field("day", name), lambda: self._today, self)
        editor.setAccessibleName(tr(name))
        editor.setFixedWidth(editor.fontMetrics().horizontalAdvance("2026-11-22") + 56)
        editor.entered.connect(self._take_days)
        editor.walked.connect(lambda forwards: self._take_days())
        return editor

    def set_kind(self, kind: str) -> None:
        """Offer what this kind of report asks for; the days picked before stay where they fit."""
        self.setVisible(kind != "now")
        self._kind = kind
        self.words.clear()
        for value, text in WORDS.get(kind, ()):
            self.words.addItem(tr(text), value)
        self.words.addItem(tr(c_("period", "Custom")), "")
        for widget in (self._dash, self.end):
            widget.setVisible(kind != "day")
        if kind == "day":
            self.show_period(Period.day(self._today if self.period.is_month else self.period.end))
        elif kind == "month":
            self.show_period(Period.month(self.period.end))
        elif self.period.start == self.period.end:
            self.show_period(Period.month(self.period.end))
        else:
            self.show_period(self.period)

    def show_period(self, period: Period) -> None:
        """Show days, with the word for them if there is one."""
        self.period = period
        self.start.set_value(period.start)
        self.end.set_value(period.end)
        known = [value for value, _text in WORDS.get(self._kind, ()) if self._meant(value) == period]
        self.words.setCurrentIndex(self.words.findData(known[0] if known else ""))

    def _meant(self, word: str) -> Period | None:
        if word == "yesterday":
            return Period.day(self._today - timedelta(days=1))
        return period_in_words(word, self._today)

    def _choose_word(self, word: str) -> None:
        period = self._meant(word)
        if period is not None:
            self.show_period(period)
            self.changed.emit()
        else:
            self.start.setFocus()

    def _take_days(self) -> None:
        start, end = self.start.value(), self.end.value()
        if not isinstance(start, date) or not isinstance(end, date):
            return
        if self._kind == "day":
            end = start
        elif self._kind == "month":
            start, end = Period.month(start).start, Period.month(start).end
        period = Period(start, max(start, end))
        if period != self.period:
            self.show_period(period)
            self.changed.emit()

    @property
    def before(self) -> tuple[str, Text]:
        """The word for the period to look at when this one is empty: last month, or yesterday for a day."""
        return ("yesterday", _("Yesterday")) if self._kind == "day" else ("last_month", _("Last month"))

    def choose(self, word: str) -> None:
        """Take the period that a word means."""
        self._choose_word(word)

    def step(self, by: int) -> None:
        """Go to the period before or after, of the same length."""
        if self._kind == "now":
            return
        period = self.period
        if self._kind == "month" or (period.is_month and self._kind == "range"):
            period = Period.month(next_month(period.start) if by > 0 else previous_month(period.start))
        else:
            days = (period.end - period.start).days + 1
            period = Period(period.start + timedelta(days=by * days), period.end + timedelta(days=by * days))
        self.show_period(period)
        self.changed.emit()
