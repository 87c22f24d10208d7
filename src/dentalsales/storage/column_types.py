"""How column types are spelled: on SQLite, whose STRICT tables know four of them, and texts on PostgreSQL."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Enum,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    Time,
    Unicode,
    UnicodeText,
    event,
)
from sqlalchemy.dialects.sqlite import DATE, DATETIME, TIME
from sqlalchemy.ext.compiler import compiles

# Numeric is left out on purpose: SQLite would keep it as a float, and a STRICT table refuses it.


@compiles(String, "sqlite")
@compiles(Text, "sqlite")
@compiles(Unicode, "sqlite")
@compiles(UnicodeText, "sqlite")
@compiles(Enum, "sqlite")
@compiles(Date, "sqlite")
@compiles(DateTime, "sqlite")
@compiles(Time, "sqlite")
@compiles(DATE, "sqlite")
@compiles(DATETIME, "sqlite")
@compiles(TIME, "sqlite")
def _text(type_: Any, compiler: Any, **options: Any) -> str:
    return "TEXT"


@compiles(BigInteger, "sqlite")
@compiles(SmallInteger, "sqlite")
def _integer(type_: Any, compiler: Any, **options: Any) -> str:
    return "INTEGER"


@compiles(LargeBinary, "sqlite")
def _blob(type_: Any, compiler: Any, **options: Any) -> str:
    return "BLOB"


@compiles(Boolean, "sqlite")
def _boolean(type_: Any, compiler: Any, **options: Any) -> str:
    """A yes or no is 0 or 1; only where a column is declared, a CHECK says so."""
    column = options.get("type_expression")
    if not isinstance(column, Column):
        return "INTEGER"
    return f"INTEGER CHECK ({compiler.dialect.identifier_preparer.format_column(column)} IN (0, 1))"


@compiles(String, "postgresql")
@compiles(Text, "postgresql")
@compiles(Unicode, "postgresql")
@compiles(UnicodeText, "postgresql")
def _in_byte_order(type_: Any, compiler: Any, **options: Any) -> str:
    """A text column compares by its letters' numbers as on SQLite, whatever language the server was set up for.

    Only so is the beginning of a number a range, which an index finds; names are sorted by `by_pinyin`.
    """
    spelled: str = getattr(compiler, f"visit_{type_.__visit_name__}")(type_, **options)
    return f'{spelled} COLLATE "C"' if isinstance(options.get("type_expression"), Column) else spelled


@event.listens_for(Table, "before_create")
def _make_strict(table: Table, connection: Connection, **options: Any) -> None:
    if connection.dialect.name == "sqlite":
        table.dialect_options["sqlite"]["strict"] = True
