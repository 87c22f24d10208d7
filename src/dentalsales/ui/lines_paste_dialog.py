"""What a copied block was taken for, row by row, before it goes into the lines; shown when something is in doubt."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.i18n import Text, _, n_, tr
from dentalsales.ui import theme
from dentalsales.ui.field_cell import label_text
from dentalsales.ui.lines_model import LinesModel
from dentalsales.ui.lines_paste_columns import Block, Columns
from dentalsales.ui.lines_paste_rows import PastedRow
from dentalsales.ui.link_choices import LinkChoices
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import button, label
from dentalsales.ui.plain_table import PlainColumn, PlainModel, PlainRow
from dentalsales.ui.table_view import TableView

NAMES = ("row", "copied", "link", "rest", "look")
LOOK = NAMES.index("look")


class PasteDialog(QDialog):
    """Enter puts the rows in; Space or F7 chooses the record of a row that asks."""

    def __init__(
        self, model: LinesModel, block: Block, columns: Columns, rows: list[PastedRow], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._lines, self._rows = model, rows
        self.setWindowTitle(tr(_("Copied rows")))
        look, room = theme.current(), parent.screen().availableGeometry()
        self.resize(min(look.px(920), room.width() - 40), min(look.px(460), room.height() - 60))
        self.banner = Banner()
        link = next((one.label for name, one in model.fields if one.kind == "link"), _("Record"))
        headings = (_("Row"), _("Copied"), link, _("Values"), _("To look at"))
        self._model = PlainModel([PlainColumn(words) for words in headings], self)
        self.table = _Rows(self)
        self.table.setModel(self._model)
        self.table.opened.connect(lambda _row: self.accept())
        self.table.resized.connect(lambda: self.table.fit_columns({}, NAMES, LOOK))
        self._lay(block, columns)
        self._show()
        first = next((at for at, row in enumerate(rows) if row.doubts), 0)
        self.table.setCurrentIndex(self._model.index(first, 0))
        self.table.setFocus()

    def choose(self) -> None:
        """Open the choices of the current row."""
        at = self.table.currentIndex().row()
        row = self._rows[at]
        name = next((each for each in row.doubts if self._field(each).kind == "link"), None)
        name = name or next(iter(row.choices), None)
        if name is None:
            return
        menu = QMenu(self)
        for record_id, title in row.choices.get(name, ()):
            act = menu.addAction(title.replace("&", "&&"))
            act.triggered.connect(lambda _checked=False, chosen=record_id: self._take(row, name, chosen))
        menu.addSeparator()
        menu.addAction(tr(_("Choose from the list…"))).triggered.connect(lambda: self._pick(row, name))
        corner = self.table.visualRect(self._model.index(at, NAMES.index("link"))).bottomLeft()
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.table.viewport().mapToGlobal(QPoint(corner)))

    def _take(self, row: PastedRow, name: str, record_id: int) -> None:
        row.choose(name, record_id)
        self._show()

    def _pick(self, row: PastedRow, name: str) -> None:
        typed = row.values.get(name)
        choices = LinkChoices(self._lines.form.desk, self._field(name), self._lines.form, None)
        chosen = choices.pick(typed if isinstance(typed, str) else "", self)
        if chosen is not None:
            self._take(row, name, chosen.id)

    def _field(self, name: str) -> Field:
        return dict(self._lines.fields)[name]

    def _lay(self, block: Block, columns: Columns) -> None:
        cancel, take = button(_("Cancel")), button(TAKE.fill(count=len(self._rows)), look="primary")
        cancel.clicked.connect(self.reject)
        take.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(label(_("Space chooses the record of a row, Enter puts all rows in."), "hint"), 1)
        for each in (cancel, take):
            each.setAutoDefault(False)
            buttons.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(self.banner)
        if columns.left_out:
            sample = block[min(columns.first_row, len(block) - 1)]
            words = [sample[at].strip() or "-" for at in columns.left_out if at < len(sample)]
            layout.addWidget(label(LEFT_OUT.fill(words=", ".join(words)), "secondary"))
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)

    def _show(self) -> None:
        here = self.table.currentIndex()
        self._model.show_rows([self._drawn(at, row) for at, row in enumerate(self._rows)])
        doubtful = sum(bool(row.doubts) for row in self._rows)
        said = SOME.fill(total=len(self._rows), count=doubtful) if doubtful else _("All rows are clear.")
        self.banner.tell(tr(said), "warning" if doubtful else "success")
        self.table.fit_columns({}, NAMES, LOOK)
        if here.isValid():
            self.table.setCurrentIndex(self._model.index(here.row(), here.column()))

    def _drawn(self, at: int, row: PastedRow) -> PlainRow:
        links, rest = [], []
        for name, field in self._lines.fields:
            value = row.values.get(name)
            if field.kind == "link":
                links.append(self._title(field.target or "", value))
            elif value not in (None, ""):
                rest.append(f"{label_text(field)} {value}")
        reasons = tr(_("; ")).join(tr(reason) for reason in row.doubts.values())
        tone = "danger" if row.refused else "warning" if row.doubts else ""
        return PlainRow((str(at + 1), row.text, " ".join(links), " · ".join(rest), reasons), tone)

    def _title(self, table: str, value: Any) -> str:
        return self._lines.form.title_of(table, value) if isinstance(value, int) else ""


class _Rows(TableView):
    """Space, F7 and Alt+Down choose."""

    def __init__(self, dialog: PasteDialog) -> None:
        super().__init__(_("Copied rows"), dialog)
        self._dialog = dialog

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Everything else is a table's."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_F7) or (event.key() == Qt.Key.Key_Down and alt):
            self._dialog.choose()
        else:
            super().keyPressEvent(event)


TAKE: Text = n_("Put {count} row in", "Put {count} rows in")
LEFT_OUT = _("Left out, because no column of the grid is meant: {words}")
SOME = n_(
    "{count} of {total} rows wants a look. What stays unclear is put in as it was copied, marked red.",
    "{count} of {total} rows want a look. What stays unclear is put in as it was copied, marked red.",
)
