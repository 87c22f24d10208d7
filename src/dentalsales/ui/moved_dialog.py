"""What was moved, table by table: rows and totals that were read back and found alike."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.page import button, label
from dentalsales.ui.plain_table import PlainColumn, PlainModel, PlainRow
from dentalsales.ui.table_view import TableView
from dentalsales.usecases.compared_tables import ComparedTable

COLUMNS = (
    PlainColumn(_("Table")),
    PlainColumn(_("Rows, alike here and there"), "number"),
    PlainColumn(_("Totals, alike here and there")),
)


class MovedDialog(QDialog):
    """Enter goes on to the sign-in in the new place."""

    def __init__(self, sentences: Sequence[Text], tables: Sequence[ComparedTable]) -> None:
        super().__init__()
        self.setWindowTitle(tr(_("The company was moved")))
        px = theme.current().px
        self.resize(px(860), px(560))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for place, text in enumerate(sentences):
            words = label(text, "secondary" if place else "section")
            words.setWordWrap(True)
            layout.addWidget(words)
        self.model = PlainModel(COLUMNS, self)
        self.model.show_rows([PlainRow((one.title, one.rows, one.totals)) for one in tables])
        self.table = TableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr(_("What was moved")))
        self.table.resized.connect(self._fit)
        layout.addWidget(self.table, 1)
        self.go_on = button(_("Sign in there"), "login", "primary")
        self.go_on.clicked.connect(self.accept)
        self.go_on.setDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.go_on)
        layout.addLayout(row)
        self._fit()
        self.go_on.setFocus()

    def _fit(self) -> None:
        self.table.fit_columns({}, [column.label for column in COLUMNS], len(COLUMNS) - 1)
