"""The names of the files in a company's folder."""

from pathlib import Path

DATABASE = "company.db"
JOURNALS = (DATABASE + "-wal", DATABASE + "-shm")
LOCK = "company.lock"
ATTACHMENTS = "attachments"
BACKUPS = "backups"
WRONG_PASSWORDS = "wrong-passwords.log"
NOTED_EXPORTS = "exports.log"
"""What commands that only read took out of the program, until the history has it."""
MOVED = "moved-to.json"
"""Says where the company of the folder was moved; the folder is only read since."""
MOVING = "moving.json"
"""Says that a move to or from a server began; whoever finds it asks that server how it ended."""


def free_name(folder: Path, name: str, ending: str = "") -> Path:
    """Return the path of this name, or with -2, -3 behind it when it is taken: two acts may fall into one second."""
    path, number = folder / (name + ending), 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}{ending}"
    return path
