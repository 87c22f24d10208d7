"""A record on the screen: entering an order by keyboard, saving, steps, refusals, leaving."""

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from office_forms import ALT, CTRL, ENTER, ESC, SHIFT, Office, in_dialog, working
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPushButton
from shiboken6 import delete
from toy_office import OfficeOrder, new_office, sit_down

from dentalsales.ui.draft_files import draft_folder
from dentalsales.ui.draft_keeper import DraftKeeper, keeper_of
from dentalsales.ui.draft_offer import words_of
from dentalsales.ui.light_list import LightList
from dentalsales.ui.panes import is_inside
from dentalsales.ui.record_form import RecordForm
from dentalsales.ui.step_dialog import StepDialog
from dentalsales.usecases.form import new_form, open_form


@pytest.fixture
def office(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    yield from working(tmp_path, qtbot)


def fill_ten_lines(office: Office) -> None:
    office.type("zhk")
    office.press(ENTER)
    for at in range(10):
        office.type(f"ab{at:02}")
        office.press(ENTER)
        office.type("12")
        office.press(ENTER)


def test_a_new_order_begins_at_its_customer(office: Office) -> None:
    form = office.open(new_form(office.desk, "orders"))
    assert office.focus() is form.body.cells["customer_id"].editor
    assert office.focus().accessibleName() == "Customer, required"


def test_keys_that_come_before_the_fields_are_drawn_are_not_lost(office: Office) -> None:
    office.open(new_form(office.desk, "orders"))
    form = RecordForm(new_form(office.desk, "orders"), office.desk, office.shell, office.window)
    form.resize(office.window.size())
    form.show()
    form.take_focus()
    assert office.focus() is form, "nothing is drawn yet that could take the keys"
    office.type("zhk")
    office.press(ENTER)
    assert form.form.shown("customer_id") == "曾惠口腔"
    assert form.body.grids["lines"].isAncestorOf(office.focus())


def test_what_an_input_method_writes_before_the_fields_are_drawn_is_not_lost(office: Office) -> None:
    office.open(new_form(office.desk, "orders"))
    form = RecordForm(new_form(office.desk, "orders"), office.desk, office.shell, office.window)
    form.show()
    form.take_focus()
    office.compose("", "曾惠")
    assert office.focus() is form.body.cells["customer_id"].editor
    assert office.focus().text() == "曾惠"


def test_enter_goes_from_the_customer_straight_to_the_first_product(office: Office) -> None:
    form = office.open(new_form(office.desk, "orders"))
    office.type("zhk")
    office.press(ENTER)
    assert form.form.shown("customer_id") == "曾惠口腔"
    assert form.body.grids["lines"].grid.currentIndex().row() == 0
    assert form.body.grids["lines"].isAncestorOf(office.focus())


def test_an_order_of_ten_lines_takes_ninety_keys_at_most(office: Office) -> None:
    form = office.open(new_form(office.desk, "orders"))
    fill_ten_lines(office)

    def consent(dialog: StepDialog) -> None:
        dialog.cells[0].editor.setText("Dr Zeng")
        dialog.cells[0].editor.setModified(True)
        office.press(ENTER)

    in_dialog(consent)
    office.press(ENTER, held=CTRL)
    assert 1 + office.pressed <= 90  # Ctrl+N opened the form; the words of the consent are a note
    assert form.form.state.name == "agreed"
    assert form.form.number == "SO-20261122-001"
    with office.desk.reading() as act:
        saved = act.session.get_one(OfficeOrder, form.form.id)
        assert [(line.product_id, line.quantity) for line in saved.lines] == [(at, 12) for at in range(1, 11)]
        assert saved.consent_by == "Dr Zeng"


def test_the_keypad_enter_does_the_same(office: Office) -> None:
    form = office.open(new_form(office.desk, "orders"))
    office.type("zhk")
    office.press(Qt.Key.Key_Enter, held=Qt.KeyboardModifier.KeypadModifier)
    office.type("ab03")
    office.press(Qt.Key.Key_Enter, held=Qt.KeyboardModifier.KeypadModifier)
    office.type("5")
    office.press(Qt.Key.Key_Enter, held=Qt.KeyboardModifier.KeypadModifier)
    assert [(line.get("product_id"), line.get("quantity")) for line in form.form.lines("lines")] == [(4, 5)]


def test_shift_enter_goes_back_through_every_field(office: Office) -> None:
    form = office.open(new_form(office.desk, "orders"))
    office.type("zhk")
    office.press(ENTER)
    office.press(ENTER, held=SHIFT)
    assert office.focus() is form.body.cells["way"].editor
    office.press(ENTER, held=SHIFT)
    assert office.focus() is form.body.cells["ordered_on"].editor


def test_totals_and_facts_follow_the_lines(office: Office, qtbot: Any) -> None:
    form = office.open(new_form(office.desk, "orders"))
    fill_ten_lines(office)
    total = form.body.cells["total"].text
    assert total is not None and total.text() == "1,800.00"
    qtbot.waitUntil(lambda: any(label.text() == "10" for label in form.side.insights.findChildren(type(total))))


def test_saving_an_order_without_a_customer_marks_the_field_and_goes_there(office: Office) -> None:
    form = office.open(new_form(office.desk, "orders"))
    form.body.grids["lines"].grid.begin()
    office.type("ab01")
    office.press(ENTER)
    office.press(Qt.Key.Key_S, held=CTRL)
    assert form.form.is_new
    assert form.banner.isVisible()
    assert form.body.cells["customer_id"].hint.full_text == "Enter “Customer”."
    assert office.focus() is form.body.cells["customer_id"].editor
    assert set(form.body.grids["lines"].model.problems) == {(0, "quantity")}


def test_saving_keeps_the_cursor_and_drops_the_empty_line(office: Office) -> None:
    form = office.open(new_form(office.desk, "orders"))
    fill_ten_lines(office)
    office.press(Qt.Key.Key_S, held=CTRL)
    assert not form.form.is_new and not form.form.is_changed
    assert len(form.form.lines("lines")) == 10


def test_after_the_step_nothing_can_be_typed_and_the_next_one_says_who_takes_it(office: Office, qtbot: Any) -> None:
    form = office.open(new_form(office.desk, "orders", consent_by="Dr Zeng"))
    fill_ten_lines(office)
    in_dialog(lambda dialog: office.press(ENTER))
    office.press(ENTER, held=CTRL)
    assert form.form.state.name == "agreed"
    assert all(cell.editor is None for cell in form.body.cells.values())
    assert form.steps.save is None
    assert form.steps.primary is not None and form.steps.primary.text() == "Bill"
    assert not form.steps.primary.isEnabled()
    assert "Sales manager" in form.steps.primary.toolTip()
    office.window.activateWindow()
    qtbot.waitUntil(lambda: office.focus() is form.body.grids["lines"].grid)
    assert form.banner.isHidden()
    office.press(ENTER, held=CTRL)
    assert form.form.state.name == "agreed"
    assert form.banner.isVisible()
    assert any("Sales manager" in said.text() for said in form.banner.findChildren(QLabel)), "it says whose turn it is"


def test_a_final_step_asks_with_its_verb_and_enter_means_no(office: Office) -> None:
    form = office.open(new_form(office.desk, "orders", consent_by="Dr Zeng"))
    fill_ten_lines(office)
    form.form.take("agree", "", {"consent_by": "Dr Zeng"})
    found: dict[str, Any] = {}

    def look(dialog: StepDialog) -> None:
        found["verb"] = dialog.accept_button.text()
        found["reason"] = dialog.reason is not None and dialog.reason.hasFocus()
        found["question"] = dialog.heading.text()
        dialog.reject()

    in_dialog(look)
    assert form.take("void") is False
    assert found == {"verb": "Void order", "reason": True, "question": "Void order: Order SO-20261122-001"}
    assert form.form.state.name == "agreed"


def test_a_reason_is_demanded_before_the_step(office: Office) -> None:
    form = office.open(new_form(office.desk, "orders", consent_by="Dr Zeng"))
    fill_ten_lines(office)
    form.form.take("agree", "", {"consent_by": "Dr Zeng"})

    def give(dialog: StepDialog) -> None:
        dialog.finish()
        assert dialog.isVisible() and dialog.banner.isVisible()
        assert dialog.reason is not None
        dialog.reason.setPlainText("ordered twice")
        dialog.finish()

    in_dialog(give)
    assert form.take("void") is True
    assert form.form.state.name == "void"
    assert form.form.history()[0].note == "ordered twice"


def test_leaving_a_changed_form_asks_and_keeps_editing_on_escape(office: Office) -> None:
    form = office.open(new_form(office.desk, "orders"))
    office.type("zhk")
    office.press(ENTER)
    asked: list[str] = []

    def look(box: QMessageBox) -> None:
        asked.extend(button.text() for button in box.findChildren(QPushButton))
        box.reject()

    in_dialog(look)
    assert form.can_close() is False
    assert sorted(asked) == ["Don't save", "Keep editing", "Save"]


def test_an_untouched_new_form_leaves_without_a_question(office: Office) -> None:
    form = office.open(new_form(office.desk, "orders"))
    closed: list[bool] = []
    form.closed.connect(lambda: closed.append(True))
    office.press(ESC)
    assert closed == [True]


def test_a_card_shows_its_fields_lines_and_the_papers_that_belong_to_it(office: Office) -> None:
    order = new_form(office.desk, "orders", customer_id=1)
    line = order.add_line("lines")
    line.set("product_id", 1)
    line.set("quantity", 2)
    order.save()
    form = office.open(open_form(office.desk, "clinics", 1))
    assert list(form.body.cells) == ["name", "size", "phone", "discount", "trusted", "tags", "remark", "papers"]
    assert form.body.cells["name"].hint.full_text == "As it stands on the licence."
    assert [form.pages.tabText(at) for at in range(form.pages.count())] == ["Overview", "Orders"]
    office.press(Qt.Key.Key_PageDown, held=CTRL)
    assert form.pages.currentIndex() == 1
    assert office.focus().model().record_id(0) == order.id
    office.press(Qt.Key.Key_PageUp, held=CTRL)
    assert form.pages.currentIndex() == 0


def test_the_list_of_a_card_knows_the_paper_that_was_saved_since(office: Office) -> None:
    form = office.open(open_form(office.desk, "clinics", 1))
    form.pages.setCurrentIndex(1)
    assert form.pages.findChildren(LightList) == []
    order = new_form(office.desk, "orders", customer_id=1)
    line = order.add_line("lines")
    line.set("product_id", 1)
    line.set("quantity", 2)
    order.save()
    office.shell.changed.emit("orders")
    [papers] = [papers for papers in form.pages.findChildren(LightList) if papers.isVisible()]
    assert papers.model().record_id(0) == order.id


def test_a_new_record_has_no_tabs(office: Office) -> None:
    form = office.open(new_form(office.desk, "clinics"))
    assert form.pages.tabBar().isHidden()


def test_a_refused_save_leads_from_a_list_back_to_the_field(office: Office) -> None:
    form = office.open(open_form(office.desk, "clinics", 1))
    form.form.set("name", "")
    form.pages.setCurrentIndex(1)
    form.save()
    assert form.pages.currentIndex() == 0
    assert office.focus() is form.body.cells["name"].editor


def test_f9_shows_the_history(office: Office) -> None:
    form = office.open(new_form(office.desk, "clinics", name="Smile"))
    form.save()
    office.press(Qt.Key.Key_F9)
    assert form.side.history.isVisible()
    office.press(Qt.Key.Key_F9)
    assert not form.side.history.isVisible()


def test_the_lines_are_the_pane_after_the_fields_and_escape_comes_back(office: Office) -> None:
    form = office.open(new_form(office.desk, "orders"))
    fields, lines, *_rest = form.panes()
    assert is_inside(office.focus(), fields[0])
    lines[1]()
    assert office.focus() is form.body.grids["lines"].grid
    office.press(ESC)
    assert office.focus() is form.body.cells["customer_id"].editor


def test_while_the_input_method_composes_enter_moves_nothing(office: Office) -> None:
    form = office.open(new_form(office.desk, "orders"))
    office.compose("zeng")
    office.press(ENTER)
    assert office.focus() is form.body.cells["customer_id"].editor
    assert form.form.get("customer_id") is None
    office.compose("", "曾惠")
    office.press(ENTER)
    assert form.form.shown("customer_id") == "曾惠口腔"
    assert form.body.grids["lines"].isAncestorOf(office.focus())


def test_a_crash_in_the_middle_of_an_order_loses_no_line(office: Office, tmp_path: Path) -> None:
    form = office.open(new_form(office.desk, "orders"))
    fill_ten_lines(office)
    keeper = office.shell.findChild(DraftKeeper)
    assert keeper is not None
    keeper.keep_all()
    assert office.shell.runner.settle()
    later = DraftKeeper(office.desk, keeper.folder)
    (draft,) = later.left_over()
    again = later.restored(draft)
    assert again.shown("customer_id") == "曾惠口腔"
    assert [line.get("quantity") for line in again.lines("lines")] == [12] * 10
    assert again.is_changed
    form.save()
    assert later.left_over() == []


def test_two_drafts_of_an_offer_are_told_apart_by_customer_lines_and_moment(office: Office) -> None:
    keeper = office.shell.findChild(DraftKeeper) or keeper_of(office.shell, office.desk)
    for customer, lines in ((1, 2), (2, 3)):
        form = new_form(office.desk, "orders", customer_id=customer)
        for _line in range(lines):
            form.add_line("lines").set("quantity", 1)
        keeper.watch(form)
    keeper.keep_all()
    assert office.shell.runner.settle()
    offered = [words_of(draft) for draft in DraftKeeper(office.desk, keeper.folder).left_over()]
    assert sorted(words.split("  ")[:2] for words in offered) == [
        ["New order · 康美齿科门诊部", "3 lines"],
        ["New order · 曾惠口腔", "2 lines"],
    ]


def test_a_new_company_in_the_same_folder_is_offered_nothing_of_the_old_one(tmp_path: Path) -> None:
    def drafts_of_company() -> Path:
        company = new_office(tmp_path / "company")
        try:
            folder = draft_folder(sit_down(company, "clerk", "clerk"))
            assert draft_folder(sit_down(company, "clerk", "clerk")) == folder, (
                "the same company finds its drafts again"
            )
            return folder
        finally:
            company.close()

    first = drafts_of_company()
    rmtree(tmp_path / "company")
    assert drafts_of_company() != first


def test_keeping_drafts_goes_on_after_a_changed_form_was_closed_without_a_question(office: Office) -> None:
    form = new_form(office.desk, "orders", customer_id=1)
    widget = office.open(form)
    form.set("remark", "by noon")
    keeper = office.shell.findChild(DraftKeeper)
    delete(widget)
    keeper.keep_all()
    assert office.shell.runner.settle()
    other = office.open(form)
    keeper.keep_all()
    assert office.shell.runner.settle()
    assert [draft.snapshot for draft in DraftKeeper(office.desk, keeper.folder).left_over()] == [form.snapshot()]
    other.leave()


@pytest.mark.parametrize("key", [Qt.Key.Key_S, ENTER])
def test_saving_says_what_to_do_with_words_that_match_nothing(office: Office, key: Qt.Key) -> None:
    widget = office.open(new_form(office.desk, "orders", customer_id=1))
    widget.body.grids["lines"].grid.begin()
    office.type("qqqq")
    office.press(key, held=CTRL)
    said = next(each.text() for each in widget.banner.findChildren(QLabel) if "qqqq" in each.text())
    assert said.endswith("Choose an entry or clear the field.") and widget.banner.isVisible()
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit) and focused.text() == "qqqq"
    assert widget.form.is_new
    office.press(Qt.Key.Key_Backspace)
    assert widget.banner.isHidden(), "it spoke of words that are gone"
    office.press(key, held=CTRL)
    assert widget.banner.isVisible()
    office.press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert widget.banner.isHidden()


def test_alt_down_opens_the_picker(office: Office) -> None:
    form = office.open(new_form(office.desk, "orders"))

    def choose(dialog: Any) -> None:
        office.press(Qt.Key.Key_Down)
        office.press(ENTER)

    in_dialog(choose)
    office.press(Qt.Key.Key_Down, held=ALT)
    assert form.form.get("customer_id") is not None
