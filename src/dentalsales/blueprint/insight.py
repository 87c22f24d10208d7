"""Facts shown beside a form while it is filled in: last prices, stock by lot, credit, overdue."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.i18n import Text


@dataclass(frozen=True)
class Fact:
    """One line of the panel; tone is "", "good", "warning" or "danger"; `opens` is (register, record id)."""

    label: str
    value: Any
    kind: str = "text"
    tone: str = ""
    opens: tuple[str, int] | None = None


@dataclass(frozen=True)
class Insight:
    """A titled group of facts about the record, and the grid line under the cursor if there is one."""

    name: str
    title: Text
    facts: Callable[[Any, Any, Act], Iterable[Fact]]
    """(record, line or None, act) -> facts; no facts hides the group."""


@dataclass(frozen=True)
class HistoryRow:
    """One earlier agreement; its cells stand in the order of the history's columns."""

    cells: tuple[Any, ...]


@dataclass(frozen=True)
class LineHistory:
    """What was agreed before about the record that a line names (Ctrl+Shift+H); shown, never taken."""

    title: Text
    columns: tuple[tuple[Text, str], ...]
    """Label and kind of each column."""
    rows: Callable[[Any, Any, Act], Iterable[HistoryRow]]
    """(record, line, act) -> rows, newest first."""
    empty: Text
    """The sentence when there is nothing to show."""
