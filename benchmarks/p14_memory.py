"""P14: the memory held while Today stands open on a million lines, against a bare PySide6 window."""

from collections.abc import Iterator

from benchmarks.ground import Ground
from benchmarks.measure import Child, Cost, Result, result_of

LIMIT = 3.0
ROUNDS = 3


def measure(ground: Ground) -> Iterator[Result]:
    """Fresh processes; memory varies little between them."""
    pairs = [(_held("program", str(ground.company)), _held("bare")) for _round in range(ROUNDS)]
    yield result_of("P14", "memory with Today open", pairs, LIMIT, "bytes")


def _held(*words: str) -> Cost:
    _wall, (_cpu, held) = Child("at_today", *words).figures(2)
    return Cost(held, 0)
