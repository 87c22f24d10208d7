"""What Ctrl+Z takes back in a form, in its head and its lines alike: a hundred steps, the last one first."""

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

STEPS = 100
Step = Callable[[], Any]
"""Takes a change back and returns the step that makes it again."""


class UndoSteps(QObject):
    """Two stacks of steps; each step returns its own reverse."""

    restored = Signal()
    """The whole form is another than before: its lines are to be read again."""
    moved = Signal()
    """Something was taken back or made again: what follows from it is to be shown."""

    def __init__(self) -> None:
        super().__init__()
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        self.in_block = False

    def push(self, step: Step) -> None:
        """Remember how to take back what is about to be changed; inside a block the block remembers."""
        if self.in_block:
            return
        self._undo.append(step)
        del self._undo[:-STEPS]
        self._redo.clear()

    def undo(self) -> bool:
        """Take the last change back; False when there is none."""
        return self._move(self._undo, self._redo)

    def redo(self) -> bool:
        """Make the change that was taken back again; False when there is none."""
        return self._move(self._redo, self._undo)

    def forget(self) -> None:
        """Nothing can be taken back any more: the form stands on another version of its record."""
        self._undo.clear()
        self._redo.clear()

    def before_form(self, form: Any) -> None:
        """Remember the whole form."""
        if not self.in_block:
            snapshot = form.snapshot()
            self.push(lambda: self._form_back(form, snapshot))

    def _form_back(self, form: Any, snapshot: dict[str, Any]) -> Step:
        now = form.snapshot()
        form.restore(snapshot)
        self.restored.emit()
        return lambda: self._form_back(form, now)

    def _move(self, source: list[Step], target: list[Step]) -> bool:
        if not source:
            return False
        target.append(source.pop()())
        self.moved.emit()
        return True


_of_form: WeakKeyDictionary[Any, UndoSteps] = WeakKeyDictionary()


def undo_of(form: Any) -> UndoSteps:
    """Return the steps of a form; they go with it."""
    found = _of_form.get(form)
    if found is None:
        found = _of_form[form] = UndoSteps()
    return found
