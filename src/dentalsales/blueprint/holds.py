"""Holds: stretches in which somebody else is awaited, so that the clock of a promise stands still."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.fields import moment, text
from dentalsales.blueprint.record import Line, child_class
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.workflow import Step
from dentalsales.i18n import _, c_

LONGEST = 400


class Hold(Line):
    """One such stretch; the paper has them in its field `holds`."""

    __abstract__ = True

    began_at: Mapped[datetime] = moment(_("Began"), required=True, read_only=True)
    ended_at: Mapped[datetime | None] = moment(c_("hold", "Ended"), read_only=True)
    reason: Mapped[str] = text(_("Reason"), length=LONGEST, read_only=True)


def is_held(paper: Any) -> bool:
    """Say whether the customer is awaited now."""
    return any(one.ended_at is None for one in paper.holds)


def hold_begins(paper: Any, act: Act) -> None:
    """From now on the customer is awaited."""
    made = child_class(paper, "holds")
    paper.holds.append(made(began_at=act.now, reason=act.note.strip()[:LONGEST], position=len(paper.holds)))


def hold_ends(paper: Any, act: Act) -> None:
    """The customer answered."""
    for one in paper.holds:
        one.ended_at = one.ended_at or act.now


def not_held(paper: Any, act: Act) -> None:
    """Nothing is resolved while the customer is awaited."""
    if is_held(paper):
        raise RuleBroken(_("The customer is still awaited. Take “Customer answered” first."))


def holding(sources: tuple[str, ...], roles: frozenset[str]) -> tuple[Step, Step]:
    """Return the steps with which a hold begins, for a reason, and ends."""
    return (
        Step("hold", _("Wait for the customer"), sources, None, roles, effect=(hold_begins,), asks_note=True,
             when=lambda paper: not is_held(paper), inbox=False),
        Step("resume", _("Customer answered"), sources, None, roles, effect=(hold_ends,), when=is_held, inbox=False),
    )  # fmt: skip
