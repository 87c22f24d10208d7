"""The last papers of the same customer: arrows look through them, Enter takes the lines of one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.page import button, label
from dentalsales.ui.plain_table import PlainColumn, PlainModel, PlainRow
from dentalsales.ui.table_view import TableView
from dentalsales.usecases.repeat_paper import EarlierPaper, lines_of

PAPERS = (
    PlainColumn(_("Number")),
    PlainColumn(_("Date"), "day"),
    PlainColumn(_("Total"), "money"),
    PlainColumn(_("Contents")),
)
CONTENTS = 3
SHOWN_KINDS = ("link", "quantity", "number", "price")


class RepeatDialog(QDialog):
    """`chosen` is the paper whose lines are wanted."""

    def __init__(self, form: Any, papers: Sequence[EarlierPaper], title: Text, parent: QWidget) -> None:
        super().__init__(parent)
        self._form, self._papers = form, list(papers)
        self.chosen: EarlierPaper | None = None
        self.setWindowTitle(tr(title))
        look, room = theme.current(), parent.screen().availableGeometry()
        self.resize(min(look.px(820), room.width() - 40), min(look.px(560), room.height() - 60))
        name = form.register.repeat.lines
        self._names = [one for one, field in form.line_fields(name).items() if self._is_shown(field)]
        fields = form.line_fields(name)
        self._list, self._lines = TableView(_("Earlier papers")), TableView(_("Lines of the paper"))
        self._papers_model = PlainModel(PAPERS, self)
        columns = [PlainColumn(fields[one].label, fields[one].kind) for one in self._names]
        self._lines_model = PlainModel([*columns, PlainColumn(_("Standing"))], self)
        self._list.setModel(self._papers_model)
        self._lines.setModel(self._lines_model)
        self._lines.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        cells = [(tr(paper.called), paper.on, paper.total, tr(paper.contents)) for paper in self._papers]
        self._papers_model.show_rows([PlainRow(row) for row in cells])
        self._lay()
        self._list.opened.connect(self._take)
        self._list.chosen_changed.connect(self._look)
        self._list.resized.connect(self._fit)
        self._lines.resized.connect(self._fit)
        self._list.setCurrentIndex(self._papers_model.index(0, 0))
        self._list.setFocus()

    @staticmethod
    def _is_shown(field: Any) -> bool:
        return field.kind in SHOWN_KINDS or field.choices_of is not None

    def _lay(self) -> None:
        cancel, take = button(_("Cancel")), button(_("Take the lines"), look="primary")
        cancel.clicked.connect(self.reject)
        take.clicked.connect(lambda: self._take(self._list.currentIndex().row()))
        buttons = QHBoxLayout()
        buttons.addWidget(label(_("Prices are those of today."), "hint"), 1)
        for each in (cancel, take):
            each.setAutoDefault(False)
            buttons.addWidget(each)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._list)
        halves.addWidget(self._lines)
        halves.setSizes([3, 2])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(halves, 1)
        layout.addLayout(buttons)

    def _look(self) -> None:
        """Show the lines of the paper under the cursor."""
        at = self._list.currentIndex().row()
        if not 0 <= at < len(self._papers):
            return
        found = lines_of(self._form, self._papers[at].key)
        self._lines_model.show_rows(
            [
                PlainRow(
                    (*(line.cells[name] for name in self._names), tr(line.reason) if line.reason else ""),
                    "danger" if line.reason is not None else "",
                )
                for line in found
            ]
        )
        self._fit()

    def _fit(self) -> None:
        self._list.fit_columns({}, [str(at) for at in range(len(PAPERS))], CONTENTS)
        self._lines.fit_columns({}, [*self._names, ""], 0)

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._papers):
            self.chosen = self._papers[row]
            self.accept()
