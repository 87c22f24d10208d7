"""The company goes to a server through the window, by keys alone, and the next start knows where it is."""

from contextlib import closing
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from makers import saved
from office_window import at_work, cells
from postgres_server import PostgresServer
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox
from server_hands import type_into, whoever_sees

from dentalsales import app
from dentalsales.app.moving import move_in_window
from dentalsales.app.places import Elsewhere
from dentalsales.storage import move as storage_move
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.storage.refusals import CompanyMoved
from dentalsales.storage.server_address import ServerAddress
from dentalsales.ui.moved_dialog import MovedDialog
from dentalsales.ui.screens import screens_of
from dentalsales.ui.work_dialog import WorkDialog
from dentalsales.usecases.server_place import words_of

_names = count(1)


@pytest.fixture
def address(postgres: PostgresServer) -> ServerAddress:
    """An empty database."""
    name = f"page_{next(_names)}"
    postgres.run(f"CREATE DATABASE {name}")
    return ServerAddress.parse(postgres.url(name))


def test_by_keys_alone_a_manager_moves_the_company_and_sees_what_was_compared(
    desks: Any, address: ServerAddress, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dentalsales.app.companies.user_folder", lambda kind: tmp_path / "own")
    manager = desks["manager"]
    assert "server" not in [screen.key for screen in screens_of(desks["clerk"])]
    saved(manager, "suppliers", name="登士柏", phone="1", address="1")
    asked: list[Any] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: box.defaultButton().click())
    with at_work(manager, tmp_path, qtbot) as window:
        page: Any = window.shell.open_screen("server")
        window.shell.move_asked.connect(asked.append)
        fields = page.fields
        assert fields.lines["server"].hasFocus() and fields.ways["verify-full"].isChecked()
        assert not fields.ways["disable"].isEnabled() and not page.move_over.isEnabled()
        type_into(fields, address)
        fields.lines["database"].setFocus()
        QTest.keyClicks(fields.lines["database"], "x")
        QTest.keyClick(fields.lines["database"], Qt.Key.Key_Return)
        assert fields.stop.isVisible() and window.runner.settle()
        assert "There is no database" in fields.banner.accessibleName() and not page.move_over.isEnabled()
        QTest.keyClick(fields.lines["database"], Qt.Key.Key_Backspace)
        assert not fields.banner.isVisible()
        QTest.keyClick(fields.lines["database"], Qt.Key.Key_Return)
        assert window.runner.settle()
        assert "empty and fit for a company" in fields.banner.accessibleName()
        assert page.move_over.hasFocus() and not page.work_there.isEnabled()
        QTest.keyClick(page.move_over, Qt.Key.Key_Return)
        QTest.keyClicks(fields.lines["server"], ".elsewhere")
        assert not page.move_over.isEnabled() and fields.ways["verify-full"].isChecked(), "never unprotected elsewhere"
    [words] = asked
    shown: list[Any] = []

    def read(dialog: MovedDialog) -> None:
        shown.extend([cells(dialog.model), [one.text() for one in dialog.findChildren(QLabel)]])
        QTest.keyClick(dialog.go_on, Qt.Key.Key_Return)

    folder = manager.company.folder
    with whoever_sees({MovedDialog: read}):
        there = move_in_window(manager, words)
    assert isinstance(there, Elsewhere) and there.place == address
    rows, sentences = shown
    assert ["Suppliers", "1"] in [row[:2] for row in rows] and all(row[1] != "0" for row in rows)
    assert any("all alike here and there" in one for one in sentences)
    assert list((folder / "backups").glob("*.dsbackup")), "a backup came first"
    manager.company.close()
    with pytest.raises(CompanyMoved) as moved:
        FolderCompany.open(folder, app.metadata())
    assert moved.value.address == address.written
    with closing(app.open_company(address)) as opened:
        assert opened.place == str(address)


def test_a_move_that_is_stopped_leaves_the_company_where_it_was(
    desks: Any, address: ServerAddress, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dentalsales.app.companies.user_folder", lambda kind: tmp_path / "own")
    copy = storage_move.copy_tables

    def watched(source: Any, target: Any, metadata: Any, progress: Any) -> Any:
        def step(done: int, total: int) -> None:
            stopped.wait(20)
            progress(done, total)

        return copy(source, target, metadata, step)

    stopped = Event()
    monkeypatch.setattr(storage_move, "copy_tables", watched)

    def stop(dialog: WorkDialog) -> None:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible() and "taken back" in dialog.words.text()
        stopped.set()

    with whoever_sees({WorkDialog: stop}):
        assert move_in_window(desks["manager"], words_of(address)) is None
    saved(desks["manager"], "suppliers", name="登士柏", phone="1", address="1")
