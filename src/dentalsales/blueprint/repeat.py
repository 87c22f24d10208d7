"""Ordering the same again: where a register says that the lines of an earlier paper may be taken into a new one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Repeat:
    """Earlier papers with the same value in the field `by` (the customer of an order) are offered for their `lines`."""

    by: str
    lines: str = "lines"
