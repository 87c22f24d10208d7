"""What the status line says of checked rows: how many, and sum and average of their figures."""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from dentalsales.exchange.cell_text import RIGHT_ALIGNED, shown
from dentalsales.i18n import Text, _, n_, tr
from dentalsales.ui.shell import Shell
from dentalsales.usecases import browse

MOST_SAID = 3
"""So many columns are summed in the line."""
PAUSE = 60


class ListSums(QObject):
    """Asks the books, beside the window: of checked rows not all may have been read."""

    said = Signal(str)
    """The words; none while fewer than two rows are checked."""

    def __init__(self, shell: Shell, table: Any) -> None:
        super().__init__(table)
        self._shell, self._table = shell, table
        self._asked = 0
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        table.checked.changed.connect(self._changed)

    def _changed(self) -> None:
        self._asked += 1
        if self._table.checked_count() < 2:
            self._pause.stop()
            self.said.emit("")
        else:
            self._pause.start()

    def _ask(self) -> None:
        asked, query, desk = self._asked, self._table.checked_query(), self._shell.desk
        self._shell.runner.run(lambda: browse.totals(desk, query), lambda totals: self._tell(asked, totals), owner=self)

    def _tell(self, asked: int, totals: Any) -> None:
        if asked != self._asked:
            return
        parts = [tr(n_("{count:,} row checked", "{count:,} rows checked").fill(count=totals.count))]
        for column in self._table.columns:
            if column.total and column.kind in RIGHT_ALIGNED and column.name in totals.sums:
                parts.append(_said(column, totals.sums[column.name], totals.count))
        self.said.emit(" · ".join(parts[: 1 + MOST_SAID]))


def _said(column: Any, total: Any, count: int) -> str:
    average = total / count if count else 0
    mean = shown(average, "money") if column.kind == "money" else f"{average:,.2f}"
    words: Text = _("{label} {sum}, average {average}")
    return tr(words.fill(label=tr(column.label), sum=shown(total, column.kind), average=mean))
