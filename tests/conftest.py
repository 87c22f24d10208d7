"""A company of its own for every test, with one employee of each role, on a clock that the test sets."""

import gc
import os
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from dentalsales import app
from dentalsales.blueprint.business import Business
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.roles import ROLES
from dentalsales.i18n import use_language
from dentalsales.storage import engine as engines
from dentalsales.storage.company import Company
from dentalsales.usecases.desk import Desk

FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""Ten in the morning in Shanghai."""


class Clock:
    """The time of the test: every desk reads it."""

    def __init__(self) -> None:
        self.now = FRIDAY

    def __call__(self) -> datetime:
        return self.now

    @property
    def today(self) -> date:
        return (self.now + timedelta(hours=8)).date()

    def pass_days(self, days: int) -> None:
        self.now += timedelta(days=days)


class Desks:
    """The desk of an employee who holds exactly one role; "clerk2" is a second billing clerk."""

    def __init__(self, business: Business, company: Company, clock: Clock) -> None:
        self.business, self.company, self.clock = business, company, clock
        self._made: dict[str, Desk] = {}

    def __getitem__(self, login: str) -> Desk:
        if login not in self._made:
            with self.company.reading() as session:
                employee = session.query(Employee).filter_by(login=login).one()
            self._made[login] = Desk(self.business, self.company, employee, self.clock)
        return self._made[login]

    def of_roles(self, login: str, roles: str) -> Desk:
        """The desk of a new employee who holds several roles, as in a small firm."""
        with self.company.writing() as session:
            session.add(Employee(login=login, name=f"{login} name", roles=roles, search_text=login))
        return self[login]


def pytest_collection_finish() -> None:
    """What is loaded now stays, as in the program: nobody looks through it for rubbish again and again."""
    gc.collect()
    gc.freeze()


_STATEMENTS: dict[str, tuple[Any, Any]] = {}


@pytest.fixture(autouse=True, scope="session")
def statements_stay() -> Iterator[None]:
    """A statement is compiled once for all companies: a day of the program has one engine, the tests have thousands."""
    create_engine = engines.create_engine

    def create(*words: Any, **options: Any) -> Any:
        engine: Any = create_engine(*words, query_cache_size=5_000, **options)
        known = _STATEMENTS.setdefault(engine.dialect.name, (engine.dialect, engine._compiled_cache))
        engine.dialect, engine._compiled_cache = known
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "create_engine", create)
        yield


@pytest.fixture(autouse=True)
def windows_go() -> Iterator[None]:
    """What a test closed is gone before the next one; without an event loop Qt would keep it, and style it anew.

    The look is light again then, when there is nothing left to be styled.
    """
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent
        from PySide6.QtWidgets import QApplication

        from dentalsales.ui import theme

        app = QApplication.instance()
        if app is not None:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            if theme.current() != theme.Theme():
                theme.apply(app, "light")


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
    return app.business()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed company with its employees, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("template") / "company"
    company = Company.create(folder, app.metadata())
    with company.writing() as session:
        for role in ROLES:
            session.add(Employee(login=role.name, name=f"{role.name} name", roles=role.name, search_text=role.name))
        session.add(Employee(login="clerk2", name="clerk2 name", roles="clerk", search_text="clerk2"))
        session.add(Employee(login="rep2", name="rep2 name", roles="rep", search_text="rep2"))
    company.close()
    return folder


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
def company(template: Path, tmp_path: Path) -> Iterator[Company]:
    shutil.copytree(template, tmp_path / "company")
    opened = Company.open(tmp_path / "company", app.metadata())
    yield opened
    opened.close()


@pytest.fixture
def desks(business: Business, company: Company, clock: Clock) -> Desks:
    return Desks(business, company, clock)


@pytest.fixture
def desk(desks: Desks) -> Desk:
    return desks["manager"]
