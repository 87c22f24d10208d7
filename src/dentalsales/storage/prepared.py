"""Questions that are asked at every key: compiled once, and sent without a session and without a transaction.

What SQLAlchemy does for a statement of its own costs several times what the database does for twelve records.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Engine, Select
from sqlalchemy.exc import DBAPIError

from dentalsales.storage.refusals import said_clearly
from dentalsales.storage.turn import take_any_turn

Processor = Callable[[Any], Any]
"""Makes a value of the program out of one of the database."""


@dataclass(frozen=True)
class _Compiled:
    """A statement in one database's words."""

    sql: str
    names: Sequence[str] | None
    """The names of the values in their order, where the database takes them by place."""
    fixed: Mapping[str, Any]
    """Values that the statement was built with."""
    processors: tuple[tuple[int, Processor], ...]

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """Return what goes to the driver with the statement."""
        if self.names is None:
            return {**self.fixed, **values}
        fixed = self.fixed
        return [values[name] if name in values else fixed[name] for name in self.names]


class Prepared:
    """A query whose values, numbers and texts, come by name; `one_of` takes lists of them."""

    def __init__(self, query: Select[Any]) -> None:
        self._query = query
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, engine: Engine, values: Mapping[str, Any] | None = None) -> list[Any]:
        """Return the rows that the database holds now; RuleBroken says what the user can do when it does not answer."""
        take_any_turn()
        dialect = engine.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compile(self._query, dialect)
        with said_clearly(files=False):
            connection = engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute(compiled.sql, compiled.parameters(values or {}))
                rows = cursor.fetchall()
                cursor.close()
            except dialect.loaded_dbapi.Error as error:
                raise DBAPIError(compiled.sql, None, error) from error
            finally:
                connection.close()
        return [_made(row, compiled.processors) for row in rows] if compiled.processors else list(rows)


def _made(row: Sequence[Any], processors: tuple[tuple[int, Processor], ...]) -> list[Any]:
    made = list(row)
    for place, processor in processors:
        made[place] = processor(made[place])
    return made


def _compile(query: Select[Any], dialect: Dialect) -> _Compiled:
    """Spell a query out; lists that it was built with get their places, what is given later keeps its name."""
    compiled: Any = query.compile(dialect=dialect)
    asked = [name for name, bind in compiled.binds.items() if bind.required]
    expanded = compiled.construct_expanded_state(dict.fromkeys(asked))
    processors = {name: _sent(bind.type, dialect) for name, bind in compiled.binds.items()} | expanded.processors
    fixed = {
        name: value if value is None or processors.get(name) is None else processors[name](value)
        for name, value in expanded.parameters.items()
    }
    made = ((place, _result(one.type, dialect)) for place, one in enumerate(query.selected_columns))
    return _Compiled(
        expanded.statement,
        expanded.positiontup,
        fixed,
        tuple((place, processor) for place, processor in made if processor is not None),
    )


def _sent(kind: Any, dialect: Dialect) -> Processor | None:
    processor: Processor | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return processor


def _result(kind: Any, dialect: Dialect) -> Processor | None:
    processor: Processor | None = kind.dialect_impl(dialect).result_processor(dialect, None)
    return processor
