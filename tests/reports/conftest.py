"""Two months of business for every test of a report: made through the forms once on each kind of company, then kept."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from company_tables import company_metadata
from desks import Clock, Desks, with_employees
from postgres_server import PostgresServer
from reused_database import ReusedDatabase
from two_months import Trade, on, two_months

from dentalsales.storage.folder_company import FolderCompany


@pytest.fixture(scope="session")
def kept_folder(template: Path, business: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Trade, Path]:
    """The business in a closed company of a folder."""
    folder = tmp_path_factory.mktemp("two_months") / "company"
    shutil.copytree(template, folder)
    company = FolderCompany.open(folder, company_metadata())
    trade = two_months(Desks(business, company, clock := Clock()), clock)
    company.close()
    return trade, folder


@pytest.fixture(scope="session")
def kept_database(
    postgres: PostgresServer, business: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Trade, ReusedDatabase]]:
    """The same business in a database."""
    made = ReusedDatabase(postgres, "two_months", company_metadata())
    company = with_employees(made.create(tmp_path_factory.mktemp("two_months")))
    trade = two_months(Desks(business, company, clock := Clock()), clock)
    company.close()
    made.keep()
    yield trade, made
    made.forget()


@pytest.fixture
def trade(kept_in: str, business: Any, clock: Clock, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Trade]:
    folder = tmp_path / "traded"
    if kept_in == "server":
        known, database = request.getfixturevalue("kept_database")
        company = database.open(folder)
    else:
        known, kept = request.getfixturevalue("kept_folder")
        shutil.copytree(kept, folder)
        company = FolderCompany.open(folder, company_metadata())
    on(clock, 11, 20)
    yield replace(known, desks=Desks(business, company, clock))
    company.close()
