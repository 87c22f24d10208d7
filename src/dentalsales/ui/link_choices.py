"""What a link may point at: suggestions while typing, the full picker, and a new record made in place."""

from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.register import Register
from dentalsales.i18n import _, language, tr
from dentalsales.usecases import browse, search
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.family_grid import family_size, matrix_of

SUGGESTED = 12


@dataclass(frozen=True)
class Choice:
    """A record that was chosen."""

    id: int
    title: str


class LinkDialogs(Protocol):
    """The dialogs of links; they hold forms, whose links hold dialogs, so the form around a link brings them."""

    def pick(self, choices: "LinkChoices", typed: str, parent: QWidget) -> int | None:
        """Return the id of a record chosen from the list."""

    def create(self, choices: "LinkChoices", typed: str, parent: QWidget) -> int | None:
        """Return the id of a record made in place."""


def dialogs_around(widget: QWidget | None) -> LinkDialogs | None:
    """Return the dialogs that a form or window around a widget offers as `link_dialogs`."""
    found: LinkDialogs | None = around(widget, "link_dialogs")
    return found


def around(widget: QWidget | None, name: str) -> Any:
    """Return what the nearest widget around another offers under a name; None when none does."""
    while widget is not None:
        found = getattr(widget, name, None)
        if found is not None:
            return found
        widget = widget.parentWidget()
    return None


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
        """True when the employee may make a new record there; a filter has no form and makes none."""
        register = self.register
        if self._form is None or register is None or register.read_only:
            return False
        return self._desk.may_begin(register.name)

    @property
    def desk(self) -> Desk:
        """The employee who chooses."""
        return self._desk

    def make_ready(self, widget: QWidget) -> None:
        """Let the window around a field read, aside, the words that its first letters will be looked for in."""
        runner = around(widget, "runner")
        if runner is not None and self.register is not None:
            runner.run(lambda: search.make_ready(self._desk, self._table))

    def suggest(self, typed: str) -> list[Any]:
        """Return the best matches for what was typed, best first."""
        return search.suggest(self._desk, self._table, typed, SUGGESTED, form=self._form, field=self._name)

    def family_of(self, record_id: int) -> str:
        """Return how a record's family is offered as a grid, empty when it has none or the link fills no lines."""
        matrix = matrix_of(self._form, "", self._field)
        count = family_size(self._form, matrix, record_id) if matrix is not None else 0
        if matrix is None or count < 2:
            return ""
        known = fields_of(self._desk.business.register_of_table(self._table).record)
        words = [tr(known[name].label) for name in matrix.axes]
        axes = tr(_(" and ")).join(word.lower() if language() == "en" else word for word in words)
        return tr(_("Quantities by {axes}… ({count} kinds)"), axes=axes, count=count)

    def pick(self, typed: str, parent: QWidget) -> Choice | None:
        """Let the user choose from the whole register."""
        dialogs = dialogs_around(parent)
        return self._chosen(dialogs.pick(self, typed, parent)) if dialogs is not None and self.register else None

    def create(self, typed: str, parent: QWidget) -> Choice | None:
        """Let the user enter a new record with its required fields."""
        dialogs = dialogs_around(parent)
        return self._chosen(dialogs.create(self, typed, parent)) if dialogs is not None and self.register else None

    def _chosen(self, record_id: int | None) -> Choice | None:
        if record_id is None:
            return None
        return Choice(record_id, browse.titles(self._desk, self._table, [record_id]).get(record_id, ""))
