"""The look of a lines grid: its ways of choosing, line numbers at the left, and columns as wide as what they hold."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from dentalsales.blueprint.fields import Field
from dentalsales.i18n import tr
from dentalsales.ui import theme
from dentalsales.ui.cell_delegate import PADDING
from dentalsales.ui.lines_model import LinesModel

WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
WIDTHS = {
    "number": 64, "quantity": 64, "money": 96, "price": 88, "percent": 72, "day": 100, "moment": 132, "choice": 96,
    "yes_no": 48, "link": 124,
}  # fmt: skip
LEAST_ROWS = 6
WIDEST, NARROWEST, OTHER = 320, 240, 112
LEAST_TEXT = 88
"""A lot number that is typed has to be read."""
SHORT, SHORT_LENGTH = 52, 10
"""Width of a text of so few letters: a unit."""
TITLE = 168
"""Width of a text that stands beside sentences."""
MOST_LINES, ROOM = 8, 6
"""Of a sentence in a cell, and pixels above and below it."""


def height_of(rows: int) -> int:
    """Return the height of a grid of so many rows."""
    look = theme.current()
    return look.px(32) + rows * look.row_height + 2


def set_up_view(grid: QTableView, model: LinesModel) -> None:
    """Give a grid its ways of choosing and scrolling, its line numbers and its headings."""
    triggers = QAbstractItemView.EditTrigger
    grid.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
    grid.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    grid.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    grid.setWordWrap(False)
    grid.setTabKeyNavigation(False)
    grid.setCornerButtonEnabled(False)
    grid.setAccessibleName(tr(model.form.fields()[model.name].label))
    grid.setMinimumHeight(height_of(LEAST_ROWS))
    _set_up_headers(grid)


def _set_up_headers(grid: QTableView) -> None:
    """Give a grid its line numbers and its headings."""
    look = theme.current()
    grid.setVerticalHeader(_Gutter(Qt.Orientation.Vertical, grid))
    rows, heads = grid.verticalHeader(), grid.horizontalHeader()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(look.row_height)
    rows.setMinimumSectionSize(look.row_height)
    rows.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    rows.setHighlightSections(False)
    heads.setHighlightSections(False)
    heads.setFixedHeight(look.px(32))
    heads.setMinimumSectionSize(look.px(48))


def fit_columns(grid: QTableView, model: LinesModel) -> None:
    """Give each column the width that its kind usually needs, and what is left over or missing to the texts."""
    look, heads = theme.current(), grid.horizontalHeader()
    kinds = [field.kind for _name, field in model.fields]
    wanted = [
        max(look.px(_usual_width(field)), heads.sectionSizeHint(at)) for at, (_n, field) in enumerate(model.fields)
    ]
    sentences = notes_of(model)
    if sentences and "link" not in kinds:
        _share(grid, model, wanted, sentences)
        return
    texts = [at for at, kind in enumerate(kinds) if kind == "text"]
    widest = kinds.index("link") if "link" in kinds else max(texts, key=lambda at: _length(model, at), default=0)
    wanted[widest] = look.px(WIDEST)
    spare = grid.viewport().width() - sum(wanted)
    for at in (at for at, kind in enumerate(kinds) if kind == "text" and at != widest and spare < 0):
        least = look.px(LEAST_TEXT) if _needs_room(model.fields[at][1]) else 0
        given = max(heads.sectionSizeHint(at), least, wanted[at] + spare)
        spare += wanted[at] - given
        wanted[at] = given
    wanted[widest] += max(spare, look.px(NARROWEST - WIDEST))
    for at, width in enumerate(wanted):
        grid.setColumnWidth(at, width)


def _length(model: LinesModel, at: int) -> int:
    return model.fields[at][1].length or 0


def notes_of(model: LinesModel) -> list[int]:
    """Return the columns of sentences: they are wrapped, and their rows are as high as the longest needs."""
    return [at for at, (_name, field) in enumerate(model.fields) if field.kind == "note"]


def _share(grid: QTableView, model: LinesModel, wanted: list[int], sentences: list[int]) -> None:
    """Give sentences all room that short columns leave, each the same."""
    look = theme.current()
    for at, (_name, field) in enumerate(model.fields):
        if field.kind == "text" and (field.length or 0) > SHORT_LENGTH:
            wanted[at] = max(wanted[at], look.px(TITLE))
    short = sum(width for at, width in enumerate(wanted) if at not in sentences)
    each = max(look.px(NARROWEST), (grid.viewport().width() - short) // len(sentences))
    for at, width in enumerate(wanted):
        grid.setColumnWidth(at, each if at in sentences else width)


def scrolls_by(model: LinesModel) -> QAbstractItemView.ScrollMode:
    """Return how a grid scrolls downwards: a row of sentences may be higher than the room."""
    mode = QAbstractItemView.ScrollMode
    return mode.ScrollPerPixel if notes_of(model) else mode.ScrollPerItem


def fit_rows(grid: QTableView, model: LinesModel) -> None:
    """Make the rows of a grid with sentences as high as the longest one in them, up to eight lines."""
    sentences, rows = notes_of(model), grid.verticalHeader()
    least, metrics = theme.current().row_height, grid.fontMetrics()
    most = MOST_LINES * metrics.lineSpacing()
    for row in range(len(model.lines) if sentences else 0):
        high = 0
        for column in sentences:
            room = QRect(0, 0, grid.columnWidth(column) - 2 * PADDING, most)
            high = max(high, metrics.boundingRect(room, WRAPPED, model.shown(row, column)).height())
        rows.resizeSection(row, max(least, min(high, most) + 2 * ROOM))


def _needs_room(field: Field) -> bool:
    """Say whether a text is typed on the usual way through a line."""
    return field.length is not None and field.length > SHORT_LENGTH and not field.enter_skips


def _usual_width(field: Field) -> int:
    """Return how wide a column of this field is: by its kind, a text by its length."""
    if field.kind == "text" and field.length is not None:
        return SHORT if field.length <= SHORT_LENGTH else OTHER
    return WIDTHS.get(field.kind, SHORT)


class _Gutter(QHeaderView):
    """Line numbers; its width does not depend on them, so that a thousand lines are not measured for each new one."""

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(40), 0)
