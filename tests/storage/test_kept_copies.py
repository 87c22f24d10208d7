"""Which copies are kept: a pure function of moments."""

from datetime import datetime, timedelta
from pathlib import Path

from dentalsales.storage.backup_file import OFFICE
from dentalsales.storage.kept_copies import KeptSet, kept, prune

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=OFFICE)
TWICE_A_DAY = [NOON - timedelta(hours=12 * step) for step in range(2 * 800)]


def test_old_copies_go_by_day_week_and_month() -> None:
    stay = sorted(kept(TWICE_A_DAY, NOON, KeptSet()))
    assert len([one for one in stay if NOON - one <= timedelta(hours=48)]) == 5
    fortnight = [one.date() for one in stay if timedelta(hours=60) < NOON - one <= timedelta(days=13)]
    assert len(fortnight) == len(set(fortnight)) == 11
    weeks = {one.isocalendar()[:2] for one in stay if NOON - one <= timedelta(weeks=11)}
    assert len(weeks) == 12
    assert len({(one.year, one.month) for one in stay}) == 25
    assert len(stay) < 60


def test_of_a_day_a_week_and_a_month_the_newest_copy_stays() -> None:
    stay = kept(TWICE_A_DAY, NOON, KeptSet(hours=0, days=0, weeks=0, months=24))
    assert datetime(2026, 10, 31, 12, 0, tzinfo=OFFICE) in stay
    assert len([one for one in stay if (one.year, one.month) == (2026, 10)]) == 1


def test_another_kept_set_keeps_another_number() -> None:
    assert len(kept(TWICE_A_DAY, NOON, KeptSet(hours=0, days=3, weeks=0, months=0))) == 4
    assert kept(TWICE_A_DAY, NOON, KeptSet(0, 0, 0, 0)) == {NOON}


def test_the_newest_copy_and_one_of_a_wrong_clock_always_stay() -> None:
    old = [datetime(2001, 1, day, tzinfo=OFFICE) for day in (1, 2)]
    assert kept(old, NOON, KeptSet()) == {old[1]}
    ahead = NOON + timedelta(days=400)
    assert ahead in kept([*old, ahead], NOON, KeptSet())
    assert kept([], NOON, KeptSet()) == set()


def test_thinning_out_twice_removes_nothing_more(tmp_path: Path) -> None:
    for moment in TWICE_A_DAY[:200]:
        (tmp_path / moment.strftime("%Y%m%d-%H%M%S.dsbackup")).touch()
    (tmp_path / "20200101-000000 keep me.dsbackup").touch()
    (tmp_path / "letter.txt").touch()
    assert prune(tmp_path, NOON)
    assert prune(tmp_path, NOON) == []
    assert (tmp_path / "20200101-000000 keep me.dsbackup").exists() and (tmp_path / "letter.txt").exists()
