"""A company is moved from its folder to a server and back: nothing is lost, and nobody goes on in the old place."""

import os
import shutil
import signal
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from company_tables import company_metadata
from postgres_server import PostgresServer
from sqlalchemy import inspect, select, text

from dentalsales.blueprint.house_records import Employee, History
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import tr
from dentalsales.storage import server_others, table_copy
from dentalsales.storage.backup import figures
from dentalsales.storage.engine import sqlite_module
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.storage.move import move_to_folder, move_to_server
from dentalsales.storage.refusals import CompanyMoved
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_company import ServerCompany

_names = count(1)


@pytest.fixture
def address(postgres: PostgresServer) -> ServerAddress:
    """An empty database."""
    name = f"moved_{next(_names)}"
    postgres.run(f"CREATE DATABASE {name}")
    return ServerAddress.parse(postgres.url(name))


@pytest.fixture
def local(template: Path, tmp_path: Path) -> Path:
    """The folder of a closed company."""
    return Path(shutil.copytree(template, tmp_path / "company"))


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def in_file(folder: Path) -> Any:
    """The figures of the program's own tables."""
    with closing(sqlite_module().connect(str(folder / "company.db"))) as raw:
        found = figures(raw)
    own = {*company_metadata().tables, "alembic_version"}
    return found | {"counts": {table: rows for table, rows in found["counts"].items() if table in own}}


def test_a_sample_company_goes_to_a_server_and_comes_back_as_it_was(
    sample: Path, address: ServerAddress, tmp_path: Path
) -> None:
    folder, back, metadata = tmp_path / "office", tmp_path / "back", company_metadata()
    shutil.copytree(sample, folder)
    company = FolderCompany.open(folder, metadata)
    note = tmp_path / "签收单.pdf"
    note.write_bytes(b"signed")
    kept, before, told = company.files.keep(note), in_file(folder), []
    moved = move_to_server(company, address, tmp_path / "own", metadata, lambda *step: told.append(step))
    company.close()
    assert moved.files == 2 and moved.rows > 10_000 and told[-1] == (2 * moved.rows, 2 * moved.rows)
    assert {one.table: one.rows for one in moved.tables} | {"alembic_version": 1} == before["counts"]
    with pytest.raises(CompanyMoved, match="was moved to") as refused:
        FolderCompany.open(folder, metadata)
    assert str(address) in tr(refused.value.text)
    FolderCompany.open(folder, metadata, read_only=True).close()

    there = ServerCompany.open(address, tmp_path / "own", metadata)
    assert there.files.open_copy(kept.sha256, kept.name).read_bytes() == b"signed"
    with there.writing() as session:  # ids go on behind those that came
        session.add(Employee(login="new", name="new", roles="clerk", search_text="new"))
    move_to_folder(there, back, metadata, silent)
    with pytest.raises(RuleBroken, match="moved away from the server"), there.writing() as session:
        session.execute(text("UPDATE history_head SET count = count"))
    there.close()
    after = in_file(back)
    assert after["counts"].pop("employee") == before["counts"].pop("employee") + 1
    assert after == before
    with closing(FolderCompany.open(back, metadata)) as opened:
        assert kept.sha256 in set(opened.files.hashes()) and len(list(opened.files.hashes())) == 2


def test_what_is_stopped_or_arrives_otherwise_leaves_both_as_they_were(
    local: Path, address: ServerAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata = company_metadata()
    company = FolderCompany.open(local, metadata)

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        move_to_server(company, address, tmp_path / "own", metadata, stop)
    honest = table_copy.facts_of

    def one_less(*words: Any) -> Any:
        found = honest(*words)
        return table_copy.TableFacts(found.table, found.rows - (found.table == "employee"), found.totals, found.sha256)

    with monkeypatch.context() as patch, pytest.raises(RuleBroken, match="employee did not arrive as it was sent"):
        patch.setattr(table_copy, "facts_of", one_less)
        move_to_server(company, address, tmp_path / "own", metadata, silent)
    company.close()
    FolderCompany.open(local, metadata).close()
    empty = ServerCompany(address, tmp_path / "own", metadata)
    assert inspect(empty.engine).get_table_names() == []
    empty.close()


def test_a_server_is_not_left_while_others_work_there(
    local: Path, address: ServerAddress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata = company_metadata()
    with closing(FolderCompany.open(local, metadata)) as company:
        move_to_server(company, address, tmp_path / "own", metadata, silent)
    there, other = (ServerCompany.open(address, tmp_path / name, metadata) for name in ("one", "two"))
    with other.reading() as session:
        assert session.scalars(select(History.id)).all() == []
    monkeypatch.setattr(server_others, "LEAVING_SECONDS", 0.1)
    with pytest.raises(RuleBroken, match="Have everybody close the program"):
        move_to_folder(there, tmp_path / "back", metadata, silent)
    assert not (tmp_path / "back" / "company.db").exists()
    other.close()
    monkeypatch.undo()
    move_to_folder(there, tmp_path / "back", metadata, silent)
    there.close()


def die(*_words: Any) -> Any:
    """What a power cut does to a program."""
    os.kill(os.getpid(), signal.SIGKILL)


class DeadlyFolder(type(Path())):  # type: ignore[misc]
    """This PC's own folder for the server: it is made when the server has kept everything."""

    def mkdir(self, *_words: Any, **_more: Any) -> None:
        die()


class DeadlyAddress(ServerAddress):
    """An address that kills whoever asks for it once the folder says that a move began: before the server keeps it."""

    folder: Path

    @property
    def database(self) -> str:
        return str(super().database) if not (self.folder / "moving.json").exists() else str(die())


def killed(act: Callable[[], Any]) -> None:
    """Let another process do it, and be killed at it."""
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            act()
        os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


@pytest.mark.skipif(not hasattr(os, "fork"), reason="not run: this system cannot fork a loaded program")
def test_a_move_that_is_killed_on_either_side_of_the_servers_commit_leaves_one_company_to_work_in(
    local: Path, address: ServerAddress, postgres: PostgresServer, tmp_path: Path
) -> None:
    """The next start asks the server how it ended; without an answer the folder is only read."""
    metadata, own, back = company_metadata(), tmp_path / "own", tmp_path / "back"
    with closing(FolderCompany.open(local, metadata)) as company, company.writing() as session:
        session.add(History(register="customers", record_id=1, step="x", at=datetime(2026, 11, 20, tzinfo=UTC)))

    def move(to: ServerAddress, into: Path) -> None:
        move_to_server(FolderCompany.open(local, metadata), to, into, metadata, silent)

    deadly = DeadlyAddress(address.url)
    object.__setattr__(deadly, "folder", local)
    killed(lambda: move(deadly, own))
    assert (local / "moving.json").exists()
    FolderCompany.open(local, metadata).close()
    assert not (local / "moving.json").exists(), "the server keeps nothing, so the company is here"

    killed(lambda: move(address, DeadlyFolder(own)))
    postgres.run(f"ALTER DATABASE {address.database} ALLOW_CONNECTIONS false")
    with pytest.raises(
        CompanyMoved, match="was cut off, and only the server knows .* until then it can only be read"
    ) as unknown:
        FolderCompany.open(local, metadata)
    assert unknown.value.address == address.written, "where to go on, once it answers"
    FolderCompany.open(local, metadata, read_only=True).close()
    postgres.run(f"ALTER DATABASE {address.database} ALLOW_CONNECTIONS true")
    with pytest.raises(CompanyMoved, match="was moved to"):
        FolderCompany.open(local, metadata)
    assert not (local / "moving.json").exists() and (local / "moved-to.json").exists()

    def come_back() -> None:
        there = ServerCompany.open(address, own, metadata)
        there.files.hashes = die  # type: ignore[method-assign]
        move_to_folder(there, back, metadata, silent)

    killed(come_back)
    with pytest.raises(CompanyMoved, match="was moved to"):  # the server was not left, so it goes on there
        FolderCompany.open(back, metadata)
    shutil.rmtree(back)
    with closing(ServerCompany.open(address, own, metadata)) as there:
        move_to_folder(there, back, metadata, silent)
    FolderCompany.open(back, metadata).close()
