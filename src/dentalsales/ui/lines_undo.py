"""Undo and redo of a lines grid: what one key changed is remembered small, so that long papers stay fast."""

from collections.abc import Callable
from typing import Any

from dentalsales.ui.undo_steps import Step, UndoSteps, undo_of


class LinesUndo:
    """Puts the changes of one grid among the steps of its form."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.steps: UndoSteps = undo_of(model.form)

    def before_cell(self, row: int) -> None:
        """Remember a line before one of its cells changes."""
        if not self.steps.in_block:
            typed = self._typed(row)
            self.steps.push(lambda: self._line_back(row, typed))

    def before_insert(self, row: int) -> None:
        """Remember that an empty line is about to come in at a row, or begins in the empty row below."""
        self.steps.push(lambda: self._line_away(row))

    def before_all(self) -> None:
        """Remember the whole form, before lines come, go or change together."""
        self.steps.before_form(self._model.form)

    def block(self, work: Callable[[], object]) -> None:
        """Call `work`, whose changes one undo takes back."""
        self.before_all()
        self.steps.in_block = True
        try:
            work()
        finally:
            self.steps.in_block = False

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
