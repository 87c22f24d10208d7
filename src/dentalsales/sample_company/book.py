"""Collects the rows of the sample company and writes them in bulk; keeps ids, numbers, search texts and history."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, bindparam, update

from dentalsales.blueprint.house_records import Counter, History
from dentalsales.blueprint.record import Base, fields_of
from dentalsales.sample_company.quick_insert import Row, chunks, take_room, write_rows
from dentalsales.storage.company import Company
from dentalsales.storage.given_ids import continue_ids
from dentalsales.storage.history_chain import Chain
from dentalsales.usecases.keep_history import TURN, canonical
from dentalsales.usecases.search_text import covered_fields, whole_search_text, without_hyphens

__all__ = ["Book", "Row"]


class Book:
    """The rows that are not written yet, table by table."""

    def __init__(self, company: Company, lean: bool) -> None:
        self.company, self.lean = company, lean
        self.counts: dict[str, int] = {}
        self.staff: dict[str, int] = {}
        self.logins: dict[int, str] = {}
        self._rows: dict[Table, list[Row]] = {}
        self._ids: dict[type[Any], int] = {}
        self._series: dict[str, int] = {}
        self._blanks: dict[type[Any], Row] = {}
        self._searched: dict[type[Any], list[str]] = {}

    def new_id(self, cls: type[Any]) -> int:
        """Return the next id of a table."""
        self._ids[cls] = self._ids.get(cls, 0) + 1
        return self._ids[cls]

    def row(self, cls: type[Any], **values: Any) -> Row:
        """Return a row with the defaults of its class and an id of its own; `add` takes it in when it is final."""
        blank = self._blanks.get(cls)
        if blank is None:
            blank = self._blanks[cls] = {column.name: _default_of(column) for column in cls.__table__.columns}
        row = {**blank, **values}
        if row.get("id", 0) is None:
            row["id"] = self.new_id(cls)
        return row

    def add(self, cls: type[Any], row: Row, of_lines: Sequence[str] = ()) -> Row:
        """Take a row in, with its search text and what its lines add to it."""
        if "search_text" in row and not row["search_text"]:
            row["search_text"] = self._search_text(cls, row, of_lines)
        self._rows.setdefault(cls.__table__, []).append(row)
        return row

    def enter(self, cls: type[Any], **values: Any) -> Row:
        """Make a row and take it in."""
        return self.add(cls, self.row(cls, **values))

    def number(self, prefix: str, day: date) -> str:
        """Return the next number of a paper that is counted by the day, such as SO-20261122-001."""
        series = f"{prefix}-{day:%Y%m%d}-#"
        return f"{series[:-1]}{self.count(series):03}"

    def count(self, series: str) -> int:
        """Count on in a series, named as the program names its counters: the pattern with # for the count."""
        self._series[series] = self._series.get(series, 0) + 1
        return self._series[series]

    def log(
        self, register: str, record_id: int, step: str, states: tuple[str, str], who: str, at: datetime, note: str = "",
        turn: str = "",
    ) -> None:
        """Write what happened to a record, from one state to another, into the history; `turn` is its role's turn."""
        self.enter(
            History,
            register=register,
            record_id=record_id,
            step=step,
            from_state=states[0],
            to_state=states[1],
            employee_id=self.staff[who],
            at=at,
            note=note,
            changes=canonical({TURN: turn}) if turn else "",
        )

    def write(self) -> None:
        """Write everything that was taken in, tables that others point at first, in one transaction."""
        with self.company.writing() as session:
            if self.lean:
                take_room(session.connection())
            for table in Base.metadata.sorted_tables:
                rows = self._rows.pop(table, [])
                self.counts[table.name] = self.counts.get(table.name, 0) + len(rows)
                if table is History.__table__ and rows:
                    chain = Chain(session.connection())
                    for row in rows:
                        chain.add(row)
                    write_rows(session.connection(), table, rows)
                    chain.keep()
                elif rows:
                    write_rows(session.connection(), table, rows)

    def correct(self, cls: type[Any], changes: list[Row]) -> None:
        """Change rows that are written already; each change names its `key` and the new values."""
        if not changes:
            return
        table = cls.__table__
        names = [name for name in changes[0] if name != "key"]
        new_values: dict[str, Any] = {name: bindparam(name) for name in names}
        statement = update(table).where(table.c.id == bindparam("key")).values(new_values)
        with self.company.writing() as session:
            for part in chunks(changes):
                session.connection().execute(statement, part)

    def close(self) -> None:
        """Write the counters and what is left."""
        for series, last in self._series.items():
            self.enter(Counter, series=series, last=last)
        self.write()
        with self.company.writing() as session:
            continue_ids(session.connection(), Base.metadata)

    def _search_text(self, cls: type[Any], row: Row, of_lines: Sequence[str]) -> str:
        names = self._searched.get(cls)
        record: Any = cls
        covered = covered_fields(record)
        if names is None:
            searched = (name for name, field in fields_of(cls).items() if field.search)
            names = self._searched[cls] = [name for name in searched if name not in covered]
        if names == ["number"]:
            return (row["number"] or "").lower()
        own = [row[name] for name in names]
        hidden = [row[name] for name in covered] if covered else None
        return whole_search_text([*own, *of_lines, without_hyphens(row.get("code"))], hidden)


def _default_of(column: Any) -> Any:
    return column.default.arg if column.default is not None and column.default.is_scalar else None
