"""P7: the monthly report with the ageing of receivables, against the sqlite3 module running the same statements."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Engine, event

from benchmarks.ground import Ground, desk_in, raw_in
from benchmarks.measure import Result, compare, turns
from dentalsales.blueprint.report import Period
from dentalsales.usecases import run_report
from dentalsales.usecases.desk import Desk

LIMIT = 1.3
MONTHS = (date(2026, 10, 1), date(2023, 6, 1))
"""The last whole month, and one far back, whose receivables are rewound over years."""


def measure(ground: Ground) -> Iterator[Result]:
    """One line for each month."""
    with desk_in(ground.company, "manager", read_only=True) as desk, raw_in(ground.company) as raw:
        for first in MONTHS:
            yield _one(ground, desk, raw, Period.month(first))


def _one(ground: Ground, desk: Desk, raw: Any, month: Period) -> Result:
    def ours() -> object:
        return run_report.run(desk, "sales_monthly", month)

    statements = _statements(desk.company.engine, ours)

    def baseline() -> None:
        raw.execute("BEGIN")
        for statement, values in statements:
            raw.execute(statement, values).fetchall()
        raw.execute("ROLLBACK")

    return compare("P7", f"monthly report of {month.start:%Y-%m}", turns(ours), turns(baseline), ground.rounds, LIMIT)


def _statements(engine: Engine, act: Any) -> list[tuple[str, Any]]:
    """Return what the act asks of the database, with the values as the driver gets them."""
    found: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            found.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return found
