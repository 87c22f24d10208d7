"""P2: until Today is painted with its figures, from the start and from Enter in the sign-in, against a bare window."""

from collections.abc import Iterator

from benchmarks.ground import Ground
from benchmarks.measure import Child, Cost, Result, Turn, compare

LIMIT = 4.0


def measure(ground: Ground) -> Iterator[Result]:
    """Start fresh processes: once without the password, which a person types, and once as a person signs in.

    What the program loads while the password is typed is over when Enter comes; checking it takes its time on purpose.
    """
    ours, bare = _start("program", str(ground.company)), _start("bare")
    yield compare("P2", "start until Today is painted", ours, bare, ground.rounds, LIMIT, warm_ups=2)
    folder = str(ground.copied("p2"))
    what = "Enter in the sign-in until Today is painted"
    yield compare("P2", what, lambda: _from_enter(folder), bare, ground.rounds, LIMIT)


def _from_enter(folder: str) -> Cost:
    _wall, (wall, cpu) = Child("signed_in", folder).figures(2)
    return Cost(wall, cpu)


def _start(*words: str) -> Turn:
    def turn() -> Cost:
        wall, (cpu,) = Child("at_today", *words).figures(1)
        return Cost(wall, cpu)

    return turn
