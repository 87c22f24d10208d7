"""Measures two ways of doing the same turn and turn about, so that what else the machine does strikes both alike."""

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Cost(NamedTuple):
    """What one turn took; seconds, except where a goal counts bytes of memory."""

    wall: float
    cpu: float


Turn = Callable[[], Cost]


@dataclass(frozen=True)
class Result:
    """One line of the table: medians of both sides, and the medians of the turns' ratios."""

    goal: str
    what: str
    ours: float
    baseline: float
    ratio: float
    cpu_ratio: float | None
    limit: float
    unit: str = "s"

    @property
    def met(self) -> bool:
        """The ratio is within the goal."""
        return self.ratio <= self.limit


def timed(act: Callable[[], object]) -> Cost:
    """Do it once; CPU is that of this process, all its threads, without its children."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return Cost(time.perf_counter() - wall, time.process_time() - cpu)


def turns(act: Callable[[], object]) -> Turn:
    """Return the turn that does nothing but `act`."""
    return lambda: timed(act)


def compare(goal: str, what: str, ours: Turn, baseline: Turn, rounds: int, limit: float, warm_ups: int = 1) -> Result:
    """Take turns A B A B; the warm-ups do not count."""
    for _warm_up in range(warm_ups):
        ours(), baseline()
    pairs = [(ours(), baseline()) for _round in range(rounds)]
    return result_of(goal, what, pairs, limit)


def result_of(goal: str, what: str, pairs: list[tuple[Cost, Cost]], limit: float, unit: str = "s") -> Result:
    """Return the line of measured pairs (ours, baseline)."""
    cpu = [ours.cpu / theirs.cpu for ours, theirs in pairs if theirs.cpu]
    return Result(
        goal,
        what,
        median(ours.wall for ours, _theirs in pairs),
        median(theirs.wall for _ours, theirs in pairs),
        median(ours.wall / theirs.wall for ours, theirs in pairs),
        median(cpu) if cpu else None,
        limit,
        unit,
    )


class Child:
    """A measure taken in a fresh process: its module prints figures, one to a line, when it is asked to."""

    def __init__(self, module: str, *words: str) -> None:
        self._command = [sys.executable, "-m", f"benchmarks.{module}", *words]

    def figures(self, count: int) -> tuple[float, list[float]]:
        """Run it; return the seconds from its start until its last figure, and the figures."""
        begun = time.perf_counter()
        with subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True, env=_installed()) as process:
            figures = list(_figures(process, count))
            wall = time.perf_counter() - begun
        if len(figures) < count:
            raise RuntimeError(f"{' '.join(self._command[2:])} ended early")
        return wall, figures


def _installed() -> dict[str, str]:
    """Return the environment of an installed program: its modules are compiled once, and not at every start."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "dentalsales-bench-compiled")}


def _figures(process: "subprocess.Popen[str]", count: int) -> Iterator[float]:
    assert process.stdout is not None
    for _figure in range(count):
        line = process.stdout.readline()
        if not line:
            return
        yield float(line)
