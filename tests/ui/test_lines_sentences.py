"""Sentences in the lines of a paper, as clauses of a contract: wrapped, whole, written with room around them."""

from pathlib import Path
from typing import Any

from hands import ALT, ENTER, Key, hands_at_work

from dentalsales.ui.editors.note import NoteEditor
from dentalsales.ui.in_slices import any_pending


def test_a_clause_is_typed_in_its_cell_over_several_lines_and_seen_whole(
    desks: Any, tmp_path: Path, qtbot: Any
) -> None:
    with hands_at_work(desks["contract_admin"], tmp_path, qtbot) as hands:
        hands.window.shell.open_new("contract_templates")
        grid = hands.window.shell.workspace.current().body.grids["clauses"].grid
        hands.wait(lambda: not any_pending())
        hands.press(Key.Key_A)  # into the name, where a new record begins
        wording = [name for name, _field in grid.model().fields].index("body")
        before = grid.rowHeight(0)
        grid.go_to(0, wording)
        hands.type("a")
        editor = grid.indexWidget(grid.currentIndex())
        assert isinstance(editor, NoteEditor) and editor.height() > 4 * editor.fontMetrics().lineSpacing()
        hands.press(ENTER, held=ALT)
        hands.type("b")
        hands.press(ENTER)
        assert hands.form.lines("clauses")[0].get("body") == "a\nb"
        assert grid.rowHeight(0) > before
        hands.press(Key.Key_Escape)
        assert grid.columnWidth(wording) == max(map(grid.columnWidth, range(grid.model().columnCount())))
