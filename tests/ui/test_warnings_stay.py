"""What a save or a step warns of stays until it was seen: on the paper, in a message that waits, and in the history."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hands import CTRL, SHIFT, Hands, Key, hands_at_work
from makers import a_customer, a_product, an_order, moved_to, some_stock
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from dentalsales.i18n import Text, _, tr
from dentalsales.ui.lines_model import LinesModel
from dentalsales.ui.matters import in_few_lines, together
from dentalsales.usecases.form import form_from


@pytest.fixture
def hands(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[Hands]:
    with hands_at_work(desks["warehouse"], tmp_path, qtbot) as hands:
        yield hands


def near(desks: Any) -> int:
    """A billed order for which only goods that expire soon are there; return its id."""
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 4, lot="NEAR", expires_in=100)
    return int(moved_to(desks, an_order(desks, customer, (product, 4)), "billed").id or 0)


SAID = "Line 1: lot NEAR expires soon, on 2027-02-28 (100 days left)."


def words(widget: Any) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_the_line_says_so_before_the_goods_leave(desks: Any, hands: Hands) -> None:
    model = LinesModel(form_from(desks["warehouse"], "orders", near(desks), "dispatch"), "lines")
    column = [name for name, _field in model.fields].index("expires_on")
    cell = model.index(0, column)
    assert SAID in cell.data(Qt.ItemDataRole.ToolTipRole) and SAID in cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert model.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole) == SAID
    model.setData(model.index(0, [name for name, _field in model.fields].index("lot_id")), None)
    assert model.caution(0, column) is None


def test_the_warning_of_a_step_stays_on_the_paper_until_it_is_closed(desks: Any, hands: Hands) -> None:
    hands.window.shell.open_form(form_from(desks["warehouse"], "orders", near(desks), "dispatch"))
    form = hands.window.shell.workspace.current_record().widget
    assert form.take("dispatch")
    assert form.banner.isVisible() and SAID in words(form.banner)
    assert not any(SAID in words(toast) for toast in hands.window.messages._toasts)
    form._entered()
    assert form.banner.isVisible()
    hands.window.runner.settle()
    for lines in form.body.grids.values():
        assert lines.bar.height() <= lines.bar.sizeHint().height() + 2, "lines stand under their heading"
    form.toggle_history()
    assert SAID in words(form.side)


def test_a_warning_of_a_step_from_a_list_waits_until_it_is_closed(desks: Any, hands: Hands, clock: Any) -> None:
    from dentalsales.ui.take_from_list import take_from_list

    note = form_from(desks["warehouse"], "orders", near(desks), "dispatch").save().record_id
    assert take_from_list(hands.window.shell, "dispatch_notes", note, "dispatch", hands.window)
    toast = hands.window.messages._toasts[-1]
    assert "CK-" in words(toast) and SAID in words(toast)
    assert toast.stays


def test_many_warnings_are_a_line_for_each_matter_the_newest_first_and_one_key_closes_them(hands: Hands) -> None:
    gift, late = _("Line {line} is a gift: {reason}"), _("{number} leaves without all its certificates.")
    messages = hands.window.messages
    for number in range(1, 31):
        messages.warn(f"SO-{number:02}", [gift.fill(line=number, reason="samples")])
        if number % 10 == 0:
            messages.warn(f"CK-{number}", [late.fill(number=f"CK-{number}")])
    [pile] = [toast for toast in messages._toasts if toast.isVisible()]
    assert pile.stays and pile.text.splitlines() == [
        "CK-30 leaves without all its certificates.  ×3",
        "SO-30: Line 30 is a gift: samples  ×30",
    ]
    for matter in range(9):
        messages.warn(f"SO-{matter}", [f"Matter {matter}."])
    assert len(pile.text.splitlines()) == 6 and pile.text.startswith("SO-8: Matter 8.\nSO-7")
    assert pile.text.endswith("6 more; all are in the list of messages")
    assert len(messages.said) == 42
    hands.window.shell.workspace.current().take_focus()
    hands.press(Key.Key_Escape)
    assert not [toast for toast in messages._toasts if toast.stays]
    messages.warn("SO-1", [gift.fill(line=1, reason="samples")])
    assert messages._toasts[-1].text == "SO-1: Line 1 is a gift: samples"
    hands.press(Key.Key_M, held=CTRL | SHIFT)
    assert messages._toasts == [] and len(messages.said) == 43


def test_a_paper_with_many_warnings_of_one_matter_shows_its_lines_all_the_same(hands: Hands) -> None:
    said = [_("Line {line} is a gift: {reason}").fill(line=line, reason="samples") for line in range(1, 21)]
    assert in_few_lines(said[:3], 5) == [f"Line {line} is a gift: samples" for line in (1, 2, 3)]
    assert in_few_lines([*said, "Another."], 5) == ["Line 1 is a gift: samples  ×20", "Another."]
    told = [("SO-1", Text("Same.")), ("SO-2", said[0]), ("SO-3", Text("Same.")), ("SO-4", said[1])]
    assert together(told) == ["SO-1, SO-3  Same.", "SO-2  Line 1 is a gift: samples", "SO-4  Line 2 is a gift: samples"]
    assert together([(f"SO-{n}", Text("Same.")) for n in range(9)]) == ["SO-0, SO-1, SO-2, SO-3 and 5 others  Same."]


def test_warnings_of_a_step_for_many_are_listed_with_their_papers(desks: Any, hands: Hands) -> None:
    from dentalsales.ui.bulk_dialogs import WARNED, Told
    from dentalsales.usecases import browse, bulk

    form_from(desks["warehouse"], "orders", near(desks), "dispatch").save()
    query = browse.Query("dispatch_notes")
    result = bulk.step_all(desks["warehouse"], query, "dispatch", "", lambda done, total: None)
    assert [(title, str(tr(warning))) for title, warning in result.warned] == [("CK-20261120-001", SAID)]
    told = Told(WARNED, result.warned, hands.window)
    assert told.windowTitle() == "1 warning" and SAID in told.list.item(0).text()
    told.deleteLater()
