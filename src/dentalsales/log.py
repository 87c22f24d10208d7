"""The log of the program: rotated, one line an entry, without control characters and without secrets.

Beside it lies a second one that may leave the house: it holds no values, only words of the program itself.
"""

import logging
import logging.handlers
import os
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from dentalsales.no_values import without_values

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LOG = logging.getLogger("dentalsales")
_listener: Callable[[str], object] | None = None
FULL, TO_SEND = "dentalsales.log", "dentalsales-to-send.log"
SIZE, KEPT = 1_000_000, 5
_folder: Path | None = None


class OneLine(logging.Formatter):
    """Escapes control, line and direction characters, so that no text can pretend to be an entry."""

    def format(self, record: logging.LogRecord) -> str:
        return escaped(super().format(record))


class NoValues(OneLine):
    """An entry without what was filled in and without what an error quotes: that may be a customer's."""

    def format(self, record: logging.LogRecord) -> str:
        said = str(record.msg)
        if record.exc_info and record.exc_info[1] is not None:
            said = f"report {''.join(map(str, record.args or ()))}\n{without_values(record.exc_info[1])}"
        when = self.formatTime(record, self.datefmt)
        return _UNSAFE.sub(lambda found: "\n" if found.group() == "\n" else "", f"{when} {record.levelname} {said}")


def escaped(text: str) -> str:
    """Return a text in which no letter moves the cursor, ends the line or turns its direction."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def begin(folder: Path) -> None:
    """Keep a log in this folder from now on, also of what nobody caught; an unwritable folder means no log."""
    global _folder
    if _folder == folder:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, formatter in ((FULL, OneLine("%(asctime)s %(levelname)s %(message)s")), (TO_SEND, NoValues())):
            handler = logging.handlers.RotatingFileHandler(
                folder / name, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8"
            )
            handler.setFormatter(formatter)
            _LOG.addHandler(handler)
    except OSError:
        return
    _folder = folder
    _LOG.setLevel(logging.INFO)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def report(error: BaseException) -> str:
    """Write an unexpected error down and return the number under which it stands in the log."""
    number = os.urandom(3).hex()
    _LOG.error("report %s", number, exc_info=(type(error), error, error.__traceback__))
    return number


def to_send(most: int) -> str:
    """Return the end of the log that may leave the house, so many letters at most; "" when there is none."""
    try:
        return (_folder / TO_SEND).read_text("utf-8", errors="replace")[-most:] if _folder is not None else ""
    except OSError:
        return ""


def when_uncaught(listener: Callable[[str], object] | None) -> None:
    """Call `listener` from now on with the number of each error that nobody caught, in the thread of the error."""
    global _listener
    _listener = listener


def note(message: str, *values: object) -> None:
    """Write down that something happened; the values stay in the house."""
    _LOG.info(message, *values)


def warn(message: str, *values: object) -> None:
    """Write down what may become a trouble, such as what Qt complains about."""
    _LOG.warning(message, *values)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is not None and not issubclass(kind, KeyboardInterrupt):
        number = report(error)
        if _listener is not None:
            _listener(number)
