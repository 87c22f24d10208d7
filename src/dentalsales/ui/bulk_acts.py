"""Acts on the checked rows of a list: in the background with progress and cancel, told at the end, and taken back."""

from typing import Any

from PySide6.QtCore import QObject

from dentalsales.blueprint.register import Register
from dentalsales.i18n import Text, _, n_, tr
from dentalsales.ui.bulk_dialogs import REFUSED, WARNED, ChangeDialog, StepForAll, Told
from dentalsales.ui.selection_bar import SelectionBar
from dentalsales.ui.shell import Shell
from dentalsales.usecases import bulk


class BulkActs(QObject):
    """Knows the last change, so that Ctrl+Z and the toast take it back."""

    def __init__(self, shell: Shell, register: Register, table: Any, bar: SelectionBar) -> None:
        super().__init__(table)
        self._shell, self._register, self._table, self._bar = shell, register, table, bar
        self._asked = 0
        self._last: tuple[str, Any, bulk.BulkResult] | None = None
        table.checked.changed.connect(self._show)
        bar.change_asked.connect(self.change)
        bar.step_asked.connect(self.step)
        bar.cleared.connect(table.checked.clear)

    def _show(self) -> None:
        """Let the bar follow what is checked; the steps are asked beside the window."""
        self._asked += 1
        if self._table.checked.is_empty():
            return
        self._bar.show_count(self._table.checked_count())
        asked, desk, query = self._asked, self._shell.desk, self._table.checked_query()

        def tell(steps: Any) -> None:
            if asked == self._asked:
                self._bar.show_steps(steps)

        self._shell.runner.run(lambda: bulk.bulk_steps(desk, query), tell, owner=self)

    def change(self, name: str) -> None:
        """Ask for a value and give it to all checked records."""
        desk, query, count = self._shell.desk, self._table.checked_query(), self._table.checked_count()
        field = bulk.bulk_fields(desk, self._register.name)[name]
        dialog = ChangeDialog(desk, self._register, name, field, count, self._table)
        if not dialog.exec():
            return
        value = dialog.value

        def done(result: bulk.BulkResult) -> None:
            self._last = (name, value, result)
            self._tell(n_("{count:,} record changed.", "{count:,} records changed."), result, undo=True)

        self._shell.runner.run_long(
            lambda task: bulk.change_all(desk, query, name, value, task.progress),
            _("Changing {field}").fill(field=field.label),
            done,
            owner=self,
        )

    def step(self, step: Any) -> None:
        """Ask, and take a step with all checked records."""
        desk, query, count = self._shell.desk, self._table.checked_query(), self._table.checked_count()
        dialog = StepForAll(step, count, self._table)
        if not dialog.exec():
            return
        note = dialog.note
        self._shell.runner.run_long(
            lambda task: bulk.step_all(desk, query, step.name, note, task.progress),
            step.label,
            lambda result: self._tell(n_("{count:,} record moved on.", "{count:,} records moved on."), result),
            owner=self,
        )

    def undo(self) -> None:
        """Take the last change of a field back, record by record, where nobody changed it since."""
        if self._last is None:
            return
        (name, value, result), self._last = self._last, None
        desk, register = self._shell.desk, self._register.name
        self._shell.runner.run(
            lambda: bulk.take_back(desk, register, name, value, result),
            lambda undone: self._tell(
                n_("{count:,} record is as it was.", "{count:,} records are as they were."), undone
            ),
            owner=self,
            label=_("Taking back"),
        )

    def _tell(self, words: Text, result: bulk.BulkResult, undo: bool = False) -> None:
        if result.changed:
            self._table.checked.clear()
            self._shell.toast(words.fill(count=len(result.changed)), "success", self.undo if undo else None)
        if result.refused:
            Told(REFUSED, result.refused, self._table).exec()
        if result.warned:
            for name, warning in result.warned:
                self._shell.messages.keep(tr(_("{what}: {state}").fill(what=name, state=warning)), "warning")
            Told(WARNED, result.warned, self._table).exec()
        self._table.view.setFocus()
