"""The address of a company on a PostgreSQL server, as it is typed, shown, and turned into a folder of this PC."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _

SCHEMES = ("postgresql", "postgres")
DRIVER = "postgresql+psycopg"
PORT = 5432
MODE, AUTHORITY = "sslmode", "sslrootcert"
CHECKED, ENCRYPTED, PLAIN = "verify-full", "require", "disable"
MODES = (CHECKED, ENCRYPTED, PLAIN)
"""How the way to the server is protected; in its other modes PostgreSQL goes on without, and nobody is told."""


@dataclass(frozen=True)
class ServerAddress:
    """Server, database, login and protection; never printed, since it may hold the password."""

    url: URL

    @classmethod
    def parse(cls, text: str) -> "ServerAddress":
        """Read postgresql://login:password@server:port/database?sslmode=…; RuleBroken says what is missing.

        Without sslmode the way is encrypted, except to this computer itself.
        """
        try:
            url = make_url(text.strip())
        except (ArgumentError, ValueError):
            url = None
        if url is None or url.drivername not in SCHEMES or not url.host or not url.database:
            raise RuleBroken(
                _("Write the address of a server as postgresql://LOGIN@SERVER/DATABASE, with :PORT behind the server.")
            )
        return cls.of(
            url.host,
            url.port or PORT,
            url.database,
            url.username or "",
            url.password or "",
            {name: value if isinstance(value, str) else ", ".join(value) for name, value in url.query.items()},
        )

    @classmethod
    def of(
        cls, server: str, port: int, database: str, login: str, password: str, words: Mapping[str, str]
    ) -> "ServerAddress":
        """Make the address of its parts, `words` its protection; RuleBroken when that is none, or half of one."""
        strange = set(words) - {MODE, AUTHORITY}
        if strange:
            raise RuleBroken(
                _("The address of a server takes sslmode and sslrootcert, but not {word}."), word=", ".join(strange)
            )
        mode = words.get(MODE) or (PLAIN if is_this_computer(server) else ENCRYPTED)
        _refuse_weak(mode, server, words.get(AUTHORITY, ""))
        query = {MODE: mode} | ({AUTHORITY: words[AUTHORITY]} if words.get(AUTHORITY) else {})
        return cls(URL.create(DRIVER, login or None, password or None, server, port, database, query))

    @property
    def server(self) -> str:
        """The name of the server, with its port where it is not the usual one."""
        return f"{self.url.host}:{self.url.port}" if self.url.port not in (None, PORT) else str(self.url.host)

    @property
    def database(self) -> str:
        """The name of the database."""
        return str(self.url.database)

    @property
    def login(self) -> str:
        """The login at the server; not the employee's sign-in name."""
        return self.url.username or ""

    @property
    def password(self) -> str:
        """The password that came with it, "" when it has to come from elsewhere."""
        return str(self.url.password or "")

    @property
    def mode(self) -> str:
        """How the way to the server is protected, in PostgreSQL's words."""
        return str(self.url.query[MODE])

    @property
    def authority(self) -> str:
        """The file of whoever vouches for the server's certificate."""
        return str(self.url.query.get(AUTHORITY, ""))

    def with_password(self, password: str) -> "ServerAddress":
        """The same with another password; "" leaves it out."""
        parts = self.url._asdict() | {"password": password or None}
        return ServerAddress(URL.create(**parts))

    @property
    def written(self) -> str:
        """The address as --database takes it, without the password: what may be kept and shown."""
        return self.with_password("").url.set(drivername=SCHEMES[0]).render_as_string(hide_password=True)

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


def is_this_computer(server: str) -> bool:
    """Say whether what is sent to a server never leaves this computer."""
    if server.strip().lower() == "localhost":
        return True
    try:
        return ip_address(server.strip().strip("[]")).is_loopback
    except ValueError:
        return False


def _refuse_weak(mode: str, server: str, authority: str) -> None:
    if mode not in MODES:
        raise RuleBroken(
            _("{mode} may go on without protection, so sslmode has to be verify-full, require or disable."), mode=mode
        )
    if mode == PLAIN and not is_this_computer(server):
        raise RuleBroken(
            _(
                "What is sent to {server} crosses the network, so it has to be encrypted: "
                "sslmode is verify-full or require."
            ),
            field=MODE,
            server=server,
        )
    if mode == CHECKED and not authority:
        raise RuleBroken(
            _("To check the server's certificate, name the file of whoever vouches for it (sslrootcert)."),
            field=AUTHORITY,
        )
