"""Opens a copy beside today: in a second program of its own, in which nothing can be changed."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

    from dentalsales.usecases.desk import Desk

_STARTED: "list[subprocess.Popen[bytes]]" = []
"""Programs that were started here; they go on when this one ends."""


def open_beside(desk: "Desk", file: Path, passphrase: str) -> None:
    """Start the second program; the passphrase goes through its input, where no other program can read it."""
    import subprocess

    from dentalsales.i18n import language

    words = [sys.executable, "-m", "dentalsales", "--lang", language(), "--user", desk.login]
    words += ["look", str(file), "--passphrase-file", "-"]
    started = subprocess.Popen(words, stdin=subprocess.PIPE)
    if started.stdin is not None:
        started.stdin.write(passphrase.encode())
        started.stdin.close()
    _STARTED.append(started)
