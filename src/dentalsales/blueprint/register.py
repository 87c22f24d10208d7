"""A register: what a record holds, how form and list look, its states, rules and effects, in one description."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.form import Section
from dentalsales.blueprint.insight import Insight, LineHistory
from dentalsales.blueprint.matrix import Matrix
from dentalsales.blueprint.messages import Spoken
from dentalsales.blueprint.persons import Persons
from dentalsales.blueprint.repeat import Repeat
from dentalsales.blueprint.roles import Access
from dentalsales.blueprint.rules import Caution
from dentalsales.blueprint.table import Table
from dentalsales.blueprint.workflow import Rule, Workflow
from dentalsales.i18n import Text, _

GROUPS = {
    "business": _("Business"),
    "money": _("Money"),
    "goods": _("Goods"),
    "records": _("Records"),
    "files": _("Files"),
    "office": _("Office"),
}
"""The parts of the menu in their order."""


@dataclass(frozen=True)
class DraftFrom:
    """A new paper begun from an earlier one: a dispatch note from an order, a receipt from a customer."""

    name: str
    label: Text
    source: str
    """Name of the register whose form shows the button."""
    make: Callable[[Any, Act], Any]
    """(source record, act) -> unsaved record; raises RuleBroken when there is nothing to begin."""
    states: tuple[str, ...] = ()
    """States of the source in which it is offered; empty means any."""
    waits: Callable[[Any], Any] | None = None
    """(source's table) -> condition: the records that wait for this paper, on Today of those who may begin it."""
    late: Callable[[Any, date], Any] | None = None
    """(source's table, today) -> condition: the records for which this paper is late; they stand before all others."""
    told: frozenset[str] | None = None
    """Who of those who may begin it has it on Today; None means all of them."""


@dataclass(frozen=True)
class Related:
    """A tab on an earlier register's card: the records of this register that belong to it."""

    target: str
    """Register whose card shows the tab."""
    path: str
    """Field of this register's record that points there."""


@dataclass(frozen=True)
class Register:
    """One register of the company (台账)."""

    name: str
    title: Text
    record: type[Any]
    form: tuple[Section, ...]
    table: Table
    access: Access
    one: Text
    """What a single record is called: "Order", for buttons like "New order"."""
    number: str = ""
    """Pattern of the document number, such as "SO-{day}-{count:03}"; given when the paper leaves draft."""
    workflow: Workflow | None = None
    group: str = "business"
    """Part of the menu, one of GROUPS."""
    icon: str = "file-text"
    rules: tuple[Rule, ...] = ()
    """Called before every save with (record, act), after field rules and check(); they may also fill what follows."""
    kept_in_step: tuple[Rule, ...] = ()
    """What is worked out anew at the end of every save and of every step, such as until when something is due."""
    follows: Mapping[str, Callable[..., None]] = field(default_factory=dict)
    """Field -> what follows when it changes: (record, act); "lines.product_id" -> (record, line, act)."""
    follows_lines: Mapping[str, Callable[..., None]] = field(default_factory=dict)
    """Lines field -> what follows when many of its lines come at once: (record, lines, act); else `follows` of each."""
    cautions: tuple[Callable[[Any, Act], Iterable[Caution]], ...] = ()
    """What is allowed and should be looked at first: cells of lines, amber while the form is filled in."""
    insights: tuple[Insight, ...] = ()
    shows: Mapping[str, tuple[Insight, ...]] = field(default_factory=dict)
    """What this register knows about an earlier one's records, shown on that register's form."""
    reacts: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    """What an earlier register's step sets in motion here, in the same transaction: "orders.void" -> (order, act)."""
    drafts_from: tuple[DraftFrom, ...] = ()
    related: tuple[Related, ...] = ()
    line_history: LineHistory | None = None
    """What was agreed before about a line's record; shown under the line on demand."""
    matrix: Matrix | None = None
    """How its lines are filled from a family of records, by shade and size."""
    repeat: Repeat | None = None
    """Where the lines of an earlier paper may be taken again (再来一单)."""
    own_acts: tuple[str, ...] = ()
    """Names of acts that have a window of their own (the escape hatch); `ui/own_acts.py` binds them."""
    empty: Text | None = None
    """The sentence of an empty list."""
    read_only: bool = False
    """Kept by effects only (ledger, movements): no form to edit, nothing to create."""
    only_from_papers: bool = False
    """Begins from an earlier paper only (a dispatch note from an order), never from an empty form."""
    moves: tuple[str, ...] = ()
    """Fields that still move after the paper can't be edited any more, each time with an entry in its history;
    "lines.sent" is one of its lines. A server refuses every other change of such a paper."""
    follows_others: tuple[str, ...] = ()
    """Fields that still follow another paper then, and only that paper's history tells it."""
    deletable: bool = False
    """Its records may be deleted: no paper names them, such as words that were remembered."""
    persons: Persons | None = None
    """Whose data its records hold, and how the person is taken out of them."""
    spoken: Spoken | None = None
    """How messages name its records."""
    in_menu: bool = True
    shortcut: int = 0
    """Ctrl and this digit open the list; 1 is Today and 9 the reports (ux: 2 customers, 3 contracts, 4 orders ...)."""

    @property
    def table_name(self) -> str:
        """Database table, which links name."""
        return str(self.record.__tablename__)

    def field_names(self) -> tuple[str, ...]:
        """All names the form shows, in reading order."""
        return tuple(name for section in self.form for name in section.names)
