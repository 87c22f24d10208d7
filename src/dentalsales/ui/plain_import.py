"""Gives importing back to Python: PySide6 reads the source of every module that is imported after it."""

import builtins


def import_plainly() -> None:
    """Undo what the first import of PySide6 did to `import`; called right after it, before anything large is loaded.

    PySide6 looks whether a module asks for its other spellings (`from __feature__ import snake_case`), and for that
    reads and keeps the source of every module: 24 MB and a tenth of the start. This program never asks for them; what
    it does not know of, PySide6 takes for a module that does not either. A PySide6 that kept nothing changes nothing.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
