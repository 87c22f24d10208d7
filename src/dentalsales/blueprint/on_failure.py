"""Takes back what was begun when it does not come to its end: the one way of doing so in all rooms."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def on_failure(undo: Callable[[], object]) -> Iterator[None]:
    """Call `undo` when the block is left by an exception, also by a cancel or Ctrl+C, which goes on to the caller."""
    with ExitStack() as stack:
        stack.callback(undo)
        yield
        stack.pop_all()
