"""Wrong passwords given beside an open window, where the database may only be read: counted in a file next to it."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from dentalsales.storage.layout import WRONG_PASSWORDS


class WrongPasswords:
    """One line for each try, only ever added to, so that two programs at once lose none.

    Where the folder can't be written to, nothing is counted; whoever may read it has the database itself already.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / WRONG_PASSWORDS

    def since_right(self, employee_id: int) -> list[datetime]:
        """Return when an employee's password was wrong since it was right the last time."""
        found: list[datetime] = []
        for moment, employee, right in self._lines():
            if employee == employee_id:
                found = [] if right else [*found, moment]
        return found

    def note(self, employee_id: int, moment: datetime) -> None:
        """Count a wrong password."""
        self._add(employee_id, moment, "wrong")

    def forget(self, employee_id: int, moment: datetime) -> None:
        """Begin anew: the password was right, or is a new one."""
        if self.since_right(employee_id):
            self._add(employee_id, moment, "right")

    def _add(self, employee_id: int, moment: datetime, word: str) -> None:
        with suppress(OSError), self._file.open("a", encoding="ascii") as file:
            file.write(f"{moment.isoformat()} {employee_id} {word}\n")

    def _lines(self) -> list[tuple[datetime, int, bool]]:
        try:
            text = self._file.read_text(encoding="ascii", errors="replace")
        except OSError:
            return []
        found = []
        for line in text.splitlines():
            with suppress(ValueError):
                moment, employee, word = line.split(" ")
                found.append((datetime.fromisoformat(moment), int(employee), word == "right"))
        return found
