"""Inserts many rows at once: SQLAlchemy's statement and types, without its work for every single row."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, insert

CHUNK = 10_000
Row = dict[str, Any]


CACHE_KB = 256 * 1024
"""Indexes of millions of rows are written all over; with SQLite's own 2 MB every row would read pages again."""


def take_room(connection: Connection) -> None:
    """Let SQLite keep the indexes in memory while this connection lives."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KB}")


def chunks(rows: list[Row]) -> Iterator[list[Row]]:
    """Yield the rows in parts that are sent to the database together."""
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def write_rows(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Insert rows that have a value for every column of the table; a million of them take seconds, not minutes."""
    dialect = connection.dialect
    compiled = insert(table).inline().compile(dialect=dialect)
    names = list(compiled.positiontup or table.columns.keys())
    kept = [(name, table.columns[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names]
    for part in chunks(rows):
        columns = [_bound(part, name, processor) for name, processor in kept]
        values = list(zip(*columns, strict=True))
        if compiled.positional:
            connection.exec_driver_sql(compiled.string, values)
        else:
            connection.exec_driver_sql(compiled.string, [dict(zip(names, one, strict=True)) for one in values])


def _bound(rows: list[Row], name: str, processor: Any) -> list[Any]:
    """Return a column as the driver takes it; days, moments and amounts repeat, so each is turned only once."""
    column = [row[name] for row in rows]
    if processor is None:
        return column
    turned = {value: processor(value) for value in set(column)}
    return [turned[value] for value in column]
