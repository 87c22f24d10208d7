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
