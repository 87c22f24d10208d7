"""The company that is measured: 5,000 customers, 3,000 products, 10 years, 200,000 orders, a million lines."""

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from dentalsales import __version__, app
from dentalsales.blueprint.house_records import Employee
from dentalsales.storage.company import Company
from dentalsales.storage.engine import sqlite_module
from dentalsales.usecases.desk import Desk

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""Ten in the morning in Shanghai, on the last day of the company's books."""


@dataclass(frozen=True)
class Ground:
    """Where the goals are measured: the company, a folder for what is written, and how often each turn is taken."""

    company: Path
    scratch: Path
    rounds: int

    def copied(self, name: str, company: Path | None = None) -> Path:
        """Return the folder of a copy of the company, or of another one, in which a goal may write."""
        folder = self.scratch / name
        folder.mkdir(exist_ok=True)
        shutil.copyfile((company or self.company) / "company.db", folder / "company.db")
        return folder


def found_or_made(given: Path | None, size: str = "large") -> Path:
    """Return the folder of a company of a size: made where there is none, else brought up to date."""
    folder = given or Path(tempfile.gettempdir()) / f"dentalsales-{__version__}-large"
    if not (folder / "company.db").exists():
        _make(folder, size)
    app.open_company(folder).close()
    return folder


def _make(folder: Path, size: str) -> None:
    """Make it under another name first, so that half a company is never measured."""
    print(f"Making the {size} company in {folder}; this takes minutes ...", flush=True)
    draft = folder.with_name(folder.name + "-unfinished")
    shutil.rmtree(draft, ignore_errors=True)
    begun = time.perf_counter()
    company = app.create_company(draft)
    try:
        _fill(company, size)
    finally:
        company.close()
    shutil.copytree(draft, folder, dirs_exist_ok=True)
    shutil.rmtree(draft)
    print(f"Made in {time.perf_counter() - begun:,.0f} s.", flush=True)


def _fill(company: Company, size: str) -> None:
    from dentalsales.sample_company import make_sample

    def tell(done: int, total: int) -> bool:
        if sys.stderr.isatty():
            print(f"\r{done:,} of {total:,} days ", end="" if done < total else "\n", file=sys.stderr, flush=True)
        return True

    make_sample(company, today=TODAY, size=size, progress=tell)


@contextmanager
def desk_in(folder: Path, login: str, read_only: bool = False) -> Iterator[Desk]:
    """Open a company and sit down at an employee's desk, without the password's third of a second."""
    with closing(app.open_company(folder, read_only)) as company:
        with company.reading() as session:
            employee = session.scalars(select(Employee).where(Employee.login == login)).one()
        yield Desk(app.business(), company, employee, lambda: NOW)


@contextmanager
def raw_in(folder: Path) -> Iterator[Any]:
    """Open a company's file with the sqlite3 module alone, and with the settings that lose nothing."""
    with closing(sqlite_module().connect(folder / "company.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        yield connection
