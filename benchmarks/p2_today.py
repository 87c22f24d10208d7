"""P2: from the start of the process until Today stands painted with its figures, against a bare PySide6 window."""

from collections.abc import Iterator

from benchmarks.ground import Ground
from benchmarks.measure import Child, Cost, Result, Turn, compare

LIMIT = 4.0


def measure(ground: Ground) -> Iterator[Result]:
    """Start fresh processes; the password, which a person types, is left out."""
    ours = _start("program", str(ground.company))
    yield compare("P2", "start until Today is painted", ours, _start("bare"), ground.rounds, LIMIT, warm_ups=2)


def _start(*words: str) -> Turn:
    def turn() -> Cost:
        wall, (cpu,) = Child("at_today", *words).figures(1)
        return Cost(wall, cpu)

    return turn
