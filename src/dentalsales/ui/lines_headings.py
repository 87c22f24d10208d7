"""The headings of a lines grid: line numbers at the left, and columns as wide as what they hold."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from dentalsales.ui import theme
from dentalsales.ui.lines_model import LinesModel

WIDTHS = {
    "number": 72, "quantity": 84, "money": 112, "price": 104, "percent": 80, "day": 116, "choice": 104, "yes_no": 64,
}  # fmt: skip
WIDEST, NARROWEST, OTHER = 240, 180, 128


def height_of(rows: int) -> int:
    """Return the height of a grid of so many rows."""
    look = theme.current()
    return look.px(32) + rows * look.row_height + 2


def set_up_headers(grid: QTableView) -> None:
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
    look, heads = theme.current(), grid.horizontalHeader()
    kinds = [field.kind for _name, field in model.fields]
    others = [OTHER if model.is_editable(at) else WIDTHS["yes_no"] for at in range(len(kinds))]
    wanted = [
        max(look.px(WIDTHS.get(kind, others[at])), heads.sectionSizeHint(at)) for at, kind in enumerate(kinds)
    ]
    widest = next((kinds.index(kind) for kind in ("link", "text") if kind in kinds), 0)
    wanted[widest] = look.px(WIDEST)
    spare = grid.viewport().width() - sum(wanted)
    for at in (at for at, kind in enumerate(kinds) if kind == "text" and at != widest and spare < 0):
        given = max(heads.sectionSizeHint(at), wanted[at] + spare)
        spare += wanted[at] - given
        wanted[at] = given
    wanted[widest] += max(spare, look.px(NARROWEST - WIDEST))
    for at, width in enumerate(wanted):
        grid.setColumnWidth(at, width)


class _Gutter(QHeaderView):
    """Line numbers; its width does not depend on them, so that a thousand lines are not measured for each new one."""

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(52), 0)
