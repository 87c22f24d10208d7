"""A family of records as a grid of numbers: composite from A1 to D4, gloves from S to XL, files from #15 to #40."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dentalsales.i18n import Text


@dataclass(frozen=True)
class Matrix:
    """How the lines of a paper are filled from a family, in fields of the record behind `link`."""

    link: str
    quantity: str
    series: str
    """Field that names the family; where it is empty, `name` says who belongs to it."""
    name: str
    """What all members are called, but for the sizes and shades in it."""
    share: tuple[str, ...]
    """What all members share besides."""
    axes: tuple[str, ...]
    """What tells them apart."""
    or_by: str
    """What else may tell them apart: it is shared but for the sizes and shades in it, too."""
    alone: Text
    """What is said of a record without a family: why there is no grid, and what would make one."""
    fact: Text
    """What the number under each cell says."""
    facts: Callable[[Any, Iterable[int]], Mapping[int, Any]]
    """(act, ids) -> number under each cell."""
    lines: str = "lines"
