"""What a link may point at: suggestions while typing, the full picker, and a new record made in place."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.register import Register
from dentalsales.usecases import browse, search
from dentalsales.usecases.desk import Desk

SUGGESTED = 12


@dataclass(frozen=True)
class Choice:
    """A record that was chosen."""

    id: int
    title: str


class LinkChoices:
    """The choices of a link of a form; `name` is its path, like "lines.3.product_id", None in a line yet to be."""

    def __init__(self, desk: Desk, field: Field, form: Any, name: str | None) -> None:
        self._desk, self._field, self._form, self._name = desk, field, form, name
        self._table = field.target or ""

    @property
    def register(self) -> Register | None:
        """The register that the link points into; None for a table that no register shows."""
        try:
            return self._desk.business.register_of_table(self._table)
        except KeyError:
            return None

    @property
    def may_create(self) -> bool:
        """True when the employee may make a new record there."""
        register = self.register
        return register is not None and not register.read_only and self._desk.may(register.name, "create")

    def suggest(self, typed: str) -> list[Any]:
        """Return the best matches for what was typed, best first."""
        return search.suggest(self._desk, self._table, typed, SUGGESTED, form=self._form, field=self._name)

    def pick(self, typed: str, parent: QWidget) -> Choice | None:
        """Let the user choose from the whole register."""
        from dentalsales.ui.pick_dialog import PickDialog

        if self.register is None:
            return None
        dialog = PickDialog(self._desk, self, typed, parent)
        return self._chosen(dialog.chosen) if dialog.exec() == QDialog.DialogCode.Accepted else None

    def create(self, typed: str, parent: QWidget) -> Choice | None:
        """Let the user enter a new record with its required fields."""
        from dentalsales.ui.quick_form import QuickForm

        if self.register is None:
            return None
        dialog = QuickForm(self._desk, self.register, typed, parent)
        return self._chosen(dialog.created) if dialog.exec() == QDialog.DialogCode.Accepted else None

    def _chosen(self, record_id: int | None) -> Choice | None:
        if record_id is None:
            return None
        return Choice(record_id, browse.titles(self._desk, self._table, [record_id]).get(record_id, ""))
