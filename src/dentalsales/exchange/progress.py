"""Tells a long export's progress to whoever waits for it, and stops the export when he no longer wants it."""

from collections.abc import Callable

Progress = Callable[[int, int], bool]
"""(rows done, rows in all) -> whether to go on."""


class Cancelled(Exception):
    """The person waiting chose to stop; nothing was written."""


def tell(progress: Progress | None, done: int, total: int) -> None:
    """Report how far it is; raises Cancelled when the answer is no."""
    if progress is not None and not progress(done, total):
        raise Cancelled
