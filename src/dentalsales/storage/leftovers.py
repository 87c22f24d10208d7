"""Removes what a copy that was cut off left behind."""

import shutil
import time
from pathlib import Path

from dentalsales.storage.layout import MOVED, MOVING

A_DAY = 24 * 3600


def remove_leftovers(folder: Path, pattern: str) -> None:
    """Remove files and folders of a pattern that nobody has touched for a day: a younger one may be in the making."""
    for path in folder.glob(pattern):
        if time.time() - path.stat().st_mtime > A_DAY:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def forget_moves(folder: Path) -> None:
    """Forget what a folder says of moves to or from a server: its company is here."""
    for mark in (MOVED, MOVING):
        (folder / mark).unlink(missing_ok=True)
