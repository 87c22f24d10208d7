"""Loading much at once: what is loaded stays; looking through it for rubbish would cost a tenth of the start."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Collect no rubbish meanwhile, and never look again at what is there when it ends."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
