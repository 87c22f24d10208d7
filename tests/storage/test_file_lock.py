from pathlib import Path

import pytest

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import tr
from dentalsales.storage.file_lock import FileLock


def test_a_lock_is_taken_once_and_given_back(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    first.take()
    assert first.held
    with pytest.raises(RuleBroken, match="open in another window on this computer"):
        second.take()
    assert not second.held
    first.release()
    first.release()
    second.take()
    second.release()


def test_a_lock_held_from_another_computer_names_it(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")
    lock.take()
    note = '{"user": "li", "host": "counter-2", "pid": 1, "since": "2026-11-22T01:00:00+00:00"}'
    (tmp_path / "lock").write_text(note)
    with pytest.raises(RuleBroken) as refused:
        FileLock(tmp_path / "lock").take()
    assert "on the computer counter-2 (li, since 2026-11-22" in tr(refused.value.text)
    lock.release()


def test_a_note_that_cannot_be_read_still_refuses(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")
    lock.take()
    (tmp_path / "lock").write_text("[]")
    with pytest.raises(RuleBroken, match="open in another window"):
        FileLock(tmp_path / "lock").take()
    lock.release()


def test_a_note_left_by_a_crash_does_not_keep_anybody_out(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text('{"user": "li", "host": "gone", "pid": 1, "since": "2026-11-22T01:00:00+00:00"}')
    lock = FileLock(tmp_path / "lock")
    lock.take()
    with pytest.raises(RuleBroken, match="open in another window"):
        FileLock(tmp_path / "lock").take()
    lock.release()
