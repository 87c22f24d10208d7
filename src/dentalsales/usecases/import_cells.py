"""Turns the cells of a row into typed values, under the same rules as the fields of a form."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dentalsales.blueprint.fields import DATES
from dentalsales.blueprint.importing import ImportColumn, ImportKind, Values
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _, in_all_languages, tr
from dentalsales.usecases.check_fields import DECIMALS, field_problem, lacking, tidy

MOST_REMEMBERED = 50_000
MOST_DIGITS = 15
YES = frozenset("是 有 √ ✓ ✔ ☑ y yes true 1 on 对 需要 管理".split())
NO = frozenset("否 无 没有 × ✗ ✘ ☐ x n no false 0 off 不 不需要 不管理".split())
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")
CODE_AS_NUMBER = re.compile(r"([0-9０-９]+)\.0+")

Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class CellReaders:
    """How cells are read; each raises RuleBroken for what it can't read, and returns "" or None for a blank one."""

    text: Callable[[Any], str]
    number: Callable[[Any], Decimal | None]
    day: Callable[[Any], date | None]


class Lacking(RuleBroken):
    """A needed cell is empty."""


class RowReader:
    """Reads rows of one sheet; the way of each column is chosen once."""

    def __init__(self, kind: ImportKind, mapping: Mapping[int, str], readers: CellReaders) -> None:
        self._absent = [c for c in kind.columns if c.field.required and c.name not in mapping.values()]
        self._plan = [
            (index, name, _remembering(converter(kind.column(name), readers)))
            for index, name in sorted(mapping.items())
        ]

    def read(self, cells: Sequence[Any]) -> tuple[Values, list[RuleBroken], list[RuleBroken]]:
        """Return the values of a row, what is wrong with its cells, and what it lacks (each names its column)."""
        values: Values = {}
        problems: list[RuleBroken] = []
        lacks = [RuleBroken(lacking(column.field), field=column.name) for column in self._absent]
        width = len(cells)
        for index, name, convert in self._plan:
            try:
                values[name] = convert(cells[index] if index < width else None)
            except Lacking as lack:
                lacks.append(RuleBroken(lack.text, field=name))
            except RuleBroken as broken:
                problems.append(RuleBroken(broken.text, field=name))
        return values, problems, lacks


def _remembering(convert: Convert) -> Convert:
    """A text that came before is not read again: columns of strangers' files repeat themselves."""
    known: dict[str | None, Any] = {}

    def remembered(cell: Any) -> Any:
        if cell.__class__ is not str and cell is not None:
            return convert(cell)
        try:
            return known[cell]
        except KeyError:
            pass
        value = convert(cell)
        if len(known) >= MOST_REMEMBERED:
            known.clear()
        known[cell] = value
        return value

    return remembered


def converter(column: ImportColumn, readers: CellReaders) -> Convert:
    """Return the function that reads, tidies and checks a cell of a column."""
    read, field = _reader(column, readers), column.field

    def convert(cell: Any) -> Any:
        value = None if cell is None else read(cell)
        value = None if value == "" or value is None else tidy(field, value)
        problem = field_problem(field, value)
        if problem is not None:
            raise Lacking(problem) if value is None else RuleBroken(problem)
        return value

    return convert


def _reader(column: ImportColumn, readers: CellReaders) -> Convert:
    kind = column.field.kind
    if kind == "choice":
        return _choice_reader(column, readers)
    if kind == "yes_no":
        return lambda cell: _yes_or_no(column, readers, cell)
    if kind in DATES:
        return readers.day
    if kind == "percent":
        return lambda cell: _percent(readers, cell)
    if kind in ("number", "quantity"):
        return lambda cell: _whole(_number(readers, cell))
    if kind in DECIMALS:
        step = Decimal(1).scaleb(-DECIMALS[kind]) if column.rounds else None
        return lambda cell: _rounded(_number(readers, cell), step)
    if column.is_code:
        return lambda cell: _code(readers.text(cell))
    return readers.text


def _code(text: str) -> str:
    found = CODE_AS_NUMBER.fullmatch(text)
    return found.group(1) if found else text


def _number(readers: CellReaders, cell: Any) -> Decimal | None:
    """Most numbers are written plainly; the others need a closer look."""
    if cell.__class__ is str and PLAIN_NUMBER.fullmatch(cell):
        return Decimal(cell)
    return readers.number(cell)


def _whole(number: Decimal | None) -> Any:
    """A whole number as int; any other stays a Decimal, which the field's rule then refuses."""
    if number is None or number != number.to_integral_value():
        return number
    return int(number)


def _rounded(number: Decimal | None, step: Decimal | None) -> Decimal | None:
    """Round to the step; what is too large for that is left to the field's rule, which refuses it."""
    if number is None or step is None or number.adjusted() > MOST_DIGITS:
        return number
    return number.quantize(step, ROUND_HALF_UP)


def _percent(readers: CellReaders, cell: Any) -> Decimal | None:
    """13, 13 % and Excel's 0.13 are all thirteen per cent."""
    number = readers.number(cell)
    if number is None:
        return None
    if isinstance(cell, str):
        return number * 100 if cell.strip().endswith(("%", "％")) or 0 < number < 1 else number
    return number * 100 if 0 < number < 1 else number


def _yes_or_no(column: ImportColumn, readers: CellReaders, cell: Any) -> bool | None:
    word = plain_word(readers.text(cell))
    if word in YES or word in column.words and column.words[word] == "yes":
        return True
    if word in NO:
        return False
    if not word:
        return None
    raise RuleBroken(_("“{value}” is neither yes nor no. Write 是 or 否."), value=readers.text(cell))


def _choice_reader(column: ImportColumn, readers: CellReaders) -> Convert:
    known = {plain_word(word): name for word, name in column.words.items()}
    for name, label in column.field.choices:
        for word in (name, *in_all_languages(label)):
            known.setdefault(plain_word(word), name)
    labels = listed(tuple(label for _name, label in column.field.choices))

    def read(cell: Any) -> str | None:
        shown = readers.text(cell)
        if not shown:
            return None
        found = known.get(plain_word(shown))
        if found is None:
            sentence = _("“{value}” is not a choice of “{field}”. Write one of: {choices}.")
            raise RuleBroken(sentence.fill(value=shown, field=column.label, choices=labels))
        return found

    return read


def plain_word(text: str) -> str:
    """Return a word for comparing: NFKC, lower case, no spaces (Ⅱ 类 is ii类)."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def listed(labels: tuple[Text, ...]) -> "Listed":
    """Return labels as one value of a sentence, translated when it is shown."""
    return Listed(labels)


class Listed:
    """Labels with slashes between them."""

    def __init__(self, labels: tuple[Text, ...]) -> None:
        self._labels = labels

    def __str__(self) -> str:
        return " / ".join(tr(label) for label in self._labels)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)
