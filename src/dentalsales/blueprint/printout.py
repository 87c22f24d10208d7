"""A printed paper: letterhead, head fields, one table, totals in figures and words, seals and signature lines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.sheet import Block, ControlledForm, Letterhead
from dentalsales.i18n import Text

PAPER_SIZES = {"A4": (210, 297), "A4 landscape": (297, 210), "A5": (148, 210), "241x140": (241, 140)}
"""Width and height in millimetres."""


@dataclass(frozen=True)
class Pair:
    """A label and its value in the head or foot; `wide` takes the whole width."""

    label: Text
    value: Any
    kind: str = "text"
    wide: bool = False


@dataclass(frozen=True)
class Paper:
    """One paper ready to draw, on any of its sizes."""

    name: str
    title: Text
    number: str
    size: str
    letterhead: Letterhead
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
    copies: tuple[Text, ...] = ()
    """Names of the parts (stub, customer, finance, warehouse), printed at the edge."""
    mark: Text | None = None
    """A word across the head such as Draft or Void."""
    printed_at: datetime | None = None
    printed_by: str = ""
    extra_blocks: tuple[Block, ...] = field(default=())


@dataclass(frozen=True)
class Printout:
    """A kind of printed paper of one register."""

    name: str
    title: Text
    register: str
    make: Callable[[Any, Act, Mapping[str, Any]], Paper]
    """(record, act, options) -> Paper; options: size, prices (bool)."""
    sizes: tuple[str, ...] = ("A4",)
    prices_optional: bool = False
    states: tuple[str, ...] = ()
    """States in which it may be printed; empty means any. A draft prints with a mark."""
