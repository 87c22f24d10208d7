"""Clocks against a simulation that walks minute by minute, and the words in which they are told."""

import os
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dentalsales.blueprint.clocks import ALWAYS, Hours, Stretch, days_named, in_words, ran, runs_out
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import tr, use_language

SEQUENCES = int(os.environ.get("DENTALSALES_CLOCK_SEQUENCES", "60"))
"""So many sequences of events are compared; ten thousand were, before this was kept."""
MONDAY = datetime(2026, 9, 28, tzinfo=UTC)
"""A week with a holiday, before a Saturday on which the office works."""
MINUTE = timedelta(minutes=1)
CHINA = timedelta(hours=8)
DAYS = 9


def minute(number: int) -> datetime:
    return MONDAY + number * MINUTE


days = st.frozensets(st.integers(0, DAYS + 3).map(lambda count: MONDAY.date() + timedelta(days=count)), max_size=5)
hours = st.one_of(
    st.just(ALWAYS),
    st.builds(
        lambda opens, long, week, closed, extra: Hours(time(*divmod(opens, 60)), time(*divmod(opens + long, 60)),
                                                      week, closed, extra),
        st.integers(0, 720), st.integers(1, 719), st.frozensets(st.integers(1, 7), min_size=1), days, days,
    ),
)  # fmt: skip
holds = st.lists(st.tuples(st.integers(0, DAYS * 1440), st.integers(0, 3000)), max_size=4)
events = st.tuples(st.integers(0, 2 * 1440), st.integers(0, 7 * 1440), holds, st.integers(1, 48 * 60))


def ticks(hours: Hours, number: int, held: list[tuple[int, int]]) -> bool:
    """Whether the clock runs in this minute, asked of the wall and the calendar."""
    if any(start <= number < start + long for start, long in held):
        return False
    wall = minute(number) + CHINA
    if hours.opens is None or hours.closes is None:
        return True
    day, at = wall.date(), wall.hour * 60 + wall.minute
    works = day in hours.extra or (day.weekday() + 1 in hours.weekdays and day not in hours.closed)
    return works and hours.opens.hour * 60 + hours.opens.minute <= at < hours.closes.hour * 60 + hours.closes.minute


@settings(max_examples=SEQUENCES, deadline=None)
@given(hours, events)
def test_a_clock_agrees_with_a_walk_minute_by_minute(hours: Hours, event) -> None:
    start, long, held, limit = event
    stretches = [Stretch(minute(at), minute(at + for_)) for at, for_ in held]
    walked, end = 0, None
    for number in range(start, start + long):
        walked += ticks(hours, number, held)
        if walked == limit and end is None:
            end = number + 1
    assert ran(hours, minute(start), minute(start + long), stretches) == walked * MINUTE
    told = runs_out(hours, minute(start), limit * MINUTE, stretches)
    if end is not None:
        assert told == minute(end)
    else:
        assert told is None or told > minute(start + long)


def test_a_clock_that_is_held_without_an_end_does_not_run_out() -> None:
    office = Hours(time(8, 30), time(17, 30), frozenset({1, 2, 3, 4, 5}))
    for hours in (ALWAYS, office):
        assert runs_out(hours, minute(0), 48 * 60 * MINUTE, [Stretch(minute(60))]) is None


def test_company_hours_pass_over_night_weekend_and_holidays() -> None:
    """Received on Wednesday at 16:00 before the National Day, 10 hours of an office that works the Saturday after."""
    office = Hours(
        time(8, 30), time(17, 30), frozenset({1, 2, 3, 4, 5}), days_named("2026-10-01~2026-10-08"),
        days_named("2026-10-10"),
    )  # fmt: skip
    received = datetime(2026, 9, 30, 8, 0, tzinfo=UTC)
    due = runs_out(office, received, timedelta(hours=11))
    assert due == datetime(2026, 10, 10, 1, 0, tzinfo=UTC)


def test_days_are_named_one_by_one_or_from_to() -> None:
    assert days_named("2026-10-01～2026-10-03、2026-12-31") == {
        date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 3), date(2026, 12, 31)
    }  # fmt: skip
    assert days_named("") == frozenset()
    for wrong in ("10-01", "2026-02-30", "2026-10-07~2026-10-01"):
        with pytest.raises(RuleBroken):
            days_named(wrong)


@pytest.mark.parametrize(
    ("minutes", "said", "in_chinese"),
    [
        (3 * 1440, "3 days left", "剩 3 天"),
        (300, "5 hours left", "剩 5 小时"),
        (1, "1 minute left", "剩 1 分钟"),
        (-180, "3 hours overdue", "超时 3 小时"),
        (-2 * 1440, "2 days overdue", "超时 2 天"),
    ],
)
def test_what_is_left_is_told_in_words(minutes: int, said: str, in_chinese: str) -> None:
    words = in_words(minute(minutes), minute(0))
    assert tr(words) == said
    use_language("zh_CN")
    assert tr(words) == in_chinese
