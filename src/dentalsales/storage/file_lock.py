"""One program per company: a lock of the operating system that ends with the process, however it ends."""

import getpass
import json
import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _

# Windows refuses to read locked bytes, so the lock lies far behind the owner's note.
LOCKED_BYTE = 1 << 30


class FileLock:
    """Held from `take` to `release`; the file bears a note about its owner and is never deleted."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None

    @property
    def held(self) -> bool:
        """True while this object holds the lock."""
        return self._file is not None

    def take(self) -> None:
        """Take the lock; RuleBroken names the owner when somebody holds it, OSError when the file can't be made."""
        file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644), "r+b")
        try:
            _lock(file)
        except OSError as error:
            file.close()
            raise RuleBroken(self._refusal()) from error
        file.truncate(0)
        file.write(json.dumps(_me(), ensure_ascii=False).encode())
        file.flush()
        self._file = file

    def release(self) -> None:
        """Give the lock back; nothing happens when it is not held."""
        if self._file is None:
            return
        self._file.truncate(0)
        _unlock(self._file)
        self._file.close()
        self._file = None

    def _refusal(self) -> Text:
        try:
            owner = json.loads(self.path.read_bytes())
            user, host, since, pid = owner["user"], owner["host"], _local(owner["since"]), owner["pid"]
        except (OSError, ValueError, KeyError, TypeError):
            return _("The company is open in another window. Close it there first.")
        text = _("The company is open on the computer {host} ({user}, since {since}). Close it there first.")
        if host == socket.gethostname():
            text = _(
                "The company is open in another window on this computer ({user}, since {since}, process {pid}). "
                "Go on there, or close it there first."
            )
        return text.fill(user=user, host=host, since=since, pid=pid)


def _me() -> dict[str, str | int]:
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):
        user = "?"
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return {"user": user, "host": socket.gethostname(), "pid": os.getpid(), "since": since}


def _local(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)

    def _unlock(file: IO[bytes]) -> None:
        file.seek(LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
