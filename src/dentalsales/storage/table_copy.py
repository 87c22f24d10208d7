"""Copies all tables of a company into another database, also one of another kind, and compares what arrived."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, func, select, type_coerce
from sqlalchemy.exc import DBAPIError

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.given_ids import continue_ids

Progress = Callable[[int, int], Any]
"""Told how many rows are done, and of how many; what it raises stops the copy."""
PAGE = 2_000
LINKS = (
    "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE contype = 'f' AND connamespace = current_schema()::text::regnamespace ORDER BY conrelid, conname"
)


@dataclass(frozen=True)
class TableFacts:
    """What a table holds: how many rows, the total of each column of whole numbers, and a hash of every value."""

    table: str
    rows: int
    totals: tuple[tuple[str, int], ...]
    sha256: str


def copy_tables(source: Connection, target: Connection, metadata: MetaData, progress: Progress) -> list[TableFacts]:
    """Fill the empty tables of `target` and return what is in each; the caller's transactions keep it, or nothing.

    RuleBroken when a value does not fit, when a record has lost what it belongs to, or when a table that is read back
    is not what was sent: rows, totals, or any value.
    """
    tables = [_as_kept(table) for table in metadata.sorted_tables]
    steps = _Steps(sum(_count(source, table) for table in tables), progress)
    links = _take_links_off(target)
    sent = [_copy(source, target, table, steps) for table in tables]
    _put_links_back(target, links)
    continue_ids(target, metadata)
    arrived = [facts_of(target, table, steps) for table in tables]
    for here, there in zip(sent, arrived, strict=True):
        if here != there:
            raise RuleBroken(
                _("{table} did not arrive as it was sent: {sent} rows here, {arrived} there. Nothing was changed."),
                table=here.table, sent=here.rows, arrived=there.rows,
            )  # fmt: skip
    return sent


def _as_kept(table: Table) -> Table:
    """Describe a table by what the database keeps: whole numbers travel quicker than the money that they mean."""
    columns = [Column(one.name, _kept_as(one), primary_key=one.primary_key) for one in table.columns]
    return Table(table.name, MetaData(), *columns)


def facts_of(connection: Connection, table: Table, steps: "_Steps | None" = None) -> TableFacts:
    """Read a table back, value by value."""
    read = hashlib.sha256()
    rows = 0
    for page in _pages(connection, table):
        _take_in(read, page)
        rows += len(page)
        if steps is not None:
            steps.add(len(page))
    return TableFacts(table.name, rows, _totals(connection, table), read.hexdigest())


class _Steps:
    """Counts each row twice: as it is sent, and as it is read back."""

    def __init__(self, rows: int, progress: Progress) -> None:
        self._total, self._done, self._progress = 2 * rows, 0, progress

    def add(self, rows: int) -> None:
        self._done += rows
        self._progress(self._done, max(self._total, self._done))


def _copy(source: Connection, target: Connection, table: Table, steps: _Steps) -> TableFacts:
    read = hashlib.sha256()
    rows = 0

    def counted() -> Iterator[Sequence[Sequence[Any]]]:
        nonlocal rows
        for page in _pages(source, table):
            _take_in(read, page)
            rows += len(page)
            yield page
            steps.add(len(page))

    try:
        (_send if target.dialect.name == "postgresql" else _insert)(target, table, counted())
    except (DBAPIError, ValueError) as error:
        _refuse_misfit(error, table)
        raise
    return TableFacts(table.name, rows, _totals(source, table), read.hexdigest())


def _refuse_misfit(error: Exception, table: Table) -> None:
    """Say which table holds what the other database refuses, such as a text longer than its column."""
    letters = getattr(getattr(error, "orig", None), "sqlstate", "") or ""
    if letters[:2] in ("22", "23") or isinstance(error, ValueError):
        raise RuleBroken(
            _("{table} holds a value that the other database does not take ({reason}). Nothing was changed."),
            table=table.name, reason=str(getattr(error, "orig", error)).splitlines()[0],
        ) from error  # fmt: skip


def _send(target: Connection, table: Table, pages: Iterable[Sequence[Sequence[Any]]]) -> None:
    """PostgreSQL's COPY takes rows many times faster than statements."""
    made = _spelled(target, table)
    with _driver(target, "COPY") as driver, driver.cursor().copy(f"COPY {_place(target, table)} FROM STDIN") as sending:
        for page in pages:
            for row in page:
                sending.write_row(
                    [value if make is None else make(value) for make, value in zip(made, row, strict=True)]
                )


def _insert(target: Connection, table: Table, pages: Iterable[Sequence[Sequence[Any]]]) -> None:
    """SQLite takes rows quickest by its driver."""
    made, places = _spelled(target, table), ", ".join("?" * len(table.columns))
    statement = f"INSERT INTO {_place(target, table)} VALUES ({places})"
    with _driver(target, statement) as driver:
        for page in pages:
            driver.executemany(
                statement,
                [
                    [value if make is None else make(value) for make, value in zip(made, row, strict=True)]
                    for row in page
                ],
            )


def _place(target: Connection, table: Table) -> str:
    quote = target.dialect.identifier_preparer
    return f"{quote.format_table(table)} ({', '.join(quote.format_column(column) for column in table.columns)})"


def _spelled(target: Connection, table: Table) -> list[Any]:
    """Return what makes each column's values into those of the driver, None where they are."""
    return [column.type.dialect_impl(target.dialect).bind_processor(target.dialect) for column in table.columns]


@contextmanager
def _driver(target: Connection, statement: str) -> Iterator[Any]:
    """Give the driver's own connection; what it complains about comes as from SQLAlchemy."""
    try:
        yield target.connection.dbapi_connection
    except target.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(statement, None, error) from error


def _pages(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """Give the rows in the order of their keys; texts are in the order of their letters' numbers on both kinds."""
    order: list[Column[Any]] = list(table.primary_key.columns) or list(table.columns)
    query = select(*table.columns).order_by(*order).execution_options(yield_per=PAGE)
    yield from connection.execute(query).partitions()


def _take_in(read: Any, page: Sequence[Any]) -> None:
    read.update("".join(f"{tuple(row)!r}\n" for row in page).encode("utf-8", "surrogatepass"))


def _totals(connection: Connection, table: Table) -> tuple[tuple[str, int], ...]:
    """Let the database itself add up each column of whole numbers, money among them."""
    names = [column.name for column in table.columns if isinstance(_kept_as(column), Integer)]
    sums = [func.coalesce(func.sum(type_coerce(table.c[name], BigInteger)), 0) for name in names]
    found = connection.execute(select(*sums)).one() if names else ()
    return tuple(zip(names, map(int, found), strict=True))


def _kept_as(column: Column[Any]) -> Any:
    return getattr(column.type, "impl_instance", column.type)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _take_links_off(target: Connection) -> list[tuple[str, str, str]]:
    """Rows may point at later ones, so the links of an empty server come after its rows; a file checks them then."""
    if target.dialect.name != "postgresql":
        return []
    links = [(table, name, words) for table, name, words in target.exec_driver_sql(LINKS)]
    for table, name, _words in links:
        target.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    return links


def _put_links_back(target: Connection, links: list[tuple[str, str, str]]) -> None:
    lost = False
    try:
        for table, name, words in links:
            target.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {words}")
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != "23503":
            raise
        lost = True
    if lost or (target.dialect.name == "sqlite" and target.exec_driver_sql("PRAGMA foreign_key_check").first()):
        raise RuleBroken(
            _("A record has lost what it belongs to. Run the check of the company first; nothing was changed.")
        )
