"""What waits for the employee: papers whose next step is open to him, and the figures of the Today page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, true

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.calendar_words import OFFICE
from dentalsales.blueprint.register import DraftFrom, Register
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.sheet import Block, Opens
from dentalsales.blueprint.table import Filter
from dentalsales.blueprint.tile import Glance, TileWords
from dentalsales.blueprint.workflow import Step, Workflow
from dentalsales.i18n import Text
from dentalsales.usecases.browse import Query, totals
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.open_steps import open_to, own_turns, papers_of
from dentalsales.usecases.own_records import own_records
from dentalsales.usecases.paths import Condition
from dentalsales.usecases.record_shape import links_of
from dentalsales.usecases.step_offers import probe

LIMIT = 200
TILES = 6
"""So many figures stand on the Today page: the first that the employee may see."""


@dataclass(frozen=True)
class Waiting:
    """One paper and the step it waits for; `since` is the moment of its newest history entry."""

    register: Register
    record_id: int
    title: str
    customer: str
    state: Text
    step: Text
    since: datetime
    overdue: bool
    step_name: str = ""
    draft_name: str = ""
    """The paper that is begun from this one, in place of a step."""
    refusal: Step | None = None
    """With which step it is sent back instead, with a reason; of approvals only."""
    asks: bool = True
    """Something is to be filled in or answered first; where nothing is, several are done at once."""
    days: int = 0
    """For how many days it has been waiting."""
    state_name: str = ""


@dataclass(frozen=True)
class Tile:
    """A figure and the list it is taken from."""

    label: Text
    value: Any
    kind: str
    opens: Opens


class Inbox(list[Waiting]):
    """What waits, as far as it is listed."""

    more: tuple[tuple[Text, Opens], ...] = ()
    """Title and list of the registers in which more may wait."""


def waiting(desk: Desk) -> Inbox:
    """Return the papers that wait for a step of this employee, or for a paper that he begins from them.

    Overdue ones come first, then the oldest; at most 200.
    """
    found: list[Waiting] = []
    desk.look_up_rights()  # since this morning somebody may have left and lent his roles
    with desk.reading() as act:
        for register in desk.business.registers:
            if register.workflow is not None and desk.may(register.name, "view"):
                found += _waiting_in(desk, act, register, register.workflow)
            if desk.may(register.name, "create"):
                found += [one for draft in register.drafts_from for one in _waiting_for(desk, act, draft)]
        full = _full(act)
    found.sort(key=lambda one: (not one.overdue, one.since))
    for one in found[LIMIT:]:
        full.setdefault(one.register.name, set()).add(one.state_name)
    inbox = Inbox(found[:LIMIT])
    inbox.more = tuple(
        (desk.business.register(name).title, Opens(name, filters=(Filter("state", "in", tuple(sorted(states))),)))
        for name, states in full.items()
    )
    return inbox


def _full(act: Act) -> dict[str, set[str]]:
    """Return the registers in which more papers wait than were read, and the states in which they do."""
    found: dict[str, set[str]] = act.once("full", dict)
    return found


def tiles(desk: Desk) -> list[Tile]:
    """Return the tiles of the business that the employee may see; each value equals the list it opens."""
    return [_tile(desk, words) for words in [one for one in desk.business.tiles if _may_see(desk, one)][:TILES]]


def glances(desk: Desk) -> list[tuple[Glance, Block]]:
    """Return the small tables of the month so far that the employee may see."""
    month = Period.month(desk.today)
    with desk.reading() as act:
        return [(one, one.make(act, month)) for one in desk.business.glances if desk.roles & one.view]


def _may_see(desk: Desk, words: TileWords) -> bool:
    return desk.may(words.register, "view") and (words.roles is None or bool(desk.roles & words.roles))


def _tile(desk: Desk, words: TileWords) -> Tile:
    columns = (words.total or "id",)  # an id is never summed
    figures = totals(desk, Query(words.register, filters=words.filters, columns=columns))
    value = figures.sums.get(words.total) if words.total else figures.count
    return Tile(words.label, value, words.kind, Opens(words.register, filters=words.filters))


def _waiting_in(desk: Desk, act: Act, register: Register, workflow: Workflow) -> list[Waiting]:
    lenient = bool(act.setting("self_approval"))
    steps = [own for step in workflow.steps for own in own_turns(desk, workflow, step)]
    open_steps = [
        (step, condition) for step in steps if (condition := open_to(desk, register, step, lenient)) is not None
    ]
    plain = [(step, condition) for step, condition in open_steps if not step.inbox_checks]
    found = _read(desk, act, register, plain)
    for step, condition in open_steps:
        if step.inbox_checks:
            papers = _read(desk, act, register, [(step, condition)])
            records = _with_links(act, register.record, [one.record_id for one in papers])
            found += [one for one in papers if _would_pass(act, step, records[one.record_id])]
    return found


def _with_links(act: Act, record_class: type[Any], ids: list[int]) -> dict[int, Any]:
    """Return records by id; what they link to is read too, a query for each link and not for each record."""
    records = act.find(record_class, ids)
    for name, _relation, target in links_of(record_class) if records else ():
        act.find(target, {key for one in records.values() if isinstance(key := getattr(one, name), int)})
    return records


def _would_pass(act: Act, step: Step, record: Any) -> bool:
    if step.whose is not None and not act.roles & step.whose(record):
        return False
    try:
        probe(act, step, record)
    except RuleBroken:
        return False
    return True


def _waiting_for(desk: Desk, act: Act, draft: DraftFrom) -> list[Waiting]:
    """Return the records of an earlier register that wait for a paper to be begun from them."""
    if not desk.may(draft.source, "view") or (draft.told is not None and not desk.roles & draft.told):
        return []
    source = desk.business.register(draft.source)
    table: Any = source.record.__table__
    found = []
    if draft.waits is not None:
        found += _read(desk, act, source, [(None, draft.waits(table))])
    if draft.late is not None:
        late = _read(desk, act, source, [(None, draft.late(table, desk.today))])
        found += [replace(one, overdue=True) for one in late]
    return [replace(one, step=draft.label, draft_name=draft.name) for one in found]


def _read(desk: Desk, act: Act, register: Register, wanted: Sequence[tuple[Step | None, Condition]]) -> list[Waiting]:
    if not wanted:
        return []
    own = own_records(register, desk.roles, desk.employee_id)
    statement = papers_of(desk, register, [condition for _step, condition in wanted])
    statement = statement.where(true() if own is None else own)
    statement = statement.order_by(register.record.__table__.c.id).limit(LIMIT + 1)
    steps = [step for step, _condition in wanted]
    rows = act.session.execute(statement).all()
    if len(rows) > LIMIT:
        _full(act).setdefault(register.name, set()).update(row.state for row in rows)
    return [_paper(desk, register, steps, row) for row in rows[:LIMIT]]


def _paper(desk: Desk, register: Register, steps: Sequence[Step | None], row: Row[Any]) -> Waiting:
    workflow, step = register.workflow, steps[row.step]
    assert workflow is not None, "only papers with states wait"
    since = row.since or row.entered_at or desk.now()
    no = [one for one in workflow.steps if one.on_route and not one.goes_forward and row.state in one.sources]
    return Waiting(
        register,
        row.id,
        row.title or register.one,
        row.customer or "",
        workflow.state(row.state).label,  # whose turn it is, goes without saying
        step.label if step is not None else Text(""),
        since,
        workflow.state(row.state).family == "overdue" or _is_past(desk, row.due),
        step.name if step is not None else "",
        refusal=no[0] if no and step is not None and step.on_route else None,
        asks=step is None
        or bool(step.asked or step.asks_note or step.final is not None)
        or _may_stand_in(workflow, step),
        state_name=row.state,
        days=(desk.today - since.astimezone(OFFICE).date()).days,
    )


def _may_stand_in(workflow: Workflow, step: Step) -> bool:
    """Say whether it depends on a paper's route what an approval asks: then each paper is asked about by itself."""
    return step.on_route and any(turn.otherwise for turn in workflow.turns.values())


def _is_past(desk: Desk, due: Any) -> bool:
    if due is None:
        return False
    return bool(due < desk.now() if isinstance(due, datetime) else due < desk.today)
