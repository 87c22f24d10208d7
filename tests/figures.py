"""How often a promise is tried, and where its figures go; `tests/reliability/measure.py` puts them on the page."""

import os
from collections.abc import Callable

Record = Callable[[str, object], None]
"""pytest's `record_property`."""


def rounds(goal: str, usual: int) -> int:
    """How often a goal is tried: DENTALSALES_R1=2000 makes the long column of R1."""
    return int(os.environ.get(f"DENTALSALES_{goal}", usual))


def proved(record: Record, goal: str, **figures: object) -> None:
    """Print a goal's figures, and keep them where the report of the tests has them."""
    for name, value in figures.items():
        record(f"{goal}.{name}", value)
    print(f"{goal}:", ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items()))
