"""Which papers wait for a step: the conditions under which it is the employee who takes it now."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, not_, null, or_, select

from dentalsales.blueprint.house_records import Employee, History
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.workflow import Step, Workflow
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.paths import Condition, Source, place_of, title
from dentalsales.usecases.second_person import touched_by


def own_turns(desk: Desk, workflow: Workflow, step: Step) -> list[Step]:
    """Return a step as it is in each turn on a route that may be the employee's; any other step as it is."""
    if not step.on_route:
        return [step]
    return [workflow.in_turn(step, role) for role in sorted(desk.roles & step.roles)]


def open_to(desk: Desk, register: Register, step: Step, lenient: bool) -> Condition | None:
    """Return the condition under which the employee may take a step now, None when never."""
    table: Any = register.record.__table__
    if step.by_program or not step.inbox or not desk.roles & step.roles:
        return None
    parts: list[ColumnElement[bool]] = [table.c.state.in_(step.sources)]
    if step.on_route:
        parts.append(table.c.turn.in_(step.roles))
    if step.second_person and not lenient:
        hands = [desk.employee_id, desk.rights.absent_for(step.roles, desk.today) or desk.employee_id]
        parts.append(not_(func.coalesce(touched_by(register, table, step, hands), False)))
    if step.submits and register.workflow is not None and register.workflow.route is not None:
        # a draft waits for nobody; what came back, for who entered it
        drafts = [state.name for state in register.workflow.states if state.draft]
        parts += [_is_his(desk, table.c.entered_by_id, step), table.c.state.not_in(drafts)]
    if (awaited := step.awaited(table)) is not None:
        parts.append(awaited)
    if step.from_day:
        begins = table.c[step.from_day] if isinstance(step.from_day, str) else step.from_day(table)
        parts.append(begins <= desk.today)
    return and_(*parts)


def papers_of(desk: Desk, register: Register, conditions: list[Condition]) -> Select[Any]:
    """Return the statement of the papers that fulfil one of the conditions; `step` is the first they fulfil."""
    source = Source(desk, register.record)
    table: Any = source.root
    customer: ColumnElement[Any] = literal("")
    if "customer_id" in register.record.__mapper__.columns:
        customer = source.shown(place_of(register, "customer_id"))
    newest = (
        select(History.__table__.c.at)
        .where(History.register == register.name, History.record_id == table.c.id)
        .order_by(History.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    due = next((table.c[name] for name in ("due_on", "due_at") if name in table.c), null())
    return (
        select(
            table.c.id,
            title(register.record, table).label("title"),
            customer.label("customer"),
            table.c.state,
            case(*((condition, index) for index, condition in enumerate(conditions))).label("step"),
            newest.label("since"),
            table.c.entered_at,
            due.label("due"),
        )
        .select_from(source.clause)
        .where(or_(*conditions))
    )


def _is_his(desk: Desk, entered_by: Any, step: Step) -> Condition:
    """Return the condition that a paper comes back to the employee: his own, that of a colleague for whom he stands in,
    or of one who works here no more; those whose roles take the step look after that."""
    whose = [desk.employee_id, *desk.rights.absent_whose(step.roles, desk.today)]
    return or_(entered_by.in_(whose), entered_by.in_(select(_GONE)))


_GONE = select(Employee.id).where(Employee.disabled.is_(True)).subquery()
