"""The editors: what typed text means, what is shown, and who gets Enter."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dentalsales.blueprint.fields import Field
from dentalsales.i18n import _
from dentalsales.ui.editors.choice import ChoiceEditor
from dentalsales.ui.editors.choices import ChoicesEditor
from dentalsales.ui.editors.date import DateEditor
from dentalsales.ui.editors.money import MoneyEditor
from dentalsales.ui.editors.month import MonthEditor
from dentalsales.ui.editors.note import NoteEditor
from dentalsales.ui.editors.number import NumberEditor
from dentalsales.ui.editors.text import TextEditor
from dentalsales.ui.editors.yes_no import YesNoEditor
from dentalsales.ui.typed_values import day_typed, month_typed, number_typed, plain_number

TODAY = date(2026, 11, 22)
SIZES = (("big", _("Big")), ("small", _("Small")))


def shown(widget: Any, qtbot: Any) -> Any:
    qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    return widget


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("12", "quantity", 12),
        ("１２＊３", "quantity", 36),
        ("480/5", "quantity", 96),
        ("=2*(3+4)", "quantity", 14),
        ("1,234.5", "money", Decimal("1234.50")),
        ("12。5", "money", Decimal("12.50")),
        ("¥10/3", "money", Decimal("3.33")),
        ("0.005", "money", Decimal("0.01")),
        ("10/3", "price", Decimal("3.3333")),
        ("-5", "number", -5),
        ("13%", "percent", Decimal("13.00")),
        ("1/3", "quantity", Decimal(1) / Decimal(3)),
        ("", "money", None),
    ],
)
def test_numbers_as_they_are_typed(typed: str, kind: str, value: Any) -> None:
    assert number_typed(typed, kind) == value


@pytest.mark.parametrize("typed", ["abc", "12x", "1/0", "(2", "2)", "1 2"])
def test_what_is_no_number_comes_back_as_text(typed: str) -> None:
    assert number_typed(typed, "quantity") == typed


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("t", date(2026, 11, 22)),
        (".", date(2026, 11, 22)),
        ("。", date(2026, 11, 22)),
        ("+", date(2026, 12, 2)),
        ("-", date(2026, 11, 30)),
        ("+7", date(2026, 11, 29)),
        ("-2", date(2026, 11, 20)),
        ("15", date(2026, 11, 15)),
        ("315", date(2026, 3, 15)),
        ("1115", date(2026, 11, 15)),
        ("3-15", date(2026, 3, 15)),
        ("3/15", date(2026, 3, 15)),
        ("３月１５日", date(2026, 3, 15)),
        ("20270102", date(2027, 1, 2)),
        ("2027-1-2", date(2027, 1, 2)),
        ("", None),
        ("99", "99"),
        ("soon", "soon"),
    ],
)
def test_days_as_they_are_typed(typed: str, day: Any) -> None:
    assert day_typed(typed, TODAY, date(2026, 12, 1)) == day


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("3", date(2026, 3, 1)),
        ("t", date(2026, 11, 1)),
        ("2025-12", date(2025, 12, 1)),
        ("202512", date(2025, 12, 1)),
        ("2025年12月", date(2025, 12, 1)),
        ("December 2025", date(2025, 12, 1)),
        ("2025-12-24", date(2025, 12, 1)),
        ("13", "13"),
        ("soon", "soon"),
        ("", None),
    ],
)
def test_months_as_they_are_typed(typed: str, month: Any) -> None:
    assert month_typed(typed, TODAY) == month


def test_a_month_is_shown_in_words_and_stepped_by_the_arrows(qtbot: Any) -> None:
    editor = shown(MonthEditor(Field("month", _("Month")), lambda: TODAY), qtbot)
    editor.set_value(date(2026, 12, 1))
    assert editor.text() == "December 2026"
    QTest.keyClick(editor, Qt.Key.Key_Up)
    assert (editor.value(), editor.text()) == (date(2027, 1, 1), "January 2027")


def test_numbers_are_copied_plain() -> None:
    assert plain_number(Decimal("1234.50"), "money") == "1234.50"
    assert plain_number(Decimal("12.5000"), "price") == "12.5"
    assert plain_number(7, "quantity") == "7"


def test_an_amount_is_grouped_while_it_is_read_and_plain_while_it_is_edited(qtbot: Any) -> None:
    editor = MoneyEditor(Field("money", _("Amount")))
    editor.set_value(Decimal("1234.50"))
    assert editor.text() == "1,234.50"
    shown(editor, qtbot)
    assert (editor.text(), editor.selectedText()) == ("1234.5", "1234.5")
    assert editor.alignment() & Qt.AlignmentFlag.AlignRight


def test_enter_settles_and_walks_on_and_shift_enter_walks_back(qtbot: Any) -> None:
    editor = shown(NumberEditor(Field("quantity", _("Quantity"))), qtbot)
    walked: list[bool] = []
    editor.walked.connect(walked.append)
    QTest.keyClicks(editor, "12*3")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClick(editor, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert editor.value() == 36
    assert walked == [True, True, False]


def test_escape_brings_the_former_value_back(qtbot: Any) -> None:
    editor = TextEditor(Field("text", _("Name"), length=5))
    editor.set_value("Smile")
    shown(editor, qtbot)
    QTest.keyClicks(editor, "other")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert (editor.text(), editor.value()) == ("Smile", "Smile")


def test_enter_belongs_to_the_input_method_while_it_composes(qtbot: Any) -> None:
    editor = shown(TextEditor(Field("text", _("Name"), length=50)), qtbot)
    walked: list[bool] = []
    editor.walked.connect(walked.append)
    QApplication.sendEvent(editor, QInputMethodEvent("zhong", []))
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert walked == []
    done = QInputMethodEvent("", [])
    done.setCommitString("中")
    QApplication.sendEvent(editor, done)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert (editor.value(), walked) == ("中", [True])


def test_the_arrows_step_a_day_and_pages_a_month(qtbot: Any) -> None:
    editor = DateEditor(Field("day", _("Day")), lambda: TODAY)
    editor.set_value(TODAY)
    shown(editor, qtbot)
    QTest.keyClick(editor, Qt.Key.Key_Up)
    assert editor.value() == date(2026, 11, 23)
    QTest.keyClick(editor, Qt.Key.Key_PageDown)
    assert editor.value() == date(2026, 12, 23)
    QTest.keyClicks(editor, "315")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert (editor.value(), editor.text()) == (date(2026, 3, 15), "2026-03-15")


def test_f4_opens_the_calendar(qtbot: Any) -> None:
    editor = shown(DateEditor(Field("day", _("Day")), lambda: TODAY), qtbot)
    QTest.keyClick(editor, Qt.Key.Key_F4)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_a_choice_is_found_by_its_letters_and_may_be_empty(qtbot: Any) -> None:
    field = Field("choice", _("Size"), choices=SIZES)
    editor = shown(ChoiceEditor(field, lambda: SIZES), qtbot)
    editor.set_value("big")
    QTest.keyClicks(editor, "s")
    assert editor.value() == "small"
    chinese = shown(ChoiceEditor(field, lambda: (("sales", "销售部"), ("quality", "质量部"))), qtbot)
    QTest.keyClicks(chinese, "zl")
    assert chinese.value() == "quality"
    assert [editor.itemData(at) for at in range(editor.count())] == ["", "big", "small"]


def test_a_required_choice_has_no_empty_line(qtbot: Any) -> None:
    editor = ChoiceEditor(Field("choice", _("Size"), choices=SIZES, required=True), lambda: SIZES)
    qtbot.addWidget(editor)
    assert editor.count() == 2


def test_space_ticks_several_choices(qtbot: Any) -> None:
    editor = shown(ChoicesEditor(Field("choices", _("Size"), choices=SIZES)), qtbot)
    editor.set_value("small")
    editor.setCurrentRow(0)
    QTest.keyClick(editor, Qt.Key.Key_Space)
    assert editor.value() == "big,small"


def test_enter_in_a_note_is_a_new_line(qtbot: Any) -> None:
    editor = shown(NoteEditor(), qtbot)
    QTest.keyClicks(editor, "one")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "two")
    editor.settle()
    assert editor.value() == "one\ntwo"


def test_space_ticks_and_enter_walks_on(qtbot: Any) -> None:
    editor = shown(YesNoEditor(), qtbot)
    walked: list[bool] = []
    editor.walked.connect(walked.append)
    QTest.keyClick(editor, Qt.Key.Key_Space)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert (editor.value(), walked) == (True, [True])
