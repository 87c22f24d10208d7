"""The people of a test's company, on a clock that the test sets."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
from company_tables import company_metadata
from postgres_server import OWNER

from dentalsales.blueprint.business import Business
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.roles import ROLES
from dentalsales.storage.company import Company
from dentalsales.storage.engine import sqlite_module
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.storage.layout import DATABASE
from dentalsales.storage.server_company import ServerCompany
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


def with_employees(company: Company) -> Company:
    """A new company with one employee of each role, and a second clerk and salesperson."""
    with company.writing() as session:
        for role in ROLES:
            session.add(Employee(login=role.name, name=f"{role.name} name", roles=role.name, search_text=role.name))
        session.add(Employee(login="clerk2", name="clerk2 name", roles="clerk", search_text="clerk2"))
        session.add(Employee(login="rep2", name="rep2 name", roles="rep", search_text="rep2"))
    return company


def reopened(company: Company) -> Company:
    """The company closed and opened again, as after a restart of the program."""
    company.close()
    if isinstance(company, ServerCompany):
        return ServerCompany.open(company.address, company.folder, company_metadata())
    return FolderCompany.open(company.folder, company_metadata())


@contextmanager
def another_program(company: Company) -> Iterator[Any]:
    """A connection past the program, of somebody who may do everything in the database and keeps to no rule."""
    if isinstance(company, ServerCompany):
        url = company.address.url.set(drivername="postgresql", username=OWNER)
        with psycopg.connect(url.render_as_string(), autocommit=True) as raw:
            raw.execute("SET session_replication_role = replica")
            yield raw
    else:
        with closing(sqlite_module().connect(str(company.folder / DATABASE), isolation_level=None)) as raw:
            yield raw


def opened_beside(company: Company) -> Company:
    """The company as another program opens it; a file is open in one program only, which has many threads."""
    if isinstance(company, ServerCompany):
        return ServerCompany.open(company.address, company.folder, company_metadata())
    return company
