"""One unit of work of an employee: session, today, what was read once, and what it leaves behind."""

from collections.abc import Callable, Hashable, Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session

from dentalsales import settings
from dentalsales.blueprint.among import one_of, placed, places_for
from dentalsales.blueprint.house_records import Employee, SettingValue
from dentalsales.i18n import Text
from dentalsales.storage.turn import take_turn
from dentalsales.usecases import number, take_step
from dentalsales.usecases.keep_history import write_history

if TYPE_CHECKING:
    from dentalsales.usecases.desk import Desk

SHANGHAI = ZoneInfo("Asia/Shanghai")


class WorkingAct:
    """The `Act` of one unit of work."""

    def __init__(self, desk: "Desk", session: Session, note: str = "") -> None:
        self.desk, self.session, self.note = desk, session, note
        self.roles = desk.roles
        self.now = desk.now()
        self.today = self.now.astimezone(SHANGHAI).date()
        self.warnings: list[Text] = []
        self.touched: set[str] = set()
        self.on_behalf_of_id: int | None = None
        """The absent colleague whose role this act needed."""
        self._once: dict[Hashable, Any] = {}
        self._held: list[Any] = []

    @cached_property
    def employee(self) -> Employee:
        """Who acts; loaded when somebody asks."""
        return self.session.get_one(Employee, self.desk.employee_id)

    def find(self, record_class: Any, ids: Iterable[int]) -> dict[int, Any]:
        """Return records by id, those that are there; what this act knows already is not read again."""
        wanted, known = set(ids), self.session.identity_map
        key_of = inspect(record_class).identity_key_from_primary_key
        found = {one: record for one in wanted if (record := known.get(key_of((one,)))) is not None}
        missing = list(wanted - found.keys())
        if missing:
            with self.session.no_autoflush:
                read = self.session.scalars(_by_ids(record_class, places_for(missing)), placed("id", missing)).all()
            self._held += read  # a session forgets what nobody holds
            found |= {record.id: record for record in read}
        return found

    def setting(self, key: str) -> Any:
        """Return the company's value of a declared setting, read once per unit of work."""
        return self.once("settings", lambda: read_settings(self.session))[key]

    def once(self, key: Hashable, read: Callable[[], Any]) -> Any:
        """Return what `read` returns, asked once per unit of work."""
        if key not in self._once:
            self._once[key] = read()
        return self._once[key]

    def by_right_of(self, allowed: frozenset[str]) -> None:
        """Remember on whose behalf the employee acts, when only the role of an absent colleague allows it (M123)."""
        self.on_behalf_of_id = self.on_behalf_of_id or self.desk.rights.absent_for(allowed, self.today)

    def next_number(self, pattern: str) -> str:
        """Take the next document number in this transaction."""
        return number.next_number(self.session, pattern, self.today)

    def take_turn(self) -> None:
        """Wait until nobody else writes before the end of this act: for what many change, such as stock and credit."""
        take_turn(self.session)

    def take_step(self, record: Any, name: str, note: str = "", changes: dict[str, Any] | None = None) -> None:
        """Move another record, as an effect of this act that changed it before."""
        register = self.desk.business.register_of(record)
        take_step.move(self, register, record, take_step.step_of(register, name), note, len(self.warnings), changes)

    def log(self, record: Any, step: str, note: str = "", changes: dict[str, Any] | None = None) -> None:
        """Write an entry into a record's history."""
        register = self.desk.business.register_of(record)
        state = getattr(record, "state", "")
        version = getattr(record, "version", None)
        write_history(self, register.name, record.id, step, state, state, note, changes, version)
        self.touched.add(register.name)

    def warn(self, text: Text, **values: Any) -> None:
        """Keep a warning for the user."""
        self.warnings.append(text.fill(**values))


@lru_cache
def _by_ids(record_class: type[Any], places: int) -> Select[Any]:
    return select(record_class).where(one_of(record_class.id, "id", places))


def read_settings(session: Session) -> dict[str, Any]:
    """Return every setting with the company's value or its default."""
    values = {setting.key: setting.default for setting in settings.SETTINGS}
    for key, text in session.connection().execute(_SETTINGS):
        if key in settings.BY_KEY:
            values[key] = settings.parse(settings.BY_KEY[key], text)
    return values


_SETTINGS = select(SettingValue.__table__.c.key, SettingValue.__table__.c.value)
