"""Saved views of lists, one's own and shared ones.

Everybody keeps views of their own. Sharing one with everybody is for the sales manager and the director; a shared view
is changed, renamed and deleted by who made it or by them.
"""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from dentalsales.blueprint.house_records import SavedView
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import MANAGERS
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import _
from dentalsales.usecases.desk import Desk, WorkingAct
from dentalsales.usecases.list_filter import seen_place
from dentalsales.usecases.list_look import ViewContent, content_as_json, content_from_json

LONGEST_NAME = 60


@dataclass(frozen=True)
class SavedList:
    """A saved view as a list offers it."""

    id: int
    name: str
    shared: bool
    may_change: bool
    content: ViewContent


def saved_views(desk: Desk, register_name: str) -> list[SavedList]:
    """Return the employee's own views of a register and then the shared ones, without what the roles may not see."""
    desk.demand(register_name, "view")
    register = desk.business.register(register_name)
    wanted = (
        select(SavedView)
        .where(SavedView.register == register_name)
        .where(or_(SavedView.employee_id == desk.employee_id, SavedView.shared))
        .order_by(SavedView.employee_id != desk.employee_id, SavedView.position, SavedView.id)
    )
    with desk.reading() as act:
        found = [_offered(desk, view) for view in act.session.scalars(wanted)]
    return [view for view in found if is_seen(desk, register, view.content.filters)]


def may_share(desk: Desk) -> bool:
    """Say whether the employee may share views with everybody."""
    return bool(desk.roles & MANAGERS)


def keep_view(desk: Desk, register_name: str, name: str, content: ViewContent, shared: bool = False) -> SavedList:
    """Keep a view under a new name; RuleBroken when the employee has one of that name."""
    desk.demand(register_name, "view")
    name = _tidy(name)
    if shared:
        _demand_sharing(desk)
    with desk.writing() as act:
        _demand_free(act, register_name, name)
        last = act.session.scalar(
            select(func.max(SavedView.position)).where(
                SavedView.employee_id == desk.employee_id, SavedView.register == register_name
            )
        )
        view = SavedView(
            employee_id=desk.employee_id,
            register=register_name,
            name=name,
            shared=shared,
            position=(last or 0) + 1,
            content=content_as_json(content),
        )
        act.session.add(view)
        act.session.flush()
        return _offered(desk, view)


def change_view(
    desk: Desk, view_id: int, name: str | None = None, content: ViewContent | None = None, shared: bool | None = None
) -> SavedList:
    """Rename a view, share it or no longer, or keep what the list shows now in it."""
    with desk.writing() as act:
        view = _changeable(desk, act, view_id)
        if name is not None and _tidy(name) != view.name:
            _demand_free(act, view.register, _tidy(name))
            view.name = _tidy(name)
        if shared is not None and shared != view.shared:
            _demand_sharing(desk)
            view.shared = shared
        if content is not None:
            view.content = content_as_json(content)
        return _offered(desk, view)


def delete_view(desk: Desk, view_id: int) -> None:
    """Delete a view."""
    with desk.writing() as act:
        act.session.delete(_changeable(desk, act, view_id))


def is_seen(desk: Desk, register: Register, filters: tuple[Filter, ...]) -> bool:
    """Say whether the employee may see everything that filters ask about."""
    try:
        for one in filters:
            seen_place(desk, register, one.name)
    except RuleBroken:
        return False
    return True


def _offered(desk: Desk, view: SavedView) -> SavedList:
    mine = view.employee_id == desk.employee_id
    return SavedList(view.id, view.name, view.shared, mine or may_share(desk), content_from_json(view.content))


def _tidy(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise RuleBroken(_("Enter a name for the view."), field="name")
    if len(name) > LONGEST_NAME:
        raise RuleBroken(_("A view's name has {limit} characters at most."), field="name", limit=LONGEST_NAME)
    return name


def _demand_free(act: WorkingAct, register_name: str, name: str) -> None:
    taken = select(SavedView.id).where(
        SavedView.employee_id == act.desk.employee_id, SavedView.register == register_name, SavedView.name == name
    )
    if act.session.scalar(taken) is not None:
        raise RuleBroken(_("You have a view “{name}” already. Choose another name."), field="name", name=name)


def _demand_sharing(desk: Desk) -> None:
    if not may_share(desk):
        raise NotAllowed(_("Views are shared by the sales manager or director. Keep it as your own."))


def _changeable(desk: Desk, act: WorkingAct, view_id: int) -> SavedView:
    view = act.session.get(SavedView, view_id)
    if view is None:
        raise RuleBroken(_("This view is not there any more."))
    desk.demand(view.register, "view")
    if view.employee_id != desk.employee_id and not (view.shared and may_share(desk)):
        raise NotAllowed(_("This view is changed by who made it, or by the sales manager or director."))
    return view
