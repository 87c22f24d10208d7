"""The log of the program: rotated, one line an entry, without control characters and without secrets."""

import logging
import logging.handlers
import os
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LOG = logging.getLogger("dentalsales")
_listener: Callable[[], object] | None = None


class OneLine(logging.Formatter):
    """Escapes control, line and direction characters, so that no text can pretend to be an entry."""

    def format(self, record: logging.LogRecord) -> str:
        return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", super().format(record))


def begin(folder: Path) -> None:
    """Keep a log in this folder from now on, also of what nobody caught; an unwritable folder means no log."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / "dentalsales.log", maxBytes=1_000_000, backupCount=5, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(message)s"))
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def report(error: BaseException) -> str:
    """Write an unexpected error down and return the number under which it stands in the log."""
    number = os.urandom(3).hex()
    _LOG.error("report %s", number, exc_info=(type(error), error, error.__traceback__))
    return number


def when_uncaught(listener: Callable[[], object] | None) -> None:
    """Call `listener` from now on, in the thread of the error, when one was written down that nobody caught."""
    global _listener
    _listener = listener


def note(message: str, *values: object) -> None:
    """Write down that something happened."""
    _LOG.info(message, *values)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is not None and not issubclass(kind, KeyboardInterrupt):
        report(error)
        if _listener is not None:
            _listener()
