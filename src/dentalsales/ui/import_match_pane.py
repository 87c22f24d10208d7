"""Third step of an import: which column of the file holds what."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from dentalsales.blueprint.importing import ImportKind
from dentalsales.exchange.import_file import Preview
from dentalsales.exchange.import_result import shown_cell
from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.import_table_pane import letters
from dentalsales.ui.page import label
from dentalsales.usecases.import_cells import listed
from dentalsales.usecases.import_rights import absent_columns, missing_columns

LONGEST_EXAMPLE = 40


class ImportMatchPane(QFrame):
    """A row for each column of the file: its heading, an example, and what it is taken for."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.boxes: dict[int, QComboBox] = {}
        self._kind: ImportKind | None = None
        self.state = label("", "secondary")
        self.state.setWordWrap(True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.state)
        layout.addWidget(self._area, 1)

    def show_columns(self, kind: ImportKind, looked: Preview) -> None:
        """Offer each column of the file what it may be."""
        self._kind = kind
        self.boxes.clear()
        body = QWidget()
        body.setObjectName("scrolled")
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(3, 1)
        for place, words in enumerate((_("Column of the file"), _("Example"), _("Taken as"), Text(""))):
            grid.addWidget(label(words, "hint"), 0, place)
        for index, heading in enumerate(looked.headings):
            self._add_row(grid, index, heading, looked)
        grid.setRowStretch(len(looked.headings) + 1, 1)
        self._area.setWidget(body)
        self._tell()

    def _add_row(self, grid: QGridLayout, index: int, heading: str, looked: Preview) -> None:
        assert self._kind is not None
        box = QComboBox()
        box.setAccessibleName(heading or letters(index))
        box.setMinimumWidth(theme.current().px(220))
        box.addItem(tr(_("Leave out")), "")
        for column in self._kind.columns:
            words = _("{column} (needed)").fill(column=column.label) if column.field.required else column.label
            box.addItem(tr(words), column.name)
        box.setCurrentIndex(max(box.findData(looked.mapping.get(index, "")), 0))
        box.currentIndexChanged.connect(lambda _now, at=index: self._chosen(at))
        self.boxes[index] = box
        shown = f"{letters(index)}  {heading}"
        remark = label(_remark(index, looked), "hint")
        for place, widget in enumerate((label(shown), label(_example(index, looked), "secondary"), box, remark)):
            grid.addWidget(widget, index + 1, place)

    def _chosen(self, index: int) -> None:
        """Each thing is taken from one column: the column that was it before is left out."""
        name = self.boxes[index].currentData()
        for other, box in self.boxes.items():
            if other != index and name and box.currentData() == name:
                with QSignalBlocker(box):
                    box.setCurrentIndex(0)
        self._tell()

    def _tell(self) -> None:
        assert self._kind is not None
        if missing := self.missing:
            words, tone = _("Still to be matched: {columns}"), "danger"
        elif missing := tuple(absent_columns(self._kind, set(self.mapping.values()))):
            words, tone = _("Without {columns} nothing new is entered; what is there is filled in."), "warning"
        else:
            words, tone = _("Everything needed is matched."), "success"
        self.state.setText(tr(words.fill(columns=listed(missing))))
        self.state.setProperty("tone", tone)
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        self.changed.emit()

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What F6 goes to."""
        return (self._first_open(),) if self.boxes else ()

    def take_focus(self) -> None:
        """Begin with the first column that is not matched."""
        if self.boxes:
            self._first_open().setFocus()

    def _first_open(self) -> QComboBox:
        return next((box for box in self.boxes.values() if not box.currentData()), self.boxes[min(self.boxes)])

    @property
    def mapping(self) -> dict[int, str]:
        """Column of the file, counted from 0 -> what it is taken as."""
        return {index: box.currentData() for index, box in self.boxes.items() if box.currentData()}

    @property
    def missing(self) -> tuple[Text, ...]:
        """What is needed and not matched."""
        return missing_columns(self._kind, self.mapping.values()) if self._kind is not None else ()


def _remark(index: int, looked: Preview) -> Text:
    if index in looked.unfit:
        return _("its values are something else")
    return _("a guess, please look") if index in looked.doubtful else Text("")


def _example(index: int, looked: Preview) -> str:
    for number, cells in looked.rows:
        if number > looked.heading_row and index < len(cells) and cells[index] not in (None, ""):
            return shown_cell(cells[index])[:LONGEST_EXAMPLE]
    return ""
