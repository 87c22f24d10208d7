"""Turns what the database and the disk complain about into sentences that say what to do; the only place that does."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _
from dentalsales.storage.blanked_history import CHANGED
from dentalsales.storage.engine import sqlite_module
from dentalsales.storage.history_chain import BROKEN

BUSY = _("Another program is writing to this company at the moment. Wait a little and try again.")
FULL = _("The disk is full, so nothing was saved. Free some space and try again.")
READ_ONLY = _("The company's folder can't be written to. Check its permissions, or move the company to another folder.")
UNREADABLE = _(
    "The disk is full or can't be read and written, so nothing was saved. "
    "Check its space and its cable, then try again."
)
"""SQLite says no more than "I/O error" where a full disk has no room for the index of the journal."""
DAMAGED = _("The database of this company is damaged. Restore the newest backup; the damaged file is kept.")
CANNOT_OPEN = _("The database of this company can't be opened. Check that you may read and write its folder.")
CONNECTION_LOST = _(
    "The connection to the server was lost. What you entered is still here: check the network and try again; "
    "nothing is saved twice."
)
SERVER_FULL = _("The server's disk is full, so nothing was saved. Tell whoever looks after the server.")
SERVER_BUSY = _("Too many programs are connected to the server. Close those that nobody needs, and try again.")
SERVER_SLOW = _("The server took too long to answer, so nothing was saved. Try again.")
NO_RIGHT = _("Your login at the server may not do this. Tell whoever looks after the server.")
COPY_ONLY = _("This server may only be read, so nothing was saved. Tell whoever looks after the server.")
MOVED_STATE = "DS002"
MOVED_AWAY = _("This company was moved away from the server, so nothing was saved. Ask where it is worked in now.")

SENTENCES = (
    ("database is locked", BUSY),
    ("database table is locked", BUSY),
    ("database or disk is full", FULL),
    ("readonly database", READ_ONLY),
    ("disk i/o error", UNREADABLE),
    ("malformed", DAMAGED),
    ("not a database", DAMAGED),
    ("unable to open database file", CANNOT_OPEN),
)
SERVER_SENTENCES = {
    "55P03": BUSY,
    "40001": BUSY,
    "40P01": BUSY,
    "57014": SERVER_SLOW,
    "53100": SERVER_FULL,
    "53300": SERVER_BUSY,
    "42501": NO_RIGHT,
    "25006": COPY_ONLY,
    "25P03": CONNECTION_LOST,
    "57P01": CONNECTION_LOST,
    "57P02": CONNECTION_LOST,
    "57P03": CONNECTION_LOST,
    "DS001": BROKEN,
    MOVED_STATE: MOVED_AWAY,
    "DS003": CHANGED,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
"""What PostgreSQL means by its five letters, in whatever language it says so."""
DISK_SENTENCES = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.EIO: UNREADABLE,
}


class DamagedCompany(RuleBroken):
    """The database cannot be worked in any more, only looked at or restored."""


class CompanyMoved(RuleBroken):
    """The company of this folder is on a server now, or may be; here it is only looked at."""

    address = ""
    """The server as --database takes it, "" when the folder does not tell."""


@contextmanager
def said_clearly(files: bool = True) -> Iterator[None]:
    """Raise RuleBroken for every error of database or disk that the user can do something about; others pass.

    Without `files` only the database's own errors are meant, since an act may work with files of its own.
    """
    try:
        yield
    except (DBAPIError, sqlite_module().Error, OSError) as error:
        sentence = None if isinstance(error, OSError) and not files else sentence_for(error)
        if sentence is None:
            raise
        raise (DamagedCompany if sentence is DAMAGED else RuleBroken)(sentence) from error


def sentence_for(error: BaseException) -> Text | None:
    """Return the sentence for an error, None when it is not about database or disk."""
    if isinstance(error, OSError):
        return DISK_SENTENCES.get(error.errno or 0)
    if isinstance(error, DBAPIError) and type(error.orig).__module__.startswith("psycopg"):
        return _sentence_of_server(error)
    message = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    return next((sentence for words, sentence in SENTENCES if words in message), None)


def _sentence_of_server(error: DBAPIError) -> Text | None:
    """An error without letters comes from the way to the server: what could be said was never answered."""
    letters = getattr(error.orig, "sqlstate", None)
    lost = error.connection_invalidated or (letters is None and type(error.orig).__name__ == "OperationalError")
    return SERVER_SENTENCES.get(letters or "") or (CONNECTION_LOST if lost else None)
