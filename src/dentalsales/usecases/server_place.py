"""A server as it is typed on a page: its address, and what is found there."""

from dataclasses import dataclass

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _
from dentalsales.storage import kept_password
from dentalsales.storage.server_address import (
    AUTHORITY,
    CHECKED,
    ENCRYPTED,
    MODE,
    MODES,
    PLAIN,
    PORT,
    ServerAddress,
    is_this_computer,
)
from dentalsales.storage.server_look import ServerFound, look_at_server
from dentalsales.usecases.desk import Desk

MISSING = {
    "server": _("Enter the name or the address of the server."),
    "database": _("Enter the name of the database."),
    "login": _("Enter the login at the server; it is not the sign-in name."),
}
PROTECTION = {
    PLAIN: _("Not encrypted; nothing leaves this computer."),
    ENCRYPTED: _("Encrypted with {protocol}; the certificate was not checked."),
    CHECKED: _("Encrypted with {protocol}, and the certificate belongs to this server."),
}
__all__ = [
    "CHECKED",
    "ENCRYPTED",
    "MODES",
    "PLAIN",
    "PORT",
    "ServerWords",
    "Tested",
    "can_keep_password",
    "is_this_computer",
    "place_words",
    "try_server",
    "words_of",
]


@dataclass(frozen=True)
class ServerWords:
    """What was typed about a server, and whether the system's keyring shall keep the password."""

    server: str = ""
    port: int = PORT
    database: str = "dentalsales"
    login: str = ""
    password: str = ""
    mode: str = CHECKED
    authority: str = ""
    keep: bool = False

    def __repr__(self) -> str:
        return f"ServerWords({self.database} @ {self.server})"

    def address(self) -> ServerAddress:
        """Return the address; RuleBroken names the field that is missing or does not do."""
        for name, text in MISSING.items():
            if not getattr(self, name).strip():
                raise RuleBroken(text, field=name)
        words = {MODE: self.mode} | ({AUTHORITY: self.authority} if self.mode == CHECKED else {})
        return ServerAddress.of(
            self.server.strip(), self.port, self.database.strip(), self.login.strip(), self.password, words
        )


def words_of(address: ServerAddress, keep: bool = False) -> ServerWords:
    """Return an address as a page shows it: without its password, which whoever sits there could make visible."""
    return ServerWords(
        str(address.url.host or ""),
        address.url.port or PORT,
        address.database,
        address.login,
        mode=address.mode,
        authority=address.authority,
        keep=keep,
    )


@dataclass(frozen=True)
class Tested:
    """A server that answered, and what it holds."""

    words: ServerWords
    found: ServerFound

    @property
    def is_empty(self) -> bool:
        """Say whether a company can be made there; otherwise there is one."""
        return self.found.company is None

    @property
    def sentence(self) -> Text:
        """What was found, and how the way there is protected."""
        text = _("There is a company in {place} already: {company}. {protection}")
        if self.found.company is None:
            text = _("{place} answers; the database is empty and fit for a company. {protection}")
        how = PROTECTION[self.words.mode].fill(protocol=self.found.protocol or "TLS")
        return text.fill(place=self.found.place, company=self.found.company or "—", protection=how)


def try_server(words: ServerWords) -> Tested:
    """Connect once and look; RuleBroken says what is missing or stands in the way. Nothing is changed."""
    return Tested(words, look_at_server(words.address()))


def can_keep_password() -> bool:
    """Say whether the system has a keyring of its own; it may take a while."""
    return kept_password.can_keep_password()


def place_words(desk: Desk) -> ServerWords | None:
    """Return the server that the company is on, as a page shows it; None when it lies in a folder."""
    address = getattr(desk.company, "address", None)
    return words_of(address) if isinstance(address, ServerAddress) else None
