"""Counts complaints from their events: answered and resolved in time, with holds taken off and without (K6-K8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import selectinload

import dentalsales.reports.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.promises import was_kept
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.table import Filter
from dentalsales.registers.complaints import COMPLAINTS, Complaint
from dentalsales.registers.complaints.deadlines import REPLY, RESOLUTION
from dentalsales.reports.office_days import moments
from dentalsales.reports.rates import share
from dentalsales.reports.scope import own_customers

DONE = ("resolved", "followed", "archived")


@dataclass(frozen=True)
class Counted:
    """One complaint as the figures see it; None where a promise can still be kept."""

    complaint: Complaint
    replied_in_time: bool | None
    resolved_in_time: bool | None
    """While the customer was awaited the clock stood still."""
    resolved_by_the_wall: bool | None
    """The same without taking that off."""
    resolved: bool
    open: bool
    overdue: bool


@dataclass(frozen=True)
class Rates:
    """What some complaints come to."""

    count: int
    resolved: int
    open: int
    overdue: int
    replied: Decimal | None
    in_time: Decimal | None
    by_the_wall: Decimal | None

    @property
    def resolution(self) -> Decimal | None:
        """Resolved of all that were received (K8)."""
        return share(self.resolved, self.count)


def days_of(period: Period) -> tuple[Filter, ...]:
    """Return the filters of the list that holds what `complaints_of` counts."""
    return (*frame.days("received_at", period), Filter("state", "!=", "withdrawn"))


def complaints_of(act: Act, period: Period) -> list[Counted]:
    """Return the complaints received in a period, withdrawn ones left out, as far as the employee may see them."""
    start, end = moments(period)
    query = (
        select(Complaint)
        .where(
            Complaint.received_at >= start, Complaint.received_at < end, Complaint.state != "withdrawn",
            own_customers(act, Complaint.customer_id, COMPLAINTS.access),
        )
        .options(selectinload(Complaint.holds), selectinload(Complaint.parts))
        .order_by(Complaint.received_at, Complaint.id)
    )  # fmt: skip
    return [_counted(one, act) for one in act.session.scalars(query)]


def _counted(one: Complaint, act: Act) -> Counted:
    in_time = was_kept(RESOLUTION, one, act)
    return Counted(
        one,
        was_kept(REPLY, one, act),
        in_time,
        was_kept(RESOLUTION, one, act, held=False),
        one.state in DONE,
        one.state not in DONE,
        one.resolved_at is None and in_time is False,
    )


def rates(counted: Iterable[Counted]) -> Rates:
    """Return what these complaints come to."""
    every = list(counted)
    return Rates(
        len(every),
        sum(one.resolved for one in every),
        sum(one.open for one in every),
        sum(one.overdue for one in every),
        _rate([one.replied_in_time for one in every]),
        _rate([one.resolved_in_time for one in every]),
        _rate([one.resolved_by_the_wall for one in every]),
    )


def _rate(kept: Sequence[bool | None]) -> Decimal | None:
    known = [one for one in kept if one is not None]
    return share(sum(known), len(known))
