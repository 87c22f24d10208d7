"""What is typed and not saved lies on the disk: whole, one file for a form, and whoever cannot keep it says so."""

import errno
import json
import os
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from office_forms import Office, working
from PySide6.QtCore import QThread

from dentalsales import safe_file
from dentalsales.ui.draft_files import drafts_in, read_draft, write_draft
from dentalsales.ui.draft_keeper import DraftKeeper, keeper_of
from dentalsales.usecases.form import Form, new_form


@pytest.fixture
def office(tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    yield from working(tmp_path, qtbot)


def half_typed(office: Office, remark: str) -> Form:
    form = new_form(office.desk, "orders", customer_id=1)
    form.set("remark", remark)
    keeper_of(office.shell, office.desk).watch(form)
    return form


def keep(office: Office) -> list[str]:
    """Let the keeper write, and return the remarks that a start after a crash would offer."""
    keeper = keeper_of(office.shell, office.desk)
    keeper.keep_all()
    assert office.shell.runner.settle()
    return sorted(draft.snapshot["remark"] for draft in drafts_in(keeper.folder))


def test_a_draft_is_on_the_disk_before_it_takes_its_name_and_the_window_does_not_wait(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    window = QThread.currentThread()

    def fsync(handle: int, real: Any = os.fsync) -> None:
        assert QThread.currentThread() is not window
        done.append("fsync")
        real(handle)

    def replace(source: Any, target: Any, real: Any = os.replace) -> None:
        done.append("replace")
        real(source, target)

    monkeypatch.setattr(safe_file.os, "fsync", fsync)
    monkeypatch.setattr(safe_file.os, "replace", replace)
    form = half_typed(office, "by noon")
    assert keep(office) == ["by noon"]
    assert done == ["fsync", "replace", "fsync"], "the bytes, the name, the folder"
    assert keep(office) == ["by noon"] and len(done) == 3, "what has not changed is not written again"
    form.set("remark", "by one")
    assert keep(office) == ["by one"]


@pytest.mark.parametrize("at", ["write_text", "fsync", "replace"])
def test_a_full_disk_keeps_the_former_copy_and_says_so_once(
    office: Office, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    form = half_typed(office, "by noon")
    keep(office)

    def full(*_words: Any, **_more: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as disk:
        disk.setattr(*((Path, at) if at == "write_text" else (safe_file.os, at)), full)
        for typed in ("by one", "by two"):
            form.set("remark", typed)
            assert keep(office) == ["by noon"]
    said = [message.text for message in office.shell.messages.said]
    assert said == ["The disk is full. Until there is space again, a power cut would lose what is typed and not saved."]
    assert keep(office) == ["by two"], "it is written as soon as there is space"
    assert [path.suffix for path in keeper_of(office.shell, office.desk).folder.iterdir()] == [".json"]


def test_a_half_written_draft_is_passed_over_and_two_others_come_back(office: Office) -> None:
    half_typed(office, "by noon")
    half_typed(office, "by two")
    keep(office)
    folder = keeper_of(office.shell, office.desk).folder
    whole = next(folder.glob("*.json")).read_bytes()
    for name, content in {"cut": whole[:100], "empty": b"", "zero": bytes(400), "list": b"[1]", "not": b"\xff"}.items():
        (folder / f"{name}.json").write_bytes(content)
    half, old_half = folder / ".~aa.json", folder / ".~bb.json"
    for path in (half, old_half):
        path.write_bytes(whole)
    os.utime(old_half, (0, 0))
    later = DraftKeeper(office.desk, folder)
    assert [later.restored(draft).get("remark") for draft in later.left_over()] == ["by two", "by noon"]
    assert half.exists() and not old_half.exists(), "a file in the making is no draft, and an old one goes"


def test_a_draft_that_is_saved_while_it_is_written_does_not_come_back(tmp_path: Path) -> None:
    """Whoever gives it up may come before the writer, or while it writes."""
    given_up = Event()

    class Late(dict[str, str]):
        def items(self) -> Any:
            given_up.set()
            return super().items()

    write_draft(tmp_path / "a.json", Late(title="x"), given_up)
    write_draft(tmp_path / "b.json", {"title": "x"}, given_up)
    assert list(tmp_path.iterdir()) == []


def test_a_draft_tells_all_that_the_offer_needs(office: Office) -> None:
    half_typed(office, "by noon")
    keep(office)
    (path,) = keeper_of(office.shell, office.desk).folder.glob("*.json")
    draft = read_draft(path)
    assert draft is not None and (draft.register, draft.record_id, draft.lines) == ("orders", None, 0)
    assert draft.snapshot == json.loads(path.read_text(encoding="utf-8"))["snapshot"]
