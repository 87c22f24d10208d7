"""Undo and redo of a lines grid: what one key changed is remembered small, so that long papers stay fast."""

from collections.abc import Callable
from typing import Any

STEPS = 100
Step = Callable[[], Any]
"""Takes a change back and returns the step that makes it again."""


class LinesUndo:
    """Two stacks of steps; each step returns its own reverse."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        self._in_block = False

    def before_cell(self, row: int) -> None:
        """Remember a line before one of its cells changes."""
        self._push(self._line_back, row, None if self._in_block else self._typed(row))

    def before_insert(self, row: int) -> None:
        """Remember that an empty line is about to come in at a row, or begins in the empty row below."""
        self._push(self._line_away, row)

    def before_all(self) -> None:
        """Remember the whole form, before lines come, go or change together."""
        self._push(self._form_back, None if self._in_block else self._model.form.snapshot())

    def block(self, work: Callable[[], object]) -> None:
        """Call `work`, whose changes one undo takes back."""
        self.before_all()
        self._in_block = True
        try:
            work()
        finally:
            self._in_block = False

    def undo(self) -> bool:
        """Take the last change back; False when there is none."""
        return self._move(self._undo, self._redo)

    def redo(self) -> bool:
        """Make the change that was taken back again; False when there is none."""
        return self._move(self._redo, self._undo)

    def _push(self, make: Callable[..., Step], *words: Any) -> None:
        if self._in_block:
            return
        self._undo.append(lambda: make(*words))
        del self._undo[:-STEPS]
        self._redo.clear()

    @staticmethod
    def _move(source: list[Step], target: list[Step]) -> bool:
        if not source:
            return False
        target.append(source.pop()())
        return True

    def _typed(self, row: int) -> dict[str, Any]:
        """What was typed into a line; the rest follows from it."""
        line = self._model.lines[row]
        names = [name for name, _field in self._model.fields]
        return {name: line.get(name) for at, name in enumerate(names) if self._model.is_editable(at)}

    def _line_back(self, row: int, values: dict[str, Any]) -> Step:
        now = self._typed(row)
        self._model.put_back(row, values)
        return lambda: self._line_back(row, now)

    def _line_away(self, row: int) -> Step:
        now = self._typed(row)
        self._model.take_away(row)
        return lambda: self._line_again(row, now)

    def _line_again(self, row: int, values: dict[str, Any]) -> Step:
        self._model.put_line(row)
        self._model.put_back(row, values)
        return lambda: self._line_away(row)

    def _form_back(self, snapshot: dict[str, Any]) -> Step:
        now = self._model.form.snapshot()
        self._model.form.restore(snapshot)
        self._model.read_again()
        return lambda: self._form_back(now)
