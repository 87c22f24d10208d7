"""The backup page: one made by hand is seen at once, whole, here and in the status bar."""

from pathlib import Path
from typing import Any

from office_window import at_work, cells

from dentalsales.usecases import back_up


def test_a_backup_made_by_hand_is_listed_with_nothing_cut_off_and_named_in_the_status_bar(
    desks: Any, tmp_path: Path, qtbot: Any
) -> None:
    company = desks["manager"].company

    def line() -> tuple[str, bool]:
        count = len(back_up.list_backups(company))
        return f"{count} made", count > 0

    with at_work(desks["manager"], tmp_path, qtbot, backup_line=line) as window:
        window.shell.open_screen("backup")
        window.runner.settle()
        page = window.shell.workspace.current()
        assert window.status._backup.text() == "0 made"
        page.now.click()
        window.runner.settle()
        window.runner.settle()
        assert window.status._backup.text() == "1 made"
        [row] = cells(page.model)
        whole, cents = row[1].split(".")
        assert whole.isdecimal() and len(cents) == 2
        header = page.table.horizontalHeader()
        for column in range(page.model.columnCount()):
            assert header.sectionSize(column) >= page.table.sizeHintForColumn(column)
