"""Rows of a file that are sums of others: told by their word, left out, and compared with what was read."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from dentalsales.blueprint.importing import ImportKind, Values
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.usecases.import_cells import plain_word
from dentalsales.usecases.import_report import ImportReport

WORDS = frozenset(
    "合计 总计 小计 共计 累计 总合计 合计数 本页合计 本页小计 本月合计 total totals subtotal sum grandtotal".split()
)
BEGINNINGS = frozenset(word[0] for word in WORDS) | {"T", "S", "G", " ", "\u3000"}
LONGEST = 24
NUMBER = re.compile(r"[-+¥￥]?\s*[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?\s*(?:%|％|元)?")

REMARK = re.compile(r"\s*(?:注|备注|说明|制单|制表|填表|审核|复核|经办|打印|导出|盖章)\w{0,6}\s*[:：]")

REMARKS_LEFT_OUT = _("Left out as remarks beside the table: {rows}")
LEFT_OUT = _("Left out as total rows: {rows}")
DIFFERS = _("The total row says {said}, the rows that can be taken add up to {found}. Look whether a row is missing.")


def is_total(cells: Sequence[Any], is_bad: bool) -> bool:
    """Say whether a row is the sum of others: one cell says so and beside it stand numbers only.

    In a row that is no good record anyway the word may also just come first.
    """
    at = next((place for place, cell in enumerate(cells) if cell.__class__ is str and _is_word(cell)), None)
    if at is None:
        return False
    others = [cell for place, cell in enumerate(cells) if place != at and cell not in (None, "")]
    return all(map(_is_number, others)) or (is_bad and all(cell in (None, "") for cell in cells[:at]))


def is_remark(cells: Sequence[Any], is_bad: bool) -> bool:
    """Say whether a row that is no record was written below the table: 制单人：…, 注：…."""
    first = next((cell for cell in cells if cell not in (None, "")), None) if is_bad else None
    return isinstance(first, str) and REMARK.match(first) is not None


def _is_word(cell: str) -> bool:
    return cell[:1] in BEGINNINGS and len(cell) <= LONGEST and plain_word(cell).strip(":：") in WORDS


def _is_number(cell: Any) -> bool:
    if isinstance(cell, str):
        return not cell.strip() or NUMBER.fullmatch(cell.strip()) is not None
    return not isinstance(cell, date)


class Sums:
    """What the rows of a file add up to so far, by column: since the beginning, and since the last total row."""

    def __init__(self, kind: ImportKind, mapping: Mapping[int, str]) -> None:
        self._names = [name for name in mapping.values() if kind.column(name).field.kind in ("money", "quantity")]
        self._all: dict[str, Any] = dict.fromkeys(self._names, 0)
        self._part = dict(self._all)

    def add(self, values: Values) -> None:
        """Add a row."""
        for name in self._names:
            value = values.get(name)
            if value is not None:
                self._all[name] += value
                self._part[name] += value

    def leave_out(self, report: ImportReport, row: int, values: Values) -> list[RuleBroken]:
        """Note a total row, and return what it says otherwise; it sums up all rows, or those since the one before."""
        report.totals += 1
        report.foresee(LEFT_OUT, row)
        told = []
        for name in self._names:
            said, found = values.get(name), (self._all[name], self._part[name])
            if said is not None and said not in found:
                told.append(RuleBroken(DIFFERS, field=name, said=said, found=_like(said, found[0])))
        self._part = dict.fromkeys(self._names, 0)
        report.warning += bool(told)
        return told


def _like(said: Any, found: Any) -> Any:
    """Money stays money where nothing was added up yet."""
    return Decimal(found) if isinstance(said, Decimal) else found
