"""Sends a PDF to the printers: each size to the one that has its paper, shifted as that printer needs it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from dentalsales.ui.preferences import Remembering
from dentalsales.ui.printing import Job, Printers, draw_pages, jobs_of, set_page

Progress = Callable[[int, int], None]


class PrintJob:
    """One press of the print button; `chosen` is a printer's name, or `ready` one that the system's dialog set up."""

    def __init__(
        self, printers: Printers, preferences: Remembering, title: str, chosen: str, ready: QPrinter | None = None
    ) -> None:
        self._printers, self._preferences, self._title = printers, preferences, title
        self._chosen, self._ready = chosen, ready

    def send(self, path: Path, progress: Progress) -> None:
        """Draw every page; RuleBroken when a printer does not begin, and what `progress` raises to stop."""
        jobs = jobs_of(path)
        done, total = 0, sum(len(job.pages) for job in jobs)
        for place, job in enumerate(jobs):
            printer = self._ready or self._printers.printer(self._name(job, place))
            printer.setDocName(self._title)
            set_page(printer, job.size)
            before = done

            def tell(at: int, of: int, before: int = before) -> None:
                progress(before + at, total)

            draw_pages(printer, path, job.pages, offset_of(self._preferences, job.key), tell)
            done += len(job.pages)

    def _name(self, job: Job, place: int) -> str:
        """The chosen printer is for the first size; another size goes where it went last."""
        return (printer_of(self._preferences, job.key) if place else "") or self._chosen


def printer_of(preferences: Remembering, key: str) -> str:
    """Return the printer that a size was printed on last, on this computer."""
    return str(preferences.get(f"printer.{key}", ""))


def keep_printer(preferences: Remembering, key: str, name: str) -> None:
    """Remember the printer of a size."""
    preferences.keep(f"printer.{key}", name)


def offset_of(preferences: Remembering, key: str) -> tuple[float, float]:
    """Return how far, in millimetres to the right and down, this computer's printer wants a size shifted."""
    across, down = preferences.get(f"print_offset.{key}", (0.0, 0.0))
    return float(across), float(down)


def keep_offset(preferences: Remembering, key: str, across: float, down: float) -> None:
    """Remember the shift of a size; it belongs to the printer, so it stays on this computer."""
    preferences.keep(f"print_offset.{key}", [across, down])
