"""What a rule, an effect or an insight may use while an employee acts; `usecases` supply it, tests make one."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from sqlalchemy.orm import Session

from dentalsales.blueprint.house_records import Employee
from dentalsales.i18n import Text


class Act(Protocol):
    """One employee, one moment, one transaction."""

    @property
    def session(self) -> Session:
        """The unit of work; everything an effect writes goes through it."""

    @property
    def employee(self) -> Employee:
        """Who acts."""

    @property
    def on_behalf_of_id(self) -> int | None:
        """For which absent colleague, when only a lent role allows the act (M123)."""

    @property
    def roles(self) -> frozenset[str]:
        """The roles the employee holds now."""

    @property
    def now(self) -> datetime:
        """The moment, in UTC."""

    @property
    def today(self) -> date:
        """The business day in Asia/Shanghai."""

    @property
    def note(self) -> str:
        """What the employee wrote with the step, such as a reason."""

    def find(self, record_class: type[Any], ids: Iterable[int]) -> dict[int, Any]:
        """Return records by id, those that are there; what this act knows already is not read again."""

    def once(self, key: Hashable, read: Callable[[], Any]) -> Any:
        """Return what `read` returns, asked once per act: for facts that the act itself does not change."""

    def setting(self, key: str) -> Any:
        """Return the company's value of a declared setting (a Decimal, int, bool, str or date)."""

    def next_number(self, pattern: str) -> str:
        """Take the next document number of a pattern like "SO-{day}-{count:03}" in this transaction."""

    def take_step(self, record: Any, name: str, note: str = "", changes: dict[str, Any] | None = None) -> None:
        """Move another record along its own workflow, with its checks, effects and one entry of its history.

        `changes` are what this act changed in the record before: the entry keeps them.
        """

    def log(self, record: Any, step: str, note: str = "", changes: dict[str, Any] | None = None) -> None:
        """Write an entry into a record's history that no step of its own writes."""

    def warn(self, text: Text, **values: Any) -> None:
        """Tell the user something that does not stop the act."""


Number = int | Decimal
Cells = Sequence[Any]
