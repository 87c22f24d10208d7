"""P1: from the start of the process until the sign-in is painted, against a bare PySide6 window."""

from collections.abc import Iterator

from benchmarks.ground import Ground
from benchmarks.measure import Child, Cost, Result, Turn, compare

LIMIT = 1.6


def measure(ground: Ground) -> Iterator[Result]:
    """Start fresh processes; the company behind the sign-in is the large one."""
    ours = _start("program", "--data", str(ground.company), "--lang", "zh_CN")
    yield compare("P1", "start until the sign-in is painted", ours, _start("bare"), ground.rounds, LIMIT, warm_ups=2)


def _start(*words: str) -> Turn:
    def turn() -> Cost:
        wall, (cpu,) = Child("painted", *words).figures(1)
        return Cost(wall, cpu)

    return turn
