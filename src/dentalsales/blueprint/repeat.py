"""Ordering the same again: where a register says that the lines of an earlier paper may be taken into a new one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class EarlierRows:
    """Earlier papers of which only the rows are kept, in another register: same number and day are one paper.

    The rows have the field that the papers are found `by`, and as many of the lines' own fields as are known of them.
    """

    record: type[Any]
    number: str
    on: str
    total: str
    only: Callable[[], tuple[Any, ...]]
    """-> conditions: which rows were lines of such papers."""


@dataclass(frozen=True)
class Repeat:
    """Earlier papers with the same value in the field `by` (the customer of an order) are offered for their `lines`."""

    by: str
    lines: str = "lines"
    also: EarlierRows | None = None
    """Papers from before the program, such as past sales that were brought in."""
