"""What happens when: acts in the order of their moments, the same order in every run."""

import heapq
from collections.abc import Callable
from itertools import count

Happening = Callable[[int], None]
"""An act that is told its moment."""


class Agenda:
    """Acts to come; those after `last` never happen."""

    def __init__(self, last: int) -> None:
        self.last = last
        self._heap: list[tuple[int, int, Happening]] = []
        self._order = count()

    def put(self, moment: int, act: Happening) -> None:
        """Note an act down."""
        if moment <= self.last:
            heapq.heappush(self._heap, (moment, next(self._order), act))

    def run(self, until: int) -> None:
        """Let everything happen that is due before a moment."""
        while self._heap and self._heap[0][0] < until:
            moment, _order, act = heapq.heappop(self._heap)
            act(moment)
