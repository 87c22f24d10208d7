"""How an order that comes as a message is read: which cells it fills, and how people name what they order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class FromMessages:
    """Of a lines field: the cells that one line of a message fills, and whose words and history count."""

    article: str
    """The link to what is ordered."""
    quantity: str
    unit: str
    rest: str
    """The text that keeps what was said about an article and could not be read."""
    whose: str
    """Field of the head that says who wrote the message."""
    remembered: str
    """Register that keeps what somebody's words were found to mean: it has the fields `whose` and `article` name, and
    "said", "times" and "last_on"."""


@dataclass(frozen=True)
class Spoken:
    """Of a register: how messages name its records."""

    codes: tuple[str, ...]
    """Fields whose exact value means the record."""
    named: tuple[str, ...]
    """Fields that hold what it is called."""
    told: tuple[str, ...]
    """Fields that tell it from others of that name: a size or shade that was said has to be its own, never nearly."""
    units: Callable[..., Mapping[int, tuple[str, ...]]]
    """(act) -> id -> the units it is sold in, the usual one first."""
    called: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A word of a name -> what people say instead."""


def lines_from_messages(fields: Mapping[str, Any]) -> str | None:
    """Return the name of the lines field that a message fills, None when there is none."""
    return next((name for name, one in fields.items() if one.from_messages is not None), None)
