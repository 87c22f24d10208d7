"""P17: a contract of 300 lines becomes a PDF within three seconds, the first one of a day too, fonts and all."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from benchmarks.ground import Ground
from benchmarks.measure import Result, timed
from dentalsales.exchange.pdf import paper_pdf
from dentalsales.printouts.contract import make
from dentalsales.printouts.contract_examples import contract

LIMIT = 3.0
LINES = 300


def measure(ground: Ground) -> Iterator[Result]:
    """The slowest of all rounds counts."""
    act: Any = SimpleNamespace(setting=lambda key: key)
    paper = contract(LINES)
    slowest = max(timed(lambda: paper_pdf(make(paper, act, {}))).wall for _round in range(ground.rounds))
    yield Result("P17", f"a contract of {LINES} lines to PDF", slowest, LIMIT, slowest / LIMIT, None, 1.0)
