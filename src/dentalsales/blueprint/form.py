"""The form of a record as a tuple of sections: names of fields, and names side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dentalsales.i18n import Text

Row = str | tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A titled part of a form; a row is a field name, or several side by side."""

    title: Text
    rows: tuple[Row, ...]
    see: frozenset[str] | None
    when: Callable[[Any], bool] | None
    """(record) -> whether the section is about such a record; its fields stay as they are when it is not."""
    once: tuple[str, ...]
    """Fields of a later state: the section is shown from then on that one of them is filled."""

    def __init__(
        self,
        title: Text,
        *rows: Row,
        see: frozenset[str] | None = None,
        when: Callable[[Any], bool] | None = None,
        once: tuple[str, ...] = (),
    ) -> None:
        object.__setattr__(self, "title", title)
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "see", see)
        object.__setattr__(self, "when", when)
        object.__setattr__(self, "once", once)

    def is_about(self, record: Any) -> bool:
        """Say whether the section is shown of a record."""
        filled = not self.once or any(getattr(record, name) for name in self.once)
        return filled and (self.when is None or bool(self.when(record)))

    @property
    def names(self) -> tuple[str, ...]:
        """All field names of the section in reading order."""
        return tuple(name for row in self.rows for name in ((row,) if isinstance(row, str) else row))
