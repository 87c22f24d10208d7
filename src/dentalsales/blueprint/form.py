"""The form of a record as a tuple of sections: names of fields, and names side by side."""

from dataclasses import dataclass

from dentalsales.i18n import Text

Row = str | tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A titled part of a form; a row is a field name, or several side by side."""

    title: Text
    rows: tuple[Row, ...]
    see: frozenset[str] | None

    def __init__(self, title: Text, *rows: Row, see: frozenset[str] | None = None) -> None:
        object.__setattr__(self, "title", title)
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "see", see)

    @property
    def names(self) -> tuple[str, ...]:
        """All field names of the section in reading order."""
        return tuple(name for row in self.rows for name in ((row,) if isinstance(row, str) else row))
