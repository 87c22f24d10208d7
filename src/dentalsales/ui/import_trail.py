"""The steps of an import in one line, the present one marked, and what is imported from which file."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui.page import label

STEPS = (_("Choose file"), _("Sheet and headings"), _("Match columns"), _("Check and import"))


class ImportTrail(QWidget):
    """Number and words of each step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = [label(f"{place}  {tr(step)}", "secondary") for place, step in enumerate(STEPS, 1)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        for words in self._words:
            row.addWidget(words)
        self.what = label("", "secondary")
        row.addStretch(1)
        row.addWidget(self.what)

    def show_step(self, step: int, what: str) -> None:
        """Mark a step, counted from 0; `what` names the kind and the file, "" before there is one."""
        self.what.setText(what)
        for place, words in enumerate(self._words):
            words.setProperty("look", "section" if place == step else "secondary")
            words.style().unpolish(words)
            words.style().polish(words)
