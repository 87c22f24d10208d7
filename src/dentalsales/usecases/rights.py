"""What an employee may do on a day: the own roles, and those of absent colleagues for whom he stands in (P19, M123)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from dentalsales.blueprint.house_records import Delegation, Employee
from dentalsales.i18n import _

REFUSALS = {
    "view": _("Your roles do not include seeing “{title}”. Ask the sales manager."),
    "create": _("Your roles do not include new entries in “{title}”. Ask the sales manager."),
    "edit": _("Your roles do not include changes in “{title}”. Ask the sales manager."),
    "export": _("Your roles do not include exporting “{title}”. Ask the sales manager."),
}
"""What is said to somebody who may not do something in a register."""


@dataclass(frozen=True)
class Lent:
    """The roles of an absent colleague, from one day to another."""

    absent_id: int
    roles: frozenset[str]
    starts_on: date
    ends_on: date

    def holds_on(self, day: date) -> bool:
        """Say whether the colleague is absent on a day; first and last day count."""
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class Rights:
    """The roles of one employee."""

    own: frozenset[str]
    lent: tuple[Lent, ...] = ()

    def on(self, day: date) -> frozenset[str]:
        """Return all roles that hold on a day."""
        return self.own.union(*(one.roles for one in self.lent if one.holds_on(day)))

    def absent_for(self, wanted: frozenset[str], day: date) -> int | None:
        """Return the colleague on whose behalf something is done that needs one of these roles.

        None when an own role suffices, or none of them is held.
        """
        return None if self.own & wanted else next(iter(self.absent_whose(wanted, day)), None)

    def absent_whose(self, wanted: frozenset[str], day: date) -> tuple[int, ...]:
        """Return the colleagues who are absent on a day and lent one of these roles."""
        return tuple(one.absent_id for one in self.lent if one.roles & wanted and one.holds_on(day))


def read_rights(session: Session, employee_id: int) -> Rights | None:
    """Return the rights as the company's books have them now, None for somebody who is disabled.

    A colleague lends only roles that he himself still holds; who was disabled lends nothing.
    """
    connection = session.connection()
    own = connection.execute(_OWN.where(_WHO.c.id == employee_id)).first()
    if own is None or own.disabled:
        return None
    lent = [
        Lent(row.absent_id, _set(row.roles) & _set(row.held), row.starts_on, row.ends_on)
        for row in connection.execute(_LENT.where(_GIVEN.c.deputy_id == employee_id))
    ]
    return Rights(_set(own.roles), tuple(lent))


def holders(session: Session, wanted: frozenset[str], day: date) -> list[str]:
    """Return the names of those who hold one of these roles on a day, whether it is their own or lent, in order."""
    connection = session.connection()
    here = {row.id: (row.name, _set(row.roles)) for row in connection.execute(_HERE)}
    found = {who for who, (_name, roles) in here.items() if roles & wanted}
    for row in connection.execute(_LENT.where(_GIVEN.c.starts_on <= day, _GIVEN.c.ends_on >= day)):
        if row.deputy_id in here and _set(row.roles) & _set(row.held) & wanted:
            found.add(row.deputy_id)
    return sorted(here[who][0] for who in found)


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split(",")) if names else frozenset()


_WHO, _GIVEN = Employee.__table__, Delegation.__table__
_HERE = select(_WHO.c.id, _WHO.c.name, _WHO.c.roles).where(_WHO.c.disabled.is_(False))
_OWN = select(_WHO.c.roles, _WHO.c.disabled)
_LENT = (
    select(
        _GIVEN.c.absent_id,
        _GIVEN.c.deputy_id,
        _GIVEN.c.roles,
        _GIVEN.c.starts_on,
        _GIVEN.c.ends_on,
        _WHO.c.roles.label("held"),
    )
    .join_from(_GIVEN, _WHO, _WHO.c.id == _GIVEN.c.absent_id)
    .where(_GIVEN.c.withdrawn.is_(False), _WHO.c.disabled.is_(False))
    .order_by(_GIVEN.c.id)
)
