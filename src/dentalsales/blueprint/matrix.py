"""A family of records as a grid of numbers: composite from A1 to D4, gloves from S to XL, files from #15 to #40."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dentalsales.i18n import Text


@dataclass(frozen=True)
class Matrix:
    """How the lines of a paper are filled from a family; `family` and `axes` are fields of the record behind `link`."""

    link: str
    quantity: str
    family: tuple[str, ...]
    """What all members share."""
    axes: tuple[str, ...]
    """What tells them apart."""
    fact: Text
    """What the number under each cell says."""
    facts: Callable[[Any, Iterable[int]], Mapping[int, Any]]
    """(act, ids) -> number under each cell."""
    lines: str = "lines"
