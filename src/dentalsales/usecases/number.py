"""Document numbers: unique, without gaps, taken from a counter row in the paper's own transaction."""

import re
from datetime import date
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from dentalsales.blueprint.house_records import Counter

_COUNT = re.compile(r"\{count:(\d+)\}")


def next_number(session: Session, pattern: str, today: date) -> str:
    """Return the next number of a pattern: {day} is YYYYMMDD, {month} YYYYMM, {year} YYYY, {count:03} the counter."""
    filled = pattern.format_map(_Dates(today)) if "{" in pattern else pattern
    found = _COUNT.search(filled)
    if found is None:
        raise ValueError(f"{pattern} has no counter")
    series = filled[: found.start()] + "#" + filled[found.end() :]
    connection = session.connection()
    last = connection.scalar(_TAKE, {"of_series": series})
    if last is None:
        last = 1
        connection.execute(_BEGIN, {"series": series, "last": last})
    return filled[: found.start()] + str(last).zfill(int(found.group(1))) + filled[found.end() :]


_TABLE: Any = Counter.__table__
_TAKE = (
    update(_TABLE)
    .where(_TABLE.c.series == bindparam("of_series"))
    .values(last=_TABLE.c.last + 1)
    .returning(_TABLE.c.last)
)
_BEGIN = insert(_TABLE)


class _Dates(dict[str, str]):
    """Fills the dates of a pattern and leaves the counter for later."""

    def __init__(self, today: date) -> None:
        super().__init__(day=f"{today:%Y%m%d}", month=f"{today:%Y%m}", year=f"{today:%Y}", count=_LATER)

    def __missing__(self, key: str) -> str:
        raise KeyError(f"unknown word {{{key}}} in a number pattern")


class _Later(str):
    def __format__(self, spec: str) -> str:
        return "{count:" + spec + "}"


_LATER = _Later()
