"""The files of what was typed and not saved: each is the former copy or the complete new one, whatever happens."""

import errno
import json
import logging
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Event
from time import time
from typing import Any

from platformdirs import user_state_dir

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.safe_file import DRAFT, write_safely
from dentalsales.usecases.company_identity import company_identity
from dentalsales.usecases.desk import Desk

AN_HOUR = 3600
FULL = _("The disk is full. Until there is space again, a power cut would lose what is typed and not saved.")
NOT_WRITTEN = _(
    "What is typed and not saved can't be put by in {folder}, so a power cut would lose it. "
    "Check that files may be written there."
)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeptDraft:
    """A form that was not saved when the program ended."""

    path: Path
    register: str
    record_id: int | None
    title: str
    kept_at: datetime
    snapshot: dict[str, Any]
    lines: int = 0


def draft_folder(desk: Desk) -> Path:
    """Return where this employee's drafts of this company are kept on this machine.

    A new company in a folder where another one lay is offered nothing of that one.
    """
    place = f"{desk.company.folder}\n{company_identity(desk.company)}"
    company = sha256(place.encode()).hexdigest()[:16]
    return Path(user_state_dir("dentalsales", appauthor=False)) / "drafts" / company / str(desk.employee_id)


def write_draft(path: Path, kept: dict[str, Any], given_up: Event) -> None:
    """Put a draft on the disk, unless it is given up meanwhile; RuleBroken says why it could not be kept."""
    if given_up.is_set():
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with write_safely(path) as beside:
            beside.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    except (OSError, RuleBroken) as error:
        log.warning("a draft could not be kept: %s", error)
        cause = error if isinstance(error, OSError) else error.__cause__
        full = isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise RuleBroken(FULL if full else NOT_WRITTEN, folder=str(path.parent)) from error
    if given_up.is_set():  # whoever gave it up may have come before the new file had its name
        remove_draft(path)


def remove_draft(path: Path) -> None:
    """Remove a draft; one that is just being written is removed by its writer."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        log.warning("a draft could not be removed: %s", error)


def drafts_in(folder: Path) -> list[KeptDraft]:
    """Return the drafts of a folder, newest first; what cannot be read is no draft, and halves are cleared away."""
    if not folder.is_dir():
        return []
    for half in folder.glob(DRAFT + "*"):
        if time() - half.stat().st_mtime > AN_HOUR:  # a younger one may be in the making
            remove_draft(half)
    paths = [path for path in folder.glob("*.json") if not path.name.startswith(DRAFT)]
    found = [draft for path in paths if (draft := read_draft(path)) is not None]
    return sorted(found, key=lambda draft: draft.kept_at, reverse=True)


def read_draft(path: Path) -> KeptDraft | None:
    """Return a draft, or None when the file holds none; such a file is left for whoever looks into it."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        moment = datetime.fromisoformat(kept["kept_at"])
        lines = int(kept.get("lines", 0))
        return KeptDraft(
            path, kept["register"], kept["record_id"], kept["title"], moment, dict(kept["snapshot"]), lines
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        log.warning("a draft could not be read: %s", error)
        return None
