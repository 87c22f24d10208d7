"""What the company remembers for each employee: look, keys, layouts, the records opened last."""

import logging
from typing import Any

from dentalsales.ui.background import Runner
from dentalsales.ui.preferences import Remembering
from dentalsales.usecases import personal
from dentalsales.usecases.desk import Desk

log = logging.getLogger(__name__)
OF_THE_MACHINE = frozenset({"size", "folder", "companies", "language"})
GROUPS_OF_THE_MACHINE = ("printer.", "print_offset.")
"""Which printer takes a size of paper, and how far off it is: whoever sits here."""
LOOK = frozenset({"scheme", "density", "percent"})
"""The employee's own; the sign-in of this machine takes the last one, another employee never does."""


class OwnPreferences:
    """What one employee chose, wherever he signs in; this machine remembers its own things and the last look.

    Values are written in the background, all that came together at once.
    """

    def __init__(self, machine: Remembering, desk: Desk, runner: Runner) -> None:
        self.machine, self._desk, self._runner = machine, desk, runner
        self._values = personal.read(desk)
        self._unwritten: dict[str, Any] = {}
        self._writing = False

    def get(self, key: str, default: Any = None) -> Any:
        """Return what the employee chose, else what this machine remembers; his look is nobody else's."""
        if key in LOOK:
            return self._values.get(key, default)
        return self._values[key] if key in self._values else self.machine.get(key, default)

    def keep(self, key: str, value: Any) -> None:
        """Remember a value that JSON can write; None forgets it."""
        of_the_machine = key in OF_THE_MACHINE or key.startswith(GROUPS_OF_THE_MACHINE)
        if of_the_machine or key in LOOK:
            self.machine.keep(key, value)
        if of_the_machine or self._values.get(key) == value:
            return
        self._values[key] = value
        self._unwritten[key] = value
        if not self._writing:
            self._write()

    def _write(self) -> None:
        chosen, self._unwritten = self._unwritten, {}
        self._writing = bool(chosen)
        if chosen:
            self._runner.run(lambda: personal.keep(self._desk, chosen), lambda _kept: self._write(), self._not_written)

    def _not_written(self, error: Exception) -> None:
        log.warning("a choice of the employee could not be kept: %s", error)
        self._write()

    def flush(self) -> None:
        """Write what is still to be written; the window does so before it goes."""
        chosen, self._unwritten = self._unwritten, {}
        if chosen:
            personal.keep(self._desk, chosen)
