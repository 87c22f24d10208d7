"""Keys are the employee's own: changed by pressing new ones, refused when taken, the same in sheet and tooltip."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hands import CTRL, ENTER, NONE, SHIFT, Hands, Key, hands_at_work
from makers import a_customer, a_product, an_order
from office_window import at_work
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.ui import actions, key_map, theme
from dentalsales.ui.key_map import KeyMap
from dentalsales.ui.key_sheet import KeySheet
from dentalsales.usecases import personal

UI = Path(__file__).parents[2] / "src" / "dentalsales" / "ui"


@pytest.fixture
def hands(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[Hands]:
    with hands_at_work(desks["clerk"], tmp_path, qtbot) as hands:
        yield hands
    key_map.use(Nothing())


class Nothing:
    """Preferences in which nobody chose anything."""

    def get(self, key: str, default: Any = None) -> Any:
        return default

    def keep(self, key: str, value: Any) -> None:
        """Forget it."""


def settings_of(hands: Hands) -> Any:
    page = hands.window.shell.open_screen("settings")
    hands.window.runner.settle()
    return page


def give(hands: Hands, page: Any, name: str, key: Any, held: Any) -> None:
    """Choose an act in the settings and press its new keys."""
    page.keys.rows[name].keys.setFocus()
    hands.press(ENTER)
    hands.press(key, held=held)


def test_new_keys_hold_at_once_everywhere_and_the_next_time(
    desks: Any, hands: Hands, tmp_path: Path, qtbot: Any
) -> None:
    page = settings_of(hands)
    give(hands, page, "new", Key.Key_G, CTRL | SHIFT)
    assert page.keys.rows["new"].keys.text() == "Ctrl+Shift+G"
    assert "Ctrl+Shift+G" in hands.window.top.new.toolTip()
    sheet = KeySheet(hands.window)
    assert "Ctrl+Shift+G" in [cap.text() for cap in sheet.findChildren(QLabel)]
    hands.window.shell.open_list("customers")
    hands.window.runner.settle()
    hands.press(Key.Key_N, held=CTRL)
    assert hands.window.shell.workspace.current_record() is None
    hands.press(Key.Key_G, held=CTRL | SHIFT)
    hands.wait(lambda: hands.window.shell.workspace.current_record() is not None)
    hands.window.runner.settle()
    assert personal.read(desks["clerk"])["keys"] == {"new": "Ctrl+Shift+G"}
    with at_work(desks["clerk2"], tmp_path / "second", qtbot):
        assert list(key_map.current().chords("new")) == ["Ctrl+N"]


def test_keys_that_are_taken_are_refused_with_the_name_of_the_other(hands: Hands) -> None:
    page = settings_of(hands)
    give(hands, page, "new", Key.Key_K, CTRL)
    assert page.keys.rows["new"].keys.text() == "Ctrl+N"
    assert "Search everything" in page.keys.banner.accessibleName()
    give(hands, page, "new", Key.Key_4, CTRL)
    assert "Screens by their number" in page.keys.banner.accessibleName()
    give(hands, page, "new", Key.Key_A, NONE)
    assert page.keys.rows["new"].keys.text() == "Ctrl+N" and "typing" in page.keys.banner.accessibleName()


def test_escape_keeps_the_old_keys_and_reset_brings_those_of_the_program(hands: Hands) -> None:
    page = settings_of(hands)
    give(hands, page, "history", Key.Key_Escape, NONE)
    assert page.keys.rows["history"].keys.text() == "F9"
    give(hands, page, "history", Key.Key_F8, NONE)
    assert page.keys.rows["history"].keys.text() == "F8"
    page.keys.rows["history"].back.click()
    assert page.keys.rows["history"].keys.text() == "F9" and list(key_map.current().chords("history")) == ["F9"]


def test_no_chord_of_the_table_means_two_things() -> None:
    chords = [chord for action in actions.ACTIONS for chord in action.keys]
    assert len(chords) == len(set(chords))
    with pytest.raises(RuleBroken):
        KeyMap().change("save", "Ctrl+K")


def test_shortcuts_are_made_from_the_table_only() -> None:
    made = re.compile(r"QShortcut\(|\.setShortcut\(")
    found = {path.name for path in UI.rglob("*.py") if made.search(path.read_text(encoding="utf-8"))}
    assert found <= {
        "key_map.py",
        "page.py",
        "lines_grid.py",
        "pick_dialog.py",
        "print_preview.py",
        "attachment_preview.py",
        "field_cell.py",
        "message_dialog.py",
        "register_page.py",
    }


def test_while_a_word_is_composed_only_keys_with_ctrl_or_alt_are_shortcuts(desks: Any, hands: Hands) -> None:
    customer, product = a_customer(desks), a_product(desks)
    hands.window.shell.open_record("orders", an_order(desks, customer, (product, 2)).id)
    hands.window.runner.settle()
    tab = hands.window.shell.workspace.current_record()
    assert tab is not None
    side: Any = tab.widget.side
    field = tab.widget.body.cells["contact"].editor
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent("wang", []))
    hands.press(Key.Key_F9)
    hands.press(Key.Key_F6)
    assert not side.history_shown and QApplication.focusWidget() is field
    done = QInputMethodEvent("", [])
    done.setCommitString("王")
    QApplication.sendEvent(field, done)
    hands.press(Key.Key_F9)
    assert side.history_shown


def test_enter_goes_down_for_those_who_want_it(desks: Any, hands: Hands) -> None:
    page = settings_of(hands)
    box = page.own.boxes["enter_goes"]
    box.setFocus()
    hands.press(Key.Key_Down)
    box.activated.emit(box.currentIndex())
    customer, one, two = a_customer(desks), a_product(desks), a_product(desks, "手套", code="GL")
    hands.window.shell.open_record("orders", an_order(desks, customer, (one, 2), (two, 3)).id)
    hands.window.runner.settle()
    tab = hands.window.shell.workspace.current_record()
    assert tab is not None
    grid: Any = tab.widget.body.grids["lines"].grid
    column = next(at for at, (name, _field) in enumerate(grid._model.fields) if name == "quantity")
    grid.go_to(0, column)
    hands.type("7")
    hands.press(ENTER)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, column)
    page.own._choose("enter_goes", "onwards")


def test_the_own_look_is_kept_for_the_employee_on_any_machine(
    desks: Any, hands: Hands, tmp_path: Path, qtbot: Any
) -> None:
    settings_of(hands)
    hands.window.choose_look("scheme", "dark")
    hands.window.choose_look("density", "compact")
    hands.press(Key.Key_Equal, held=CTRL)
    assert (theme.current().name, theme.current().density, theme.current().percent) == ("dark", "compact", 110)
    hands.window.runner.settle()
    with at_work(desks["clerk2"], tmp_path / "other", qtbot):
        assert theme.current().name == "light"
    with at_work(desks["clerk2"], tmp_path, qtbot):  # at the same machine, after her
        assert (theme.current().name, theme.current().density, theme.current().percent) == ("light", "standard", 100)
    with at_work(desks["clerk"], tmp_path / "third", qtbot):
        assert (theme.current().name, theme.current().density, theme.current().percent) == ("dark", "compact", 110)


def test_a_chord_in_words_is_what_qt_understands() -> None:
    for action in actions.ACTIONS:
        for chord in () if action.fixed else action.keys:
            assert QKeySequence(chord).toString(QKeySequence.SequenceFormat.PortableText) == chord
