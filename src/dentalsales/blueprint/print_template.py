"""How the company wants a paper on one size: what is on it, how wide its columns are, and how many copies."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dentalsales.blueprint.printout import CONTINUOUS, Pair, Paper
from dentalsales.blueprint.sheet import Block, Row, SheetColumn
from dentalsales.i18n import Text, _

MOST_COPIES = 6
NARROWEST, WIDEST = 8.0, 120.0
"""Millimetres of a column."""
NAMINGS = {
    "none": _("Without a name"),
    "original": _("Original, then duplicates"),
    "parts": _("Stub, customer's copy, finance copy …"),
    "edge": _("All names at the edge"),
}
"""How copies are told apart."""
_BETWEEN_NAMES = re.compile("[、，；,;/\n]")
ORIGINAL, DUPLICATE = _("Original"), _("Duplicate")


@dataclass(frozen=True)
class Part:
    """Something on a paper that a template may leave out, unless the law wants it."""

    name: str
    label: Text
    group: str
    """head, columns, foot or page."""
    law: bool = False
    usual: bool = True


@dataclass(frozen=True)
class Template:
    """The company's choices for one printout on one size; what is not chosen is as usual."""

    printout: str
    size: str
    shown: Mapping[str, bool] = field(default_factory=dict)
    widths: Mapping[str, float] = field(default_factory=dict)
    prices: bool = True
    copies: int = 1
    naming: str = ""
    """One of NAMINGS; empty is the usual one of the size."""
    copy_names: str = ""
    """The names of the copies as the company calls them, one after the other; empty are the usual ones."""

    @property
    def named(self) -> str:
        """How copies are told apart: carbon paper bears all names, a single sheet none."""
        return self.naming or ("edge" if self.size in CONTINUOUS else "none")

    @property
    def own_names(self) -> tuple[str, ...]:
        """The company's own names of the copies, none when the usual ones are meant."""
        return tuple(name for part in _BETWEEN_NAMES.split(self.copy_names) if (name := part.strip()))

    def has(self, part: Part) -> bool:
        """Say whether a part is printed."""
        return part.law or self.shown.get(part.name, part.usual)


_PAGE = (
    Part("logo", _("Logo"), "page"),
    Part("company_address", _("Address and phone of the company"), "page"),
    Part("qr_code", _("Number as a QR code"), "page"),
    Part("notes", _("Notes below the table"), "page"),
    Part("seals", _("Areas for seals"), "page"),
)


def parts_of(paper: Paper) -> tuple[Part, ...]:
    """Return what a paper consists of, in its order, as far as it can be named."""
    head = [_part_of(pair, "head") for pair in paper.head if pair.name]
    columns = paper.block.columns if paper.block is not None else ()
    table = [Part(one.name, one.label, "columns", one.law, one.usual) for one in columns if one.name != "line"]
    foot = [_part_of(pair, "foot") for pair in paper.foot if pair.name]
    missing = {"notes": not paper.notes, "seals": not paper.seals}
    return (*head, *table, *foot, *(part for part in _PAGE if not missing.get(part.name)))


def _part_of(pair: Pair, group: str) -> Part:
    return Part(pair.name, pair.label, group, pair.law, pair.usual)


def tailored(paper: Paper, template: Template) -> Paper:
    """Return the paper with what the template wants and nothing it leaves out."""
    left_out = {part.name for part in parts_of(paper) if not template.has(part)}
    letterhead = replace(paper.letterhead, address="", phone="") if "company_address" in left_out else paper.letterhead
    return replace(
        paper,
        head=_kept(paper.head, left_out),
        block=_without(paper.block, left_out) if paper.block is not None else None,
        foot=_kept(paper.foot, left_out),
        letterhead=letterhead,
        logo=None if "logo" in left_out else paper.logo,
        code="qr_code" not in left_out,
        notes=() if "notes" in left_out else paper.notes,
        seals=() if "seals" in left_out else paper.seals,
        widths=template.widths,
        copies=template.own_names or paper.copies,
    )


def _kept(pairs: Sequence[Pair], left_out: set[str]) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if pair.name not in left_out)


def _without(block: Block, left_out: set[str]) -> Block:
    """A table keeps what names its lines, even if everything else is left out."""
    keep = [at for at, column in enumerate(block.columns) if column.name not in left_out]
    columns: tuple[SheetColumn, ...] = tuple(block.columns[at] for at in keep)
    rows = tuple(Row(tuple(row.cells[at] for at in keep), row.opens, row.tone) for row in block.rows)
    return replace(block, columns=columns, rows=rows)


def copies_of(paper: Paper, template: Template) -> list[Paper]:
    """Return the paper once per copy, each with its name; `paper.copies` are the names of the parts."""
    count = max(1, min(template.copies, MOST_COPIES))
    if template.named == "edge":
        return [paper] * count
    bare = replace(paper, copies=())
    if template.named == "original":
        return [replace(bare, copy=DUPLICATE if number else ORIGINAL) for number in range(count)]
    if template.named == "parts" and paper.copies:
        names = [paper.copies[min(number, len(paper.copies) - 1)] for number in range(count)]
        return [replace(bare, copy=name) for name in names]
    return [bare] * count
