"""The backup page and the status bar: how safe the company is, a copy now, a look inside, the way to a restore."""

import threading
from pathlib import Path
from typing import Any

import pytest
from makers import a_supplier
from office_window import at_work, cells
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from dentalsales.i18n import _
from dentalsales.ui import backup_page, question
from dentalsales.ui.passphrase_dialog import PassphraseDialog
from dentalsales.usecases import back_up, backup_key, settings_desk


@pytest.fixture
def stick(desks: Any, tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    settings_desk.change(desks["manager"], "backup_place", str(tmp_path / "stick"))
    return tmp_path / "stick"


def test_by_keys_alone_a_copy_is_made_looked_into_and_restored(
    desks: Any, stick: Path, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy goes to the stick as well; what was entered since is named before anything is lost."""
    desk = desks["manager"]
    with at_work(desk, tmp_path, qtbot) as window:
        assert window.status.backup.text() == "No backup yet"
        window.status.backup.setFocus()
        QTest.keyClick(window.status.backup, Qt.Key.Key_Return)
        page: Any = window.shell.workspace.current()
        assert isinstance(page, backup_page.BackupPage)
        page.take_focus()
        QTest.keyClick(page.now, Qt.Key.Key_Return)
        assert window.runner.settle()
        assert len(list(stick.glob("*/*.dsbackup"))) == 1
        assert window.status.backup.text() == page.state.text() and "elsewhere" in page.state.text()
        [row] = cells(page.model)
        assert row[2:4] == ["by hand", "here and elsewhere"] and row[5] == "Yes"
        header = page.table.horizontalHeader()
        for column in range(page.model.columnCount()):
            assert header.sectionSize(column) >= page.table.sizeHintForColumn(column)

        a_supplier(desks)
        page.table.setFocus()
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        assert window.runner.settle()
        dialog = page.dialog
        assert dialog.isVisible() and dialog.look.hasFocus()
        assert ["Suppliers", "0", "1", ""] in [[*row[:3], row[3]] for row in cells(dialog.model)]
        assert "Suppliers 1" in dialog.lost.text() and "leave the program" in dialog.lost.text()

        asked, restored = [], []
        monkeypatch.setattr(window.shell, "ask", lambda question, verb, danger=False: asked.append(question) or True)
        window.shell.restore_asked.connect(lambda *copy: restored.append(copy))
        dialog.restore.setFocus()
        QTest.keyClick(dialog.restore, Qt.Key.Key_Return)
        assert "Suppliers 1" in asked[0].format(**{**asked[0].values, "lost": str(page.dialog.lost.text())})
        assert restored == [(page.copies[0].info.path, "")]


def test_only_who_manages_looks_into_a_copy_or_says_where_it_goes(desks: Any, tmp_path: Path, qtbot: Any) -> None:
    back_up.back_up(desks["manager"])
    with at_work(desks["clerk"], tmp_path, qtbot) as window:
        page: Any = window.shell.open_screen("backup")
        assert window.runner.settle()
        for press, said in (
            (page.inside, "Only the sales manager or director restores"),
            (page.place, "Settings are changed by"),
            (page.passphrase, "is chosen by the sales manager"),
        ):
            page.banner.hide()
            press.click()
            assert window.runner.settle()
            assert page.banner.isVisible() and said in page.banner._text.text()


def test_a_copy_under_a_passphrase_asks_for_it_until_it_is_right(
    desks: Any, stick: Path, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desks["manager"]
    backup_key.set_passphrase(desk, "correct horse battery")
    made = back_up.back_up(desk, tmp_path / "other")
    said = []

    def answer(dialog: PassphraseDialog) -> bool:
        said.append(dialog.banner._text.text())
        dialog.passphrase = ("wrong horse battery", "correct horse battery")[len(said) - 1]
        return True

    monkeypatch.setattr(PassphraseDialog, "exec", answer)
    with at_work(desk, tmp_path, qtbot) as window:
        page: Any = window.shell.open_screen("backup")
        page._open(made.path)
        assert window.runner.settle()
        assert said[0] == "" and "does not open this copy" in said[1]
        assert page.dialog.isVisible()
        page.dialog.close()


def test_a_copy_that_cannot_be_made_is_told_in_banner_status_bar_and_message_list(
    desks: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first start of a day makes the daily copy; this time the disk is full."""
    import errno

    desk = desks["manager"]

    def full(*_words: Any, **_more: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("dentalsales.storage.backup.write_backup", full)
    with at_work(desk, tmp_path, qtbot, backs_up=True) as window:
        assert window.runner.settle()
        assert window.status.backup.text() == "The last backup could not be made"
        assert "The disk is full" in window.messages.said[-1].text
        page: Any = window.shell.open_screen("backup")
        assert page.banner.isVisible() and "The disk is full" in page.banner._text.text()
        assert back_up.list_backups(desk.company) == []


def test_the_first_start_of_a_day_makes_its_copy_and_one_a_day_is_enough(
    desks: Any, tmp_path: Path, qtbot: Any
) -> None:
    desk = desks["manager"]
    with at_work(desk, tmp_path, qtbot, backs_up=True) as window:
        assert window.runner.settle()
        assert [info.reason for info in back_up.list_backups(desk.company)] == ["daily"]
        window.shell.backups.look()
        assert window.runner.settle()
        assert len(back_up.list_backups(desk.company)) == 1
        assert window.shell.backups.unchanged


def test_a_second_place_chosen_on_the_page_is_caught_up_at_once(
    desks: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one that cannot be written to is refused in the banner."""
    desk = desks["manager"]
    back_up.back_up(desk)
    (tmp_path / "stick").mkdir()
    chosen = [str(tmp_path / "gone"), str(tmp_path / "stick")]
    monkeypatch.setattr(backup_page.QFileDialog, "getExistingDirectory", lambda *_words: chosen.pop(0))
    with at_work(desk, tmp_path, qtbot, backs_up=True) as window:
        page: Any = window.shell.open_screen("backup")
        page.place.click()
        assert window.runner.settle()
        assert page.banner.isVisible() and "Plug the stick in" in page.banner._text.text()
        page.place.click()
        assert window.runner.settle()
        assert not page.banner.isVisible() and not page._shell.backups.state.missing
        names = {path.name for path in desk.company.backups.glob("*.dsbackup")}
        assert {path.name for path in (tmp_path / "stick").glob("*/*.dsbackup")} == names
        assert {row[3] for row in cells(page.model)} == {"here and elsewhere"}


def test_a_second_place_that_is_typed_is_tried_beside_the_window(
    desks: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share that is gone keeps whoever asks it waiting; the window goes on meanwhile, then says what was found."""
    answers, adopt = threading.Event(), settings_desk.adopt_second_place

    def slowly(*words: Any) -> None:
        assert answers.wait(10)
        adopt(*words)

    monkeypatch.setattr(settings_desk, "adopt_second_place", slowly)
    (tmp_path / "stick").mkdir()
    desk = desks["manager"]
    with at_work(desk, tmp_path, qtbot) as window:
        page: Any = window.shell.open_screen("settings")
        page._drawing.finish()
        (row,) = (one for one in page.rows if one.setting.key == "backup_place")
        for folder, kept in ((tmp_path / "gone", ""), (tmp_path / "stick", str(tmp_path / "stick"))):
            answers.clear()
            row.editor.line.setFocus()
            row.editor.line.setText(str(folder))
            QTest.keyClick(row.editor.line, Qt.Key.Key_Return)
            assert row.editor.line.isReadOnly() and desk.setting("backup_place") == ""
            answers.set()
            assert window.runner.settle()
            assert page.banner.isVisible() is (kept == "") and not row.editor.line.isReadOnly()
            assert row.editor.value() == desk.setting("backup_place") == kept


def test_what_was_restored_is_told_in_a_box_that_enter_closes(qtbot: Any) -> None:
    told: list[Any] = []

    def close() -> None:
        box = QApplication.activeModalWidget()
        (button,) = box.findChildren(QPushButton)
        told.append((button.text(), button.isVisible(), button.isDefault() or button.hasFocus()))
        QTest.keyClick(button, Qt.Key.Key_Return)

    QTimer.singleShot(50, close)
    question.tell_done(_("Restore"), _("Nothing."))
    assert told == [("Close", True, True)]
