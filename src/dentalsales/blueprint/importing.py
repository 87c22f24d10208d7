"""How a kind of other people's workbook reads: its columns, and what becomes of one of its rows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as made
from typing import Any, Protocol

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.workflow import Rule
from dentalsales.i18n import Text, in_all_languages

Values = dict[str, Any]
"""Column name -> typed value; a blank cell, or a column that the file does not have, is None or missing."""


@dataclass(frozen=True)
class ImportColumn:
    """One column; links are given as the text that names their target, and looked up by the kind."""

    name: str
    field: Field
    synonyms: tuple[str, ...] = ()
    words: Mapping[str, str] = made(default_factory=dict)
    """How offices write the choices: 诊所 -> clinic."""
    rounds: bool = False
    """A finer number is rounded half up, where others are refused."""
    is_code: bool = False
    """A code, a phone or an account: a “.0” at its end comes from a spreadsheet and is dropped."""
    fits: Callable[[str], object] | None = None
    """Says whether a text can be meant; a column of which none can is not taken for this one on a guess."""

    @property
    def label(self) -> Text:
        """What the program calls it."""
        return self.field.label

    @property
    def headings(self) -> tuple[str, ...]:
        """What the column may be called in a file: the label in every language, and all synonyms."""
        return tuple(dict.fromkeys((*in_all_languages(self.label), *self.field.synonyms, *self.synonyms, self.name)))


@dataclass(slots=True)
class Fill:
    """Empty fields of a record that was there, and what the file has for them."""

    record: Any
    values: Values


@dataclass(slots=True)
class Taken:
    """What became of one row."""

    records: tuple[Any, ...] = ()
    """Records to keep, in order; a function is called for its record once those before it are kept."""
    lines: tuple[Any, ...] = ()
    """Lines of a paper that is made at the end: checked now, kept then."""
    entry: dict[str, Any] | None = None
    """Values of a ledger row, kept in bulk."""
    already: bool = False
    """It was there before; nothing is added."""
    fill: Fill | None = None
    """It was there before with empty fields that the file can fill."""
    empty: bool = False
    """There is nothing to take, such as a balance of zero."""
    warnings: tuple[RuleBroken, ...] = ()
    foreseen: tuple[Text, ...] = ()
    """What will stand in the way later, said once for the file with its {count} and {rows}."""


class Taker(Protocol):
    """Takes the rows of one file, one after the other; it has read once what they refer to."""

    def take(self, values: Values) -> Taken:
        """Return what becomes of a row; RuleBroken, with the column's name as its field, when it can't be taken."""

    def finish(self) -> Iterable[tuple[Any, str]]:
        """Write what follows from all rows; return papers to keep, each with the step to take then ("" for none)."""


class FillingTaker(Taker, Protocol):
    """A taker whose rows may also be about records that are there."""

    def card_of(self, values: Values) -> Values | None:
        """Return the needed values of the record that a row names, None when it names none that is there."""


@dataclass(frozen=True)
class ImportKind:
    """One kind of workbook that the office brings along."""

    name: str
    title: Text
    register: str
    """Name of the register that it fills."""
    columns: tuple[ImportColumn, ...]
    roles: frozenset[str]
    begin: Callable[[Act], Taker]
    hint: Text
    """One line that says what a row is and what happens to it."""
    rules: Mapping[str, tuple[Rule, ...]] = made(default_factory=dict)
    """Register -> its rules as far as they apply to imported records; without an entry all of them do."""
    series: Mapping[str, tuple[str, str]] = made(default_factory=dict)
    """Register -> field and pattern of the number that a record gets at the end when the file gives none."""
    entries: type[Any] | None = None
    """Record class of the ledger that `Taken.entry` goes to."""
    named_by: tuple[str, ...] = ()
    """Columns of which each says which record is meant: a file that has one of them may lack the other needed columns,
    and its rows fill what the cards of records that are there lack. Takers of such kinds are `FillingTaker`s."""
    one_of: tuple[tuple[str, ...], ...] = ()
    """Of each group at least one column must be matched."""
    were_there: bool = False
    """What the file holds was there before the program: it does not count as entered on the day of the import."""

    def column(self, name: str) -> ImportColumn:
        """Return a column by name (KeyError when unknown)."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def headings(self) -> dict[str, tuple[str, ...]]:
        """Column name -> what it may be called in a file."""
        return {column.name: column.headings for column in self.columns}


def column_of(
    record: type[Any],
    name: str,
    *synonyms: str,
    as_name: str = "",
    words: Mapping[str, str] | None = None,
    rounds: bool = False,
    is_code: bool = False,
    fits: Callable[[str], object] | None = None,
    **changes: Any,
) -> ImportColumn:
    """Return the column that fills a declared field; `changes` replace what the import sees differently.

    What has a default may be missing in the file.
    """
    declared = fields_of(record)[name]
    if declared.default not in (None, ""):
        changes.setdefault("required", False)
    seen = replace(declared, **changes) if changes else declared
    return ImportColumn(as_name or name, seen, synonyms, words or {}, rounds, is_code, fits)


def spelled(**choices: str) -> dict[str, str]:
    """Return the ways in which offices write each choice, from words with spaces between them."""
    return {word: name for name, words in choices.items() for word in words.split()}
