"""Choosing another record: by code, name or initials, from the picker, or made in place."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from office_forms import CTRL, ENTER, ESC, SHIFT, Office, in_dialog, working
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from dentalsales.ui.background import Runner
from dentalsales.ui.editors.link import LinkEditor
from dentalsales.ui.link_choices import LinkChoices
from dentalsales.ui.link_dialogs import FormDialogs
from dentalsales.usecases.form import new_form
from dentalsales.usecases.search_memory import index_of


@pytest.fixture
def office(tmp_path: Path, qtbot: Any) -> Iterator[Office]:
    yield from working(tmp_path, qtbot)


@pytest.fixture
def link(office: Office) -> LinkEditor:
    form = new_form(office.desk, "orders")
    field = form.fields()["customer_id"]
    editor = LinkEditor(LinkChoices(office.desk, field, form, "customer_id"))
    editor.setFixedWidth(300)
    editor.link_dialogs = FormDialogs()  # type: ignore[attr-defined]
    office.show(editor)
    return editor


@pytest.mark.parametrize("typed", ["zhkq", "chkq", "曾", "zenghui"])
def test_initials_pinyin_of_any_reading_and_characters_find_it(office: Office, link: LinkEditor, typed: str) -> None:
    walked: list[bool] = []
    link.walked.connect(walked.append)
    link.setText(typed)
    link.setModified(True)
    office.press(ENTER)
    assert (link.value(), link.text(), walked) == (1, "曾惠口腔", [True])


def test_arrows_choose_another_suggestion(office: Office, link: LinkEditor, qtbot: Any) -> None:
    office.type("k")
    qtbot.waitUntil(link.list_open)
    office.press(Qt.Key.Key_Down, ENTER)
    assert link.value() is not None
    assert not link.list_open()


def test_escape_closes_the_list_and_brings_the_former_record_back(office: Office, link: LinkEditor, qtbot: Any) -> None:
    link.set_value(1, "曾惠口腔")
    office.type("kang")
    qtbot.waitUntil(link.list_open)
    office.press(ESC)
    assert (link.value(), link.text()) == (1, "曾惠口腔")


def test_leaving_with_tab_takes_the_match(office: Office, link: LinkEditor) -> None:
    office.type("kangmei")
    link.clearFocus()
    assert link.text() == "康美齿科门诊部"


def test_leaving_with_text_that_matches_nothing_keeps_the_former_record(office: Office, link: LinkEditor) -> None:
    link.set_value(1, "曾惠口腔")
    office.type("qqqq")
    link.clearFocus()
    assert (link.value(), link.text()) == (1, "曾惠口腔")


def test_emptying_it_and_enter_takes_the_link_away(office: Office, link: LinkEditor) -> None:
    link.set_value(1, "曾惠口腔")
    link.selectAll()
    office.press(Qt.Key.Key_Delete, ENTER)
    assert link.value() is None


def test_enter_on_what_matches_nothing_makes_no_record_and_keeps_what_was_typed(
    office: Office, link: LinkEditor
) -> None:
    for _again in range(3):
        office.type("Pearl")
        office.press(ENTER)
    assert (link.text(), link.value(), link.list_open()) == ("Pearl" * 3, None, True)
    assert QApplication.activeModalWidget() is None


def test_a_record_without_match_is_made_in_place(office: Office, link: LinkEditor, qtbot: Any) -> None:
    def fill(dialog: Any) -> None:
        assert dialog.cells[0].editor.text() == "Pearl Dental"
        dialog.finish()

    office.type("Pearl Dental")
    qtbot.waitUntil(link.list_open)
    office.press(Qt.Key.Key_Down)
    in_dialog(fill)
    office.press(ENTER)
    assert link.text() == "Pearl Dental"
    assert link.value() == 4


def test_leaving_the_new_record_keeps_what_was_typed(office: Office, link: LinkEditor) -> None:
    office.type("Pearl Dental")
    in_dialog(lambda dialog: dialog.reject())
    office.press(Qt.Key.Key_N, held=CTRL | SHIFT)
    assert (link.text(), link.value()) == ("Pearl Dental", None)


def test_f7_opens_the_whole_list_with_its_search(office: Office, link: LinkEditor, qtbot: Any) -> None:
    def choose(dialog: Any) -> None:
        office.type("bright")
        office.press(ENTER)

    in_dialog(choose)
    office.press(Qt.Key.Key_F7)
    assert link.text() == "Bright Smile"


def test_ctrl_shift_n_makes_a_new_record_at_once(office: Office, link: LinkEditor) -> None:
    def fill(dialog: Any) -> None:
        office.type("Pearl")
        office.press(ENTER)

    in_dialog(fill)
    office.press(Qt.Key.Key_N, held=CTRL | SHIFT)
    assert link.text() == "Pearl"


def test_nobody_is_offered_a_new_record_he_may_not_make(office: Office) -> None:
    form = new_form(office.desk, "orders")
    choices = LinkChoices(office.desk, form.line_fields("lines")["product_id"], form, None)
    assert choices.may_create is False
    assert choices.suggest("ab01")[0].title == "AB01 藻酸盐印模材"


def test_entering_the_field_holds_its_words_in_memory_before_the_first_letter(office: Office, link: LinkEditor) -> None:
    link.clearFocus()
    link.runner = Runner(link)  # type: ignore[attr-defined]
    link.setFocus()
    assert link.runner.settle()  # type: ignore[attr-defined]
    customers = office.desk.business.register_of_table("office_clinic")
    assert index_of(office.desk, customers) is not None
