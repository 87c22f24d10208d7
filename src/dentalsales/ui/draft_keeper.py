"""Keeps copies of changed forms apart from the ledger, so that a crash loses no half-typed paper."""

import json
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from platformdirs import user_state_dir
from PySide6.QtCore import QObject, QTimer

from dentalsales.ui.tab_words import whole_words
from dentalsales.usecases.company_identity import company_identity
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.form import new_form, open_form
from dentalsales.usecases.record_shape import lines_names

SECONDS = 5
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


class DraftKeeper(QObject):
    """Writes what has changed every few seconds, and removes it once the form is saved or given up."""

    def __init__(self, desk: Desk, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.folder = folder or draft_folder(desk)
        self._watched: dict[Any, tuple[Path, Callable[[], bool]]] = {}
        self._timer = QTimer(self, interval=SECONDS * 1000)
        self._timer.timeout.connect(self.keep_all)
        self._timer.start()

    def watch(self, form: Any, may_keep: Callable[[], bool] = lambda: True) -> None:
        """Keep copies of a form from now on, whenever `may_keep` says so; the last to draw it is asked."""
        path, _former = self._watched.get(form, (self.folder / f"{uuid4().hex}.json", may_keep))
        self._watched[form] = (path, may_keep)

    def forget(self, form: Any) -> None:
        """Remove the copy: the form was saved, or the user does not want what was typed."""
        kept = self._watched.get(form)
        if kept is not None:
            kept[0].unlink(missing_ok=True)

    def leave(self, form: Any) -> None:
        """Stop watching a form that is closed, and remove its copy."""
        self.forget(form)
        self._watched.pop(form, None)

    def keep_all(self) -> None:
        """Write a copy of every changed form; a folder that cannot be written to does not stop the work."""
        for form, (path, may_keep) in self._watched.items():
            try:
                if form.is_changed and may_keep():
                    self._write(form, path)
            except OSError as error:
                log.warning("a draft could not be kept: %s", error.strerror)

    def left_over(self) -> list[KeptDraft]:
        """Return what earlier runs of the program left, newest first; what cannot be read is no draft."""
        mine = {path for path, _may_keep in self._watched.values()}
        paths = [path for path in self.folder.glob("*.json") if path not in mine] if self.folder.is_dir() else []
        found = [draft for path in paths if (draft := _read(path)) is not None]
        return sorted(found, key=lambda draft: draft.kept_at, reverse=True)

    def restored(self, draft: KeptDraft) -> Any:
        """Return the form of a draft with all that was typed; RuleBroken when its record is gone."""
        if draft.record_id is None:
            form = new_form(self._desk, draft.register)
        else:
            form = open_form(self._desk, draft.register, draft.record_id)
        form.restore(draft.snapshot)
        self._watched[form] = (draft.path, lambda: True)
        return form

    def discard(self, draft: KeptDraft) -> None:
        """Throw a draft away."""
        draft.path.unlink(missing_ok=True)

    def _write(self, form: Any, path: Path) -> None:
        kept = {
            "register": form.register.name,
            "record_id": form.id,
            "title": whole_words(form),
            "lines": sum(len(form.lines(name)) for name in lines_names(type(form.record))),
            "kept_at": datetime.now(UTC).isoformat(),
            "snapshot": form.snapshot(),
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".part")
        beside.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        os.replace(beside, path)


def keeper_of(shell: QObject, desk: Desk) -> DraftKeeper:
    """Return the keeper of a window, made at its first use."""
    found = shell.findChild(DraftKeeper)
    return found if isinstance(found, DraftKeeper) else DraftKeeper(desk, None, shell)


def draft_folder(desk: Desk) -> Path:
    """Return where this employee's drafts of this company are kept on this machine.

    A new company in a folder where another one lay is offered nothing of that one.
    """
    place = f"{desk.company.folder}\n{company_identity(desk.company)}"
    company = sha256(place.encode()).hexdigest()[:16]
    return Path(user_state_dir("dentalsales", appauthor=False)) / "drafts" / company / str(desk.employee_id)


def _read(path: Path) -> KeptDraft | None:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        moment = datetime.fromisoformat(kept["kept_at"])
        lines = int(kept.get("lines", 0))
        return KeptDraft(
            path, kept["register"], kept["record_id"], kept["title"], moment, dict(kept["snapshot"]), lines
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
