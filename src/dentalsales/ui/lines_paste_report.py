"""What is said above the lines after a block was put in, as long as it is true."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from dentalsales.i18n import Text, _, tr
from dentalsales.ui.lines_model import LinesModel
from dentalsales.ui.messages import Banner
from dentalsales.ui.undo_steps import undo_of


@dataclass(frozen=True)
class PasteReport:
    """How much was put in, what was refused by field and words, and what else is to be known."""

    put_in: Sequence[Text]
    refused: Mapping[tuple[str, str], Text]
    """(field, the words that were refused) -> why; the words stand in the line until it is mended or gone."""
    beside: Sequence[Text]

    def still_refused(self, model: LinesModel) -> list[tuple[int, str, Text]]:
        """Return row, field and reason of what stands in the lines as it was refused."""
        names = sorted({name for name, _words in self.refused})
        return [
            (row, name, self.refused[name, words])
            for row, line in enumerate(model.lines)
            for name in names
            if isinstance(words := line.get(name), str) and (name, words) in self.refused
        ]


class PasteNotice(QObject):
    """Keeps a banner to what still holds of the last paste; once closed it stays closed."""

    def __init__(self, model: LinesModel, banner: Banner) -> None:
        super().__init__(banner)
        self._model, self._banner = model, banner
        self._report: PasteReport | None = None
        self._said: list[str] = []
        banner.closed.connect(self.forget)
        model.entered.connect(self._say_what_holds)
        undo_of(model.form).moved.connect(self._say_what_holds)

    def show_report(self, report: PasteReport) -> None:
        """Show what was put in and what was refused."""
        self._report, self._said = report, []
        self._say_what_holds()

    def forget(self) -> None:
        """Another message takes the place, or the user has seen enough."""
        self._report = None

    def _say_what_holds(self) -> None:
        if self._report is None:
            return
        found = self._report.still_refused(self._model)
        for row, name, reason in found:
            self._model.note_problem(row, name, reason)
        first = {row: reason for row, _name, reason in reversed(found)}
        said = [tr(REFUSED.fill(line=row + 1, reason=first[row])) for row in sorted(first)]
        if said or self._report.beside:
            said = [tr(text) for text in self._report.put_in] + said + [tr(text) for text in self._report.beside]
        if said != self._said:
            self._said = said
            if said:
                self._banner.tell("\n".join(said), "warning")
            else:
                self._banner.hide()


REFUSED = _("Line {line}: {reason}")
