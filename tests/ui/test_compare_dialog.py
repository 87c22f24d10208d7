"""Two people saved one record: both values are seen in the window, either is taken by keys, and nothing is lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from office_forms import CTRL, ENTER, ESC, Office, in_dialog, working
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from toy_office import sit_down

from dentalsales.ui.compare_dialog import CompareDialog
from dentalsales.ui.compare_table import NAMES
from dentalsales.ui.record_form import RecordForm
from dentalsales.usecases.form import Form, new_form, open_form

LEFT, RIGHT, UP, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down


@pytest.fixture
def office(tmp_path: Path, qtbot: Any) -> Iterator[Office]:
    yield from working(tmp_path, qtbot)


def rows(dialog: CompareDialog) -> list[list[str]]:
    model = dialog.table.model()
    return [[model.index(row, at).data() for at in range(len(NAMES))] for row in range(model.rowCount())]


def a_contested_clinic(office: Office) -> tuple[RecordForm, Form]:
    """A clinic whose phone both changed, here the remark too, there the size."""
    clinic = new_form(office.desk, "clinics", name="Smile", phone="100").save().record_id
    form = office.open(open_form(office.desk, "clinics", clinic))
    other = open_form(sit_down(office.desk.company, "wang", "clerk"), "clinics", clinic)
    for name, value in {"phone": "111", "size": "big"}.items():
        other.set(name, value)
    other.save()
    form.body.cells["phone"].focus()
    QTest.keyClick(office.focus(), Qt.Key.Key_A, CTRL)
    office.type("222")
    form.body.cells["remark"].focus()
    office.type("call first")
    return form, other


def keys(*pressed: Any) -> None:
    for key in pressed:
        QTest.keyClick(QApplication.focusWidget(), key)


def test_both_values_are_seen_and_mine_is_saved_upon_theirs(office: Office) -> None:
    form, other = a_contested_clinic(office)
    seen: list[Any] = []

    def choose(dialog: CompareDialog) -> None:
        seen.extend(rows(dialog))
        keys(ENTER)
        seen.append((dialog.isVisible(), dialog.banner.isVisible()))
        keys(LEFT, ENTER)

    in_dialog(choose)
    form.save()
    when = "wang, 10:00"
    assert seen == [
        ["Theirs", "Size", "—", "—", "Big", when],
        ["To decide", "Phone", "100", "222", "111", when],
        ["Mine", "Remark", "—", "call first", "—", ""],
        (True, True),
    ], "Enter goes nowhere while something is to be decided"
    saved = open_form(office.desk, "clinics", form.form.id or 0)
    assert [saved.get(name) for name in ("size", "phone", "remark")] == ["big", "222", "call first"]
    assert saved.version == other.version + 1 and not form.form.is_changed


def test_what_was_typed_stays_when_the_clerk_goes_on_editing(office: Office) -> None:
    form, _other = a_contested_clinic(office)
    in_dialog(lambda dialog: keys(ESC))
    assert form.save() is False
    assert (form.form.get("phone"), form.form.get("remark")) == ("222", "call first")
    assert form.banner.isVisible() and open_form(office.desk, "clinics", form.form.id or 0).get("phone") == "111"


def test_save_and_close_closes_once_the_conflict_is_settled(office: Office) -> None:
    form, other = a_contested_clinic(office)

    def save_and(answer: Any) -> None:
        def say(question: Any) -> None:
            in_dialog(answer)
            keys(ENTER)

        in_dialog(say)

    save_and(lambda dialog: keys(ESC))
    assert form.can_close() is False, "Esc goes back to the form"
    save_and(lambda dialog: keys(LEFT, ENTER))
    assert form.can_close() is True
    assert not form.form.is_changed and form.form.version == other.version + 1


def test_all_theirs_is_one_key_and_what_was_typed_can_still_be_read(office: Office) -> None:
    form, other = a_contested_clinic(office)

    def choose(dialog: CompareDialog) -> None:
        QTest.keyClick(QApplication.focusWidget(), RIGHT, CTRL)
        keys(ENTER)

    in_dialog(choose)
    form.save()
    assert not form.form.is_changed and form.form.version == other.version
    assert (form.form.get("phone"), form.form.get("remark")) == ("111", "")
    assert (
        "Phone: 222" in office.shell.messages.said[-1].text
        and "Remark: call first" in office.shell.messages.said[-1].text
    )


def test_a_paper_that_was_moved_on_is_shown_and_its_next_steps_are_named(office: Office) -> None:
    order = new_form(office.desk, "orders", customer_id=1)
    line = order.add_line("lines")
    line.set("product_id", 1)
    line.set("quantity", 2)
    order.save()
    form = office.open(open_form(office.desk, "orders", order.id or 0))
    other = open_form(sit_down(office.desk.company, "wang", "clerk"), "orders", order.id or 0)
    other.take("agree", asked={"consent_by": "Dr Li"})
    form.body.cells["remark"].focus()
    office.type("on Friday")
    told: list[str] = []

    def look(dialog: CompareDialog) -> None:
        told.extend(dialog.told.text().splitlines())
        keys(LEFT, ENTER)

    in_dialog(look)
    form.save()
    assert told[0] == "Record consent → Agreed: wang, 10:00"
    assert told[1:] == [
        "In the state “Agreed” it can't be changed.",
        "What you can still do: Void order. Your entries stay in the messages.",
    ]
    assert form.form.state is not None and form.form.state.name == "agreed"
    assert "Remark: on Friday" in office.shell.messages.said[-1].text and form.banner.isVisible()


def test_a_save_that_had_arrived_though_nobody_was_told_asks_nothing(office: Office) -> None:
    form, other = a_contested_clinic(office)
    form.form.set("size", "big")
    other.set("phone", "222")
    other.set("remark", "call first")
    other.save()
    assert form.save()
    assert not form.form.is_changed and form.form.version == other.version and not form.banner.isVisible()
    assert office.shell.messages.said[-1].text == "Clinic Smile saved."
