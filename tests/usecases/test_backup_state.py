"""How safe the company is, in words: copies here and elsewhere, a stick that is away, a daily copy that is due."""

import platform
import shutil
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import tr
from dentalsales.storage.backup_file import OFFICE
from dentalsales.usecases import back_up, backup_key, settings_desk
from dentalsales.usecases.back_up import daily_is_due
from dentalsales.usecases.backup_inside import known_copies, look_inside, lost_words
from dentalsales.usecases.backup_state import backup_state, long_words, short_words, tell_state

pytestmark = pytest.mark.only_in("file")


def test_a_stick_that_is_away_is_said_calmly_a_week_long_and_caught_up_when_it_returns(
    desk: Any, tmp_path: Path
) -> None:
    stick, away = tmp_path / "stick", tmp_path / "away"
    stick.mkdir()
    settings_desk.change(desk, "backup_place", str(stick))
    made = back_up.back_up_company(desk.company, reason="at_close")
    assert back_up.copy_elsewhere(desk.company) == 1
    now = made.made_at + timedelta(minutes=5)
    state = backup_state(desk.company, now)
    assert tr(short_words(state)) == "Backup 5 minutes ago · elsewhere 5 minutes ago" and not state.warns
    assert [copy.where for copy in known_copies(desk)] == ["here and elsewhere"]

    stick.rename(away)
    assert back_up.copy_elsewhere(desk.company) is None
    state = backup_state(desk.company, now + timedelta(days=6))
    assert tr(short_words(state)) == "Backup 6 days ago · elsewhere 6 days ago, not plugged in now"
    assert not state.warns and "as soon as it returns" in tr(long_words(state))
    assert backup_state(desk.company, now + timedelta(days=8)).warns

    later = back_up.back_up_company(desk.company)
    away.rename(stick)
    assert backup_state(desk.company, later.made_at).missing
    assert back_up.copy_elsewhere(desk.company) == 1
    assert not backup_state(desk.company, later.made_at).missing
    shutil.rmtree(stick)


def test_a_company_whose_copies_all_lie_on_one_disk_is_warned_after_a_week(desk: Any) -> None:
    assert backup_state(desk.company).warns
    made = back_up.back_up_company(desk.company)
    state = backup_state(desk.company, made.made_at)
    assert not state.warns and tr(short_words(state)) == "Backup just now · none elsewhere"
    assert backup_state(desk.company, made.made_at + timedelta(days=8)).old_elsewhere


@pytest.mark.parametrize(
    ("newest", "now", "hour", "due"),
    [
        (None, "22 09:00", 0, True),
        ("21 18:00", "22 08:30", 0, True),
        ("22 08:31", "22 18:00", 0, False),
        ("21 23:59", "22 00:00", 0, True),
        ("21 18:00", "22 08:30", 12, False),
        ("21 18:00", "22 12:00", 12, True),
        ("20 18:00", "22 08:30", 12, True),
    ],
)
def test_a_daily_copy_is_due_once_its_hour_has_struck(newest: str | None, now: str, hour: int, due: bool) -> None:
    def moment(words: str) -> datetime:
        return datetime.strptime(f"2026-11-{words}", "%Y-%m-%d %H:%M").replace(tzinfo=OFFICE)

    assert daily_is_due(moment(newest) if newest else None, moment(now), hour) is due


def test_a_folder_that_is_not_there_is_no_second_place(desk: Any, tmp_path: Path) -> None:
    for wrong in (str(tmp_path / "none"), "relative"):
        with pytest.raises(RuleBroken, match="Plug the stick in"):
            settings_desk.change(desk, "backup_place", wrong)
    with pytest.raises(RuleBroken, match="does not fit"):
        settings_desk.change(desk, "backup_hour", 24)


def test_a_passphrase_seals_what_goes_elsewhere_and_stays_unknown_to_the_company(
    desk: Any, desks: Any, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowed):
        backup_key.set_passphrase(desks["clerk"], "correct horse battery")
    backup_key.set_passphrase(desk, "correct horse battery")
    made = back_up.back_up(desk, tmp_path / "stick")
    assert made.sealed and not back_up.list_backups(desk.company)[0].sealed
    desk.company.checkpoint()
    assert b"correct horse" not in desk.company.database.read_bytes() + made.path.read_bytes()
    with pytest.raises(RuleBroken, match="is under a passphrase"):
        look_inside(desk, made.path)
    inside = look_inside(desk, made.path, "correct horse battery")
    assert inside.info.reason == "by_hand" and "a restore loses nothing" in tr(lost_words(desk, inside))
    with pytest.raises(NotAllowed):
        look_inside(desks["finance"], made.path, "correct horse battery")
    backup_key.set_passphrase(desk, "")
    assert not back_up.back_up(desk, tmp_path / "stick").sealed


@pytest.mark.only_in("server")
def test_clerks_at_a_server_read_who_makes_the_copies_and_are_warned_when_the_newest_is_old(
    desk: Any, desks: Any, on_server: Any, tmp_path: Path
) -> None:
    """Their logins can make none; the PC with the owner's login tells how new its verified copies are."""

    def seen(now: datetime) -> tuple[str, bool, str]:
        state = backup_state(desk.company, now)
        return tr(short_words(state)), state.warns, tr(long_words(state))

    short, warns, long = seen(desk.now())
    assert (short, warns) == ("No backup yet", True) and "opened with the login owner" in long
    for refused in (back_up.back_up, lambda desk: back_up.adopt_second_place(desk.company, tmp_path)):
        with pytest.raises(RuleBroken, match="can't copy or restore the company.*with the login owner"):
            refused(desk)
    assert not back_up.at_close(desk.company) and not list(desk.company.backups.parent.glob(".copy-*"))

    with closing(on_server.open_as_owner(tmp_path / "owner")) as company:
        made = back_up.back_up_company(company)
        tell_state(company, backup_state(company))
        writes = company.writes
        tell_state(company, backup_state(company))
        assert company.writes == writes, "what is told already is not told again"
    short, warns, long = seen(made.made_at + timedelta(hours=3))
    assert (short, warns) == ("Backup 3 hours ago · none elsewhere", False)
    assert f"made and verified with the login owner ({platform.node()})" in long
    short, warns, long = seen(made.made_at + timedelta(days=8))
    assert warns and "have the program opened there once" in long
    for nonsense in ("nonsense", '{"here": "2026-11-20", "oldest": "2026-11-20", "elsewhere": ""}'):
        with desk.company.writing() as session:
            session.execute(text("UPDATE setting_value SET value = :it WHERE key = 'copies'"), {"it": nonsense})
        assert seen(made.made_at)[0] == "No backup yet"
