"""Refuses every connection that Python code tries to make beyond this computer, as long as the tests run."""

import sys
from typing import Any

AT_HOME = ("127.", "::1", "localhost", "0.0.0.0")
TRIED: list[str] = []
"""Where somebody wanted to connect to; each such test has failed already."""


class OutgoingConnection(AssertionError):
    """The program calls nobody but the database that was named to it."""


def watch() -> None:
    """Begin; what Python calls an audit hook can't be taken off again."""
    sys.addaudithook(_heard)


def _heard(event: str, words: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto") and isinstance(words[1], tuple):
        host = str(words[1][0])
        if not host.startswith(AT_HOME):
            TRIED.append(host)
            raise OutgoingConnection(host)
