"""What waits for the employee, the overdue first: opened, done or sent back by keys, also several at once."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from dentalsales.i18n import _, n_, tr
from dentalsales.ui.page import drop_all, label
from dentalsales.ui.plain_table import PlainColumn, PlainModel, PlainRow
from dentalsales.ui.table_view import TableView

COLUMNS = (
    PlainColumn(_("Paper"), "text"),
    PlainColumn(_("Customer"), "text"),
    PlainColumn(_("State"), "state"),
    PlainColumn(_("Waits for"), "text"),
    PlainColumn(_("Days waiting"), "number"),
)


class TodoList(QFrame):
    """Rows of `Waiting`; the cursor stays in its place when the list is read again."""

    opened = Signal(object, object)
    """One that waits, and the ids of its kind that wait with it."""
    step_asked = Signal(object)
    """Those whose steps are to be taken."""
    refusal_asked = Signal(object)
    """One that is to be sent back."""
    list_asked = Signal(object)
    """The list of a register in which more waits than is shown here."""
    moved = Signal(object)
    """The rectangle of the row that the cursor came to, in the table's own place."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.waiting: list[Any] = []
        self.model = PlainModel(COLUMNS, self)
        self.table = _Table(self)
        self.table.setModel(self.model)
        self.table.opened.connect(self._open)
        self.table.selectionModel().currentChanged.connect(lambda to: self.moved.emit(self.table.visualRect(to)))
        self.table.resized.connect(self._fit)
        self._count, self._hint = label("", "hint"), label(_("Enter opens · Ctrl+Enter does it"), "hint")
        self.nothing = label(_("Nothing waits for you."), "secondary")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 8)
        layout.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(15, 12, 15, 8)
        head.setSpacing(12)
        head.addWidget(label(_("What waits for me"), "section"))
        head.addWidget(self._count)
        self._more = QHBoxLayout()
        head.addLayout(self._more)
        head.addStretch(1)
        head.addWidget(self._hint)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.nothing, 1)

    def show_waiting(self, waiting: Sequence[Any], more: Sequence[tuple[Any, Any]] = ()) -> None:
        """Show what waits now; `more` are titles and lists of the registers in which more waits than that."""
        row, scrolled = self.table.currentIndex().row(), self.table.verticalScrollBar().value()
        kept = self.waiting[row] if 0 <= row < len(self.waiting) else None
        self.waiting = list(waiting)
        row = next((at for at, one in enumerate(self.waiting) if kept is not None and _is_same(one, kept)), row)
        self.model.show_rows([_row_of(one) for one in self.waiting])
        self._fit()
        overdue = sum(1 for one in self.waiting if one.overdue)
        papers = n_("{count:,} paper", "{count:,} papers")
        said = n_("{count:,} paper, {overdue} overdue", "{count:,} papers, {overdue} overdue") if overdue else papers
        if more:
            first = _("The first {count:,} papers. More in:")
            said = _("The first {count:,} papers, {overdue} overdue. More in:") if overdue else first
        self._count.setText(tr(said.fill(count=len(self.waiting), overdue=overdue)) if self.waiting else "")
        drop_all(self._more)
        for title, opens in more:
            button = QPushButton(tr(title))
            button.setProperty("look", "link")
            button.clicked.connect(lambda _checked, to=opens: self.list_asked.emit(to))
            self._more.addWidget(button)
        for widget in (self.table, self._hint):
            widget.setVisible(bool(self.waiting))
        self.nothing.setVisible(not self.waiting)
        if self.waiting:
            self.table.selectRow(min(max(row, 0), len(self.waiting) - 1))
            self.table.verticalScrollBar().setValue(scrolled)

    def take(self, rows: Sequence[int]) -> None:
        """Ask for the steps of these rows."""
        self.step_asked.emit([self.waiting[row] for row in rows])

    def refuse(self, row: int) -> None:
        """Ask to send a paper back; what is no approval can't be."""
        if self.waiting[row].refusal is not None:
            self.refusal_asked.emit(self.waiting[row])

    def _open(self, row: int) -> None:
        if row < len(self.waiting):
            chosen = self.waiting[row]
            among = tuple(one.record_id for one in self.waiting if one.register is chosen.register)
            self.opened.emit(chosen, among)

    def _fit(self) -> None:
        self.table.fit_columns({}, [str(place) for place in range(len(COLUMNS))], 1)


class _Table(TableView):
    def __init__(self, todo: TodoList) -> None:
        super().__init__(_("What waits for me"), todo)
        self._todo = todo

    def row_acts(self, row: int) -> Sequence[tuple[Any, str, Any]]:
        """Return the step that the paper waits for, and how it is sent back."""
        one = self._todo.waiting[row]
        acts: list[tuple[Any, str, Any]] = [(tr(one.step), "Ctrl+Enter", lambda: self._todo.take([row]))]
        if one.refusal is not None:
            acts.append((tr(one.refusal.label), "Ctrl+Backspace", lambda: self._todo.refuse(row)))
        return acts

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter takes the steps of the chosen rows, Ctrl+Backspace sends the paper under the cursor back."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.currentIndex().isValid()
        if held and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._todo.take(self.chosen_rows() or [self.currentIndex().row()])
        elif held and event.key() == Qt.Key.Key_Backspace:
            self._todo.refuse(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


def _is_same(one: Any, other: Any) -> bool:
    """Say whether two rows are about the same paper: the cursor follows it when others come and go."""
    return (one.register.name, one.record_id) == (other.register.name, other.record_id)


def _row_of(one: Any) -> PlainRow:
    cells = (one.title, one.customer, one.state, one.step, one.days)
    families = {state.label: state.family for state in one.register.workflow.states}
    family = "overdue" if one.overdue else families.get(one.state, "pending")
    return PlainRow(cells, "danger" if one.overdue else "", family)
