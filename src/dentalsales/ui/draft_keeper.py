"""Keeps copies of changed forms apart from the ledger, so that a crash loses no half-typed paper."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from dentalsales.ui.background import Runner
from dentalsales.ui.draft_files import KeptDraft, draft_folder, drafts_in, remove_draft, write_draft
from dentalsales.ui.messages import sentence_of
from dentalsales.ui.tab_words import whole_words
from dentalsales.usecases.anonymise import is_of_nobody
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.form import new_form, open_form
from dentalsales.usecases.record_shape import lines_names

SECONDS = 5


def always() -> bool:
    """Nobody objects."""
    return True


@dataclass
class Copy:
    """What is known about the copy of one form."""

    path: Path
    may_keep: Callable[[], bool] = always
    snapshot: dict[str, Any] | None = None
    """What the file holds."""
    is_written: bool = False
    """True while a thread is at it."""
    given_up: Event = field(default_factory=Event)
    """Tells that thread that the file is not wanted any more."""

    def give_up(self) -> None:
        """Remove the file, also when a thread is about to write it."""
        self.given_up.set()
        self.given_up, self.snapshot = Event(), None
        remove_draft(self.path)


class DraftKeeper(QObject):
    """Writes what has changed every few seconds, beside the window, and removes it once a form is saved or given up."""

    not_kept = Signal(str)
    """Why drafts cannot be kept; said once until one was kept again."""

    def __init__(
        self, desk: Desk, folder: Path | None = None, parent: QObject | None = None, runner: Runner | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.folder = folder or draft_folder(desk)
        self._runner = runner or Runner(self)
        self._watched: dict[Any, Copy] = {}
        self._complained = False
        self._timer = QTimer(self, interval=SECONDS * 1000)
        self._timer.timeout.connect(self.keep_all)
        self._timer.start()

    def watch(self, form: Any, may_keep: Callable[[], bool] = always) -> None:
        """Keep copies of a form from now on, whenever `may_keep` says so; the last to draw it is asked."""
        copy = self._watched.setdefault(form, Copy(self.folder / f"{uuid4().hex}.json"))
        copy.may_keep = may_keep

    def forget(self, form: Any) -> None:
        """Remove the copy: the form was saved, or the user does not want what was typed."""
        if form in self._watched:
            self._watched[form].give_up()

    def leave(self, form: Any) -> None:
        """Stop watching a form that is closed, and remove its copy."""
        self.forget(form)
        self._watched.pop(form, None)

    def keep_all(self) -> None:
        """Begin to write a copy of every form that has changed since its last one."""
        for form, copy in self._watched.items():
            if not copy.is_written and form.is_changed and copy.may_keep():
                snapshot = form.snapshot()
                if snapshot != copy.snapshot:
                    self._write(form, copy, snapshot)

    def left_over(self) -> list[KeptDraft]:
        """Return what earlier runs of the program left, newest first."""
        mine = {copy.path for copy in self._watched.values()}
        return [draft for draft in drafts_in(self.folder) if draft.path not in mine and not self._is_of_nobody(draft)]

    def _is_of_nobody(self, draft: KeptDraft) -> bool:
        """What was typed of somebody who was anonymised since does not come back."""
        known = {one.name for one in self._desk.business.registers}
        if draft.register not in known or not is_of_nobody(
            self._desk, draft.register, draft.record_id, draft.snapshot, draft.kept_at
        ):
            return False
        remove_draft(draft.path)
        return True

    def restored(self, draft: KeptDraft) -> Any:
        """Return the form of a draft with all that was typed; RuleBroken when its record is gone."""
        if draft.record_id is None:
            form = new_form(self._desk, draft.register)
        else:
            form = open_form(self._desk, draft.register, draft.record_id)
        form.restore(draft.snapshot)
        if draft.record_id is not None:
            form.stand_on(draft.snapshot.get("version", form.version))
        self._watched[form] = Copy(draft.path)
        return form

    def discard(self, draft: KeptDraft) -> None:
        """Throw a draft away."""
        remove_draft(draft.path)

    def _write(self, form: Any, copy: Copy, snapshot: dict[str, Any]) -> None:
        kept = {
            "register": form.register.name,
            "record_id": form.id,
            "title": whole_words(form),
            "lines": sum(len(form.lines(name)) for name in lines_names(type(form.record))),
            "kept_at": datetime.now(UTC).isoformat(),
            "snapshot": snapshot,
        }
        given_up, copy.is_written = copy.given_up, True

        def done(_nothing: Any) -> None:
            copy.is_written = self._complained = False
            if not given_up.is_set():
                copy.snapshot = snapshot

        def failed(error: Exception) -> None:
            copy.is_written = False
            if not self._complained:
                self._complained = True
                self.not_kept.emit(sentence_of(error))

        self._runner.run(lambda: write_draft(copy.path, kept, given_up), done, failed, owner=self)


def keeper_of(shell: Any, desk: Desk) -> DraftKeeper:
    """Return the keeper of a window, made at its first use."""
    found = shell.findChild(DraftKeeper)
    if isinstance(found, DraftKeeper):
        return found
    keeper = DraftKeeper(desk, None, shell, shell.runner)
    keeper.not_kept.connect(lambda sentence: shell.toast(sentence, "warning"))
    return keeper
