"""The address of a company on a PostgreSQL server, as it is typed, shown, and turned into a folder of this PC."""

import re
from dataclasses import dataclass

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _

SCHEMES = ("postgresql", "postgres")
DRIVER = "postgresql+psycopg"


@dataclass(frozen=True)
class ServerAddress:
    """Server, database and login; never printed, since it may hold the password."""

    url: URL

    @classmethod
    def parse(cls, text: str) -> "ServerAddress":
        """Read postgresql://login:password@server:port/database; RuleBroken says what is missing."""
        try:
            url = make_url(text.strip())
        except (ArgumentError, ValueError):
            url = None
        if url is None or url.drivername not in SCHEMES or not url.host or not url.database:
            raise RuleBroken(
                _("Write the address of a server as postgresql://LOGIN@SERVER/DATABASE, with :PORT behind the server.")
            )
        return cls(url.set(drivername=DRIVER))

    @property
    def server(self) -> str:
        """The name of the server, with its port where it is not the usual one."""
        return f"{self.url.host}:{self.url.port}" if self.url.port not in (None, 5432) else str(self.url.host)

    @property
    def database(self) -> str:
        """The name of the database."""
        return str(self.url.database)

    @property
    def login(self) -> str:
        """The login at the server; not the employee's sign-in name."""
        return self.url.username or ""

    @property
    def folder_name(self) -> str:
        """A name for the folder in which this PC keeps its own files about the company."""
        return re.sub(r"[^\w.-]+", "-", f"{self.server}-{self.database}")

    def __str__(self) -> str:
        return f"{self.database} @ {self.server}"

    def __repr__(self) -> str:
        return f"ServerAddress({self})"


def is_server(text: str) -> bool:
    """Say whether an address means a server and not a file."""
    return text.strip().partition("://")[0] in SCHEMES
