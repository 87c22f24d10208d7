"""A company of its own for every test, with one employee of each role, on a clock that the test sets."""

import gc
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import outgoing
import pytest
from company_tables import company_metadata, hide_toys
from desks import Clock, Desks, with_employees
from postgres_server import PostgresServer
from reused_database import ReusedDatabase

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # the tests leave the user's own alone

from dentalsales import app
from dentalsales.blueprint.business import Business
from dentalsales.i18n import use_language
from dentalsales.storage import engine as engines
from dentalsales.storage import server_engine
from dentalsales.storage.company import Company
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.usecases.desk import Desk

MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3
"""Bytes; what a run of all tests keeps at one time is a small part of it."""


def pytest_configure() -> None:
    """No test calls out of this computer, none sees another one's toy tables, and none waits for the disk.

    Companies are flushed at every save, thousands of times in a run. What that is good for, the power cut shows (R2),
    on a disk of its own.
    """
    outgoing.watch()
    hide_toys()
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What `test_stalls.py` tries under its watch is not tried a second time without it, where both would run."""
    watched: set[tuple[Path, str]] = set()
    for item in items:
        if isinstance(item, pytest.Function) and item.originalname == "test_the_window_never_stands_still":
            for words in item.module.WATCHED[item.callspec.params["what"]]:
                path, _colons, name = words.partition("::")
                watched.add(((item.path.parent / path).resolve(), name))
    twice = [one for one in items if watched & {(one.path, ""), (one.path, getattr(one, "originalname", ""))}]
    if twice:
        config.hook.pytest_deselected(items=twice)
        items[:] = [one for one in items if one not in twice]


def pytest_collection_finish() -> None:
    loaded_stays()


def loaded_stays() -> None:
    """What is loaded now stays, as in the program: nobody looks through it for rubbish again and again."""
    gc.collect()
    gc.freeze()


ON_BOTH = (
    "imports",
    "printouts",
    "registers",
    "reports",
    "usecases",
    "test_every_permission",
    "test_every_register",
    "test_who_may_do_what",
)
"""Folders and files of tests that know nothing of windows: what they expect holds on a server as in a file."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of the service once on each kind of company; a few are about one alone and say so."""
    if "kept_in" not in metafunc.fixturenames:
        return
    path = Path(metafunc.definition.path)
    both = metafunc.definition.get_closest_marker("on_both") or path.stem in ON_BOTH or path.parent.name in ON_BOTH
    only = metafunc.definition.get_closest_marker("only_in")
    if only or both:
        metafunc.parametrize("kept_in", only.args if only else ("file", "server"))


_STATEMENTS: dict[str, tuple[Any, Any]] = {}


@pytest.fixture(autouse=True, scope="session")
def statements_stay() -> Iterator[None]:
    """A statement is compiled once for all companies: a day of the program has one engine, the tests have thousands."""
    create_engine = engines.create_engine

    def create(*words: Any, **options: Any) -> Any:
        engine: Any = create_engine(*words, query_cache_size=5_000, **options)
        known = _STATEMENTS.get(engine.dialect.name)
        if known is None or not known[0].server_version_info:  # the first one never reached its server
            known = _STATEMENTS[engine.dialect.name] = (engine.dialect, engine._compiled_cache)
        engine.dialect, engine._compiled_cache = known
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "create_engine", create)
        patch.setattr(server_engine, "create_engine", create)
        yield


@pytest.fixture(autouse=True)
def windows_go() -> Iterator[None]:
    """What a test closed is gone before the next one; without an event loop Qt would keep it, and style it anew.

    The look is light again then, when there is nothing left to be styled. Rubbish is looked for as in the program.
    """
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent
        from PySide6.QtWidgets import QApplication

        from dentalsales.ui import theme
        from dentalsales.ui.rubbish import collector

        app = QApplication.instance()
        if app is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            if theme.current() != theme.Theme():
                theme.apply(app, "light")
            collector().collect()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Tests read English sentences unless they choose another language."""
    use_language("en")
    yield
    use_language("en")


@pytest.fixture(scope="session")
def qapp_cls() -> type[Any]:
    """The application of the tests of the window; watched for stalls only where `test_stalls.py` asks for it.

    A Python `notify` sees every event of every dying widget: it makes all other tests slow, and Qt fall over.
    """
    if "DENTALSALES_STALLS" in os.environ:
        from stalls import WatchedApplication

        return WatchedApplication
    from PySide6.QtWidgets import QApplication

    return QApplication


@pytest.fixture(scope="session")
def business() -> Business:
    made = app.business()
    loaded_stays()
    return made


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed company with its employees, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("template") / "company"
    with_employees(FolderCompany.create(folder, app.metadata())).close()
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server of this process's own, started when the first test asks for it."""
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def on_server(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReusedDatabase]:
    """The same company with its employees in a database."""
    made = ReusedDatabase(postgres, "company", company_metadata())
    with_employees(made.create(tmp_path_factory.mktemp("server"))).close()
    made.keep()
    yield made
    made.forget()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a closed sample company, made by one worker for all; whoever changes it works on a copy."""
    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    folder, done = place / "sample_company", place / "sample_company.done"
    try:
        folder.mkdir()
    except FileExistsError:
        for _wait in range(1200):
            if done.exists():
                return folder
            time.sleep(0.1)
        raise
    made = app.create_company(folder)
    app.fill_with_sample(made)
    made.close()
    done.touch()
    return folder


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept_in() -> str:
    """Where the test's company lies: in a "file", or on a "server"; tests of the service run once on each."""
    return "file"


@pytest.fixture
def company(kept_in: str, template: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Company]:
    if kept_in == "server":
        opened: Company = request.getfixturevalue("on_server").open(tmp_path / "company")
    else:
        shutil.copytree(template, tmp_path / "company")
        opened = FolderCompany.open(tmp_path / "company", app.metadata())
    yield opened
    opened.close()


@pytest.fixture
def desks(business: Business, company: Company, clock: Clock) -> Desks:
    return Desks(business, company, clock)


@pytest.fixture
def desk(desks: Desks) -> Desk:
    return desks["manager"]
