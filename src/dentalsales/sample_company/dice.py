"""Chance that falls the same way in every run, and quickly: millions of throws make a large company."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")


class Dice(Random):
    """The library's generator with plainer throws; that they favour a side by one in 2**50 does not matter here."""

    def randint(self, a: int, b: int) -> int:
        """Return a whole number from a to b."""
        return a + int(self.random() * (b - a + 1))

    def choice(self, seq: Sequence[Thing]) -> Thing:  # type: ignore[override]
        """Return one of several."""
        return seq[int(self.random() * len(seq))]
