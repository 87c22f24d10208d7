"""Prints many papers as one job: those checked in a list or those of the day, asking about what was printed before."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from dentalsales.blueprint.printout import Printout
from dentalsales.i18n import _, n_, tr
from dentalsales.ui.print_sources import BLANK_FORM
from dentalsales.ui.question import Answer, ask_among
from dentalsales.ui.record_table import RecordTable
from dentalsales.ui.shell import Shell

MOST = 500
"""Papers of one job; more than a day has, and less than a printer's memory minds."""


class PaperMenu(QMenu):
    """What the print button of a list offers: the list itself, the checked papers, today's papers."""

    def __init__(
        self,
        shell: Shell,
        register_name: str,
        made_for: QPushButton,
        print_list: Callable[[], object] | None,
        table: RecordTable,
    ) -> None:
        super().__init__(made_for)
        self._shell, self._table, self._print_list = shell, table, print_list
        self._printouts = shell.desk.business.printouts_of(register_name)
        self.aboutToShow.connect(self._fill)
        made_for.setMenu(self)

    def _fill(self) -> None:
        self.clear()
        if self._print_list is not None:
            act = self._print_list
            self.addAction(tr(_("This list"))).triggered.connect(lambda *_ignored: act())
            self.addSeparator()
        count = self._table.checked_count()
        for printout in self._printouts:
            words = n_("{paper} of {count:,} checked row", "{paper} of {count:,} checked rows")
            chosen = self.addAction(tr(words.fill(paper=printout.title, count=count)))
            chosen.setEnabled(count > 0)
            chosen.triggered.connect(lambda *_ignored, one=printout: self._print_checked(one))
            if printout.day:
                today = self.addAction(tr(_("All of today: {paper}").fill(paper=printout.title)))
                today.triggered.connect(lambda *_ignored, one=printout: print_the_day(self._shell, one))
            if printout.blank is not None:
                empty = self.addAction(tr(BLANK_FORM.fill(paper=printout.title)))
                empty.triggered.connect(lambda *_ignored, one=printout: print_blank(self._shell, one))

    def print_now(self) -> None:
        """What the key does: the checked rows if there are any, else all of today."""
        for printout in self._printouts[:1]:
            if self._table.checked_count() or not printout.day:
                self._print_checked(printout)
            else:
                print_the_day(self._shell, printout)

    def _print_checked(self, printout: Printout) -> None:
        from dentalsales.usecases import browse

        shell, query = self._shell, self._table.checked_query()
        shell.runner.run(
            lambda: browse.ids(shell.desk, query, 0, MOST + 1), lambda ids: print_papers(shell, printout, ids)
        )


def print_the_day(shell: Shell, printout: Printout) -> None:
    """Print the papers of today, in the order of their numbers."""
    from dentalsales.usecases.print_paper import of_the_day

    desk = shell.desk
    shell.runner.run(lambda: of_the_day(desk, printout.name), lambda ids: print_papers(shell, printout, ids))


def print_blank(shell: Shell, printout: Printout) -> None:
    """Print a form with nothing filled in."""
    from dentalsales.ui.print_preview import preview_blank

    preview_blank(shell, printout.name)


def print_papers(shell: Shell, printout: Printout, ids: Sequence[int]) -> None:
    """Show the papers of records as one job, after asking about those that were printed before."""
    from dentalsales.usecases.print_paper import printed_before

    if not ids:
        shell.toast(_("There is no {paper} to print.").fill(paper=printout.title))
    elif len(ids) > MOST:
        shell.toast(_("Choose up to {most} papers for one job.").fill(most=MOST), "warning")
    else:
        desk = shell.desk
        shell.runner.run(
            lambda: printed_before(desk, printout.name, ids), lambda counts: _show(shell, printout, ids, counts)
        )


def _show(shell: Shell, printout: Printout, ids: Sequence[int], counts: dict[int, int]) -> None:
    from dentalsales.ui.print_preview import preview_papers

    wanted = _asked(shell, ids, counts) if counts and len(ids) > 1 else list(ids)
    if wanted:
        said = n_("{paper}: {count:,} paper", "{paper}: {count:,} papers")
        preview_papers(shell, printout.name, wanted, tr(said.fill(paper=printout.title, count=len(wanted))))


def _asked(shell: Shell, ids: Sequence[int], counts: dict[int, int]) -> list[int]:
    """Return what to print; empty when the user goes back."""
    window = shell.messages.parent()
    assert isinstance(window, QWidget)
    fresh = [record_id for record_id in ids if record_id not in counts]
    said = _("{printed:,} of the {count:,} papers were printed before.").fill(printed=len(counts), count=len(ids))
    again = Answer(_("Print all, marked as reprints"), "printer")
    if not fresh:
        return [] if ask_among(window, _("Print"), said, (again, Answer(_("Cancel")))) else list(ids)
    others = n_("Print the other {count:,} paper", "Print the other {count:,} papers").fill(count=len(fresh))
    place = ask_among(window, _("Print"), said, (Answer(others, "printer"), again, Answer(_("Cancel"))))
    return (fresh, list(ids), [])[place]
