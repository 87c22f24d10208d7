"""How template versions follow each other: clauses are numbered, and a new version ends the one before."""

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.demands import is_ahead
from dentalsales.i18n import _
from dentalsales.registers.contract_templates.record import ContractClause, ContractTemplate
from dentalsales.registers.contract_templates.shipped import shipped_clauses


def kind_brings_the_shipped_clauses(template: ContractTemplate, act: Act) -> None:
    """A template without clauses begins with those that the program has for its kind."""
    if template.clauses or not template.kind:
        return
    for title, body in shipped_clauses(template.kind):
        template.clauses.append(ContractClause(title=title, body=body))
    clauses_are_numbered(template, act)


def clauses_are_numbered(template: ContractTemplate, act: Act) -> None:
    """Clauses bear the number of their place."""
    for place, clause in enumerate(template.clauses, 1):
        if clause.number != place:
            clause.number = place


IT_BEGINS_TODAY_OR_LATER = is_ahead("valid_from", _("A version holds from today or a later day."))
"""What was in force is not rewritten: a version begins on the day of its submission or later."""


def the_version_before_ends(template: ContractTemplate, act: Act) -> None:
    """From its first day on a version replaces those of its name; approved later than that, it holds from today."""
    if template.valid_from < act.today:
        template.valid_from = act.today
    earlier = select(ContractTemplate).where(
        ContractTemplate.name == template.name,
        ContractTemplate.kind == template.kind,
        ContractTemplate.state == "approved",
        ContractTemplate.valid_to.is_(None),
        ContractTemplate.id != template.id,
    )
    for other in act.session.scalars(earlier).all():
        before = other.valid_to
        other.valid_to = max(template.valid_from - timedelta(days=1), other.valid_from)
        other.version += 1
        act.log(other, "ended", changes={"valid_to": [before, other.valid_to]})


def new_version(template: ContractTemplate, act: Act) -> ContractTemplate:
    """Begin the next version with the clauses of this one."""
    newest = act.session.scalars(
        select(ContractTemplate.edition)
        .where(ContractTemplate.name == template.name, ContractTemplate.kind == template.kind)
        .order_by(ContractTemplate.edition.desc())
    ).first()
    made = ContractTemplate(
        name=template.name, kind=template.kind, edition=(newest or 1) + 1, valid_from=act.today, change=""
    )
    made.clauses = [ContractClause(number=one.number, title=one.title, body=one.body) for one in template.clauses]
    return made


def in_force(act: Act, record: Any) -> Any:
    """Return the condition of the templates that a contract may begin from today."""
    return and_(
        ContractTemplate.state == "approved",
        ContractTemplate.valid_from <= act.today,
        or_(ContractTemplate.valid_to.is_(None), ContractTemplate.valid_to >= act.today),
    )
