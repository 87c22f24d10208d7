"""Finds the newest good copy of a company that cannot be opened."""

from pathlib import Path

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.storage import second_place
from dentalsales.storage.backup import list_backups
from dentalsales.storage.backup_file import BackupInfo, verify
from dentalsales.storage.layout import BACKUPS


def find_good_copy(folder: Path) -> BackupInfo | None:
    """Return the newest copy beside the company, or where the last one elsewhere went, that reads back whole."""
    here = folder / BACKUPS
    known = second_place.remembered(here)
    copies = list_backups(here) + (list_backups(known.path.parent) if known is not None else [])
    for info in sorted(copies, key=lambda info: (info.made_at, not info.sealed), reverse=True):
        if _is_whole(info.path):
            return info
    return None


def _is_whole(path: Path) -> bool:
    try:
        verify(path)
    except RuleBroken:
        return False
    return True
