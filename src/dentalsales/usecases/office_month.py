"""The month of a day or moment in SQL, as "2026-11", on the office's clock."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class month_of_day(FunctionElement[str]):  # noqa: N801 - named as an SQL function
    """The month of a calendar day."""

    type = String()
    inherit_cache = True


class month_of_moment(FunctionElement[str]):  # noqa: N801 - named as an SQL function
    """The month of a moment, which is kept in UTC."""

    type = String()
    inherit_cache = True


@compiles(month_of_day)
def _day(element: Any, compiler: Any, **words: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **words)}, 'YYYY-MM')"


@compiles(month_of_day, "sqlite")
def _day_on_sqlite(element: Any, compiler: Any, **words: Any) -> str:
    return f"substr({compiler.process(element.clauses, **words)}, 1, 7)"


@compiles(month_of_moment)
def _moment(element: Any, compiler: Any, **words: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **words)} + interval '8 hours', 'YYYY-MM')"


@compiles(month_of_moment, "sqlite")
def _moment_on_sqlite(element: Any, compiler: Any, **words: Any) -> str:
    return f"substr(datetime({compiler.process(element.clauses, **words)}, '+8 hours'), 1, 7)"
