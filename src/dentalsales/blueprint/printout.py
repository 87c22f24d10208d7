"""A printed paper: letterhead, head fields, one table, totals in figures and words, seals and signature lines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.sheet import Block, ControlledForm, Letterhead
from dentalsales.i18n import Text, _

PAPER_SIZES = {
    "A4": (210, 297),
    "A4 landscape": (297, 210),
    "A5": (148, 210),
    "A5 landscape": (210, 148),
    "241x140": (241, 140),
}
"""Width and height in millimetres."""
SIZE_NAMES = {
    "A4": _("A4"),
    "A4 landscape": _("A4 landscape"),
    "A5": _("A5"),
    "A5 landscape": _("A5 landscape"),
    "241x140": _("241 × 140 mm, three-part"),
}
CONTINUOUS = frozenset({"241x140"})
"""Fed through as it lies, never turned: a driver that is told "landscape" would print it sideways."""


@dataclass(frozen=True)
class Pair:
    """A label and its value in the head or foot; `wide` takes the whole width."""

    label: Text
    value: Any
    kind: str = "text"
    wide: bool = False
    name: str = ""
    """By which a template leaves it out; one without a name is always printed."""
    law: bool = False
    """The law wants it on this paper: no template leaves it out."""
    usual: bool = True
    """False: printed only where a template asks for it."""


@dataclass(frozen=True)
class Clause:
    """A numbered clause of running text, such as those of a contract."""

    number: int
    title: str
    text: str


@dataclass(frozen=True)
class Paper:
    """One paper ready to draw, on any of its sizes."""

    name: str
    title: Text
    number: str
    size: str
    letterhead: Letterhead
    whose: str = ""
    """The customer it is for, in the name of a file."""
    head: tuple[Pair, ...] = ()
    block: Block | None = None
    foot: tuple[Pair, ...] = ()
    words: tuple[Text, Decimal] | None = None
    """Label and amount that is printed in words (大写) beside the figure."""
    notes: tuple[str, ...] = ()
    seals: tuple[Text, ...] = ()
    """Areas of about 45 x 45 mm that stay blank, each with the seal expected there."""
    signatures: tuple[Text, ...] = ()
    form: ControlledForm | None = None
    copies: tuple[Text | str, ...] = ()
    """Names of the parts (stub, customer, finance, warehouse), printed at the edge."""
    copy: Text | str | None = None
    """The name of this one copy (original, duplicate), where each is printed for itself."""
    mark: Text | None = None
    """A word across the head such as Draft or Void."""
    reprint: int = 0
    """How many times it was printed again, this time included; 0 is the first print, which is clean."""
    code: bool = False
    """Its number as a small code for scanners, so that the signed paper finds its record."""
    logo: bytes | None = None
    """The company's sign, a PNG or JPEG picture."""
    widths: Mapping[str, float] = field(default_factory=dict)
    """Columns whose width in millimetres a template sets."""
    printed_at: datetime | None = None
    printed_by: str = ""
    extra_blocks: tuple[Block, ...] = field(default=())
    clauses: tuple[Clause, ...] = ()
    """Running text after the table."""
    seam: bool = False
    """The right margin leaves room for a seal across all pages (骑缝章)."""


@dataclass(frozen=True)
class Printout:
    """A kind of printed paper of one register."""

    name: str
    title: Text
    register: str
    make: Callable[[Any, Act, Mapping[str, Any]], Paper]
    """(record, act, options) -> Paper with all its parts; options: size, prices (bool)."""
    sizes: tuple[str, ...] = ("A4",)
    prices_optional: bool = False
    states: tuple[str, ...] = ()
    """States in which it may be printed; empty means any. A draft prints with a mark."""
    example: Callable[[int], Any] | None = None
    """(number of lines) -> a record of nobody, every field filled in: what a template is shown with."""
    blank: Callable[[], Any] | None = None
    """() -> a record of nobody with nothing filled in and some empty lines: the form to be filled in by hand."""
    wishes: Callable[[Any], Mapping[str, Any]] | None = None
    """(record) -> the size and prices that its customer wants; empty ones are left to the template."""
    undone: tuple[str, ...] = ()
    """States of a paper that does not count any more; a batch leaves it out."""
    when: Callable[[Any], bool] | None = None
    """(record) -> whether it is a paper of such a record; None means of every one."""
    copies: int = 1
    """So many copies unless the template says otherwise, each with its name."""
    day: str = ""
    """The field whose day makes "the day's papers" of a batch."""


def is_printed(printout: Printout, record: Any, state: str) -> bool:
    """Say whether a record in a state has this paper."""
    return (not printout.states or state in printout.states) and (printout.when is None or printout.when(record))
