"""The settings page: every declared setting with the company's value; manager and director only (M126)."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import delete

from dentalsales import settings
from dentalsales.blueprint.clocks import days_named
from dentalsales.blueprint.house_records import SettingValue
from dentalsales.blueprint.roles import MANAGERS, ROLE_LABELS, role_names
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import Text, _, joined
from dentalsales.settings import Setting
from dentalsales.usecases.back_up import adopt_second_place
from dentalsales.usecases.company_settings import read_settings
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.keep_history import write_history
from dentalsales.usecases.rights import holders


def all(desk: Desk) -> list[tuple[Setting, Any]]:
    """Return every setting with its value, in page order."""
    demand(desk)
    with desk.reading() as act:
        values = read_settings(act.session)
    return [(setting, values[setting.key]) for setting in settings.SETTINGS]


def change(desk: Desk, key: str, value: Any) -> None:
    """Set a value; RuleBroken when it does not fit the setting."""
    demand(desk)
    setting = settings.BY_KEY[key]
    fits(setting, value)
    if setting.kind == "folder" and value:
        adopt_second_place(desk.company, Path(value))
    with desk.writing() as act:
        act.by_right_of(MANAGERS)
        before = act.setting(key)
        act.session.execute(delete(SettingValue).where(SettingValue.key == key))
        if value != setting.default:
            act.session.add(
                SettingValue(
                    key=key, value=settings.as_text(setting, value), changed_by_id=act.employee.id, changed_at=act.now
                )
            )
        if before != value:
            write_history(act, "settings", 0, "changed", "", "", key, {key: [str(before), str(value)]})
        act.touched.add("settings")


def fits(setting: Setting, value: Any) -> None:
    """Raise RuleBroken naming the setting when a value is not of its kind or range."""
    right = {
        "yes_no": lambda: isinstance(value, bool),
        "number": lambda: (
            isinstance(value, int)
            and not isinstance(value, bool)
            and (setting.minimum or 0) <= value <= (value if setting.maximum is None else setting.maximum)
        ),
        "money": lambda: isinstance(value, Decimal) and value >= 0,
        "percent": lambda: isinstance(value, Decimal) and 0 <= value <= 100,
        "choice": lambda: value in dict(setting.choices),
        "roles": lambda: isinstance(value, str) and _each_once(value) <= {*ROLE_LABELS},
        "folder": lambda: isinstance(value, str) and len(value) <= 1000,
        "text": lambda: isinstance(value, str) and len(value) <= 200,
    }
    if setting.kind == "days":
        _demand_days(setting, value)
    elif not right[setting.kind]():
        raise RuleBroken(_("This value does not fit “{setting}”."), field=setting.key, setting=setting.label)
    elif setting.among is not None and (others := _each_once(value) - setting.among):
        raise RuleBroken(
            _("{roles}: not possible in “{setting}”."),
            field=setting.key,
            roles=joined(role_names(others)),
            setting=setting.label,
        )


def nobody_holds(desk: Desk, setting: Setting, value: Any) -> Text | None:
    """Return the sentence about roles of a setting that nobody holds today: papers would wait for them for ever."""
    if setting.kind != "roles" or not isinstance(value, str):
        return None
    demand(desk)
    with desk.reading() as act:
        empty = {role for role in value.split(",") if not holders(act.session, frozenset({role}), desk.today)}
    names = role_names(empty)
    return _("Nobody holds: {roles}. Papers would wait in vain.").fill(roles=joined(names)) if names else None


def _each_once(value: str) -> set[str]:
    """Return the roles of a route; one that is empty or names a role twice has none that fits."""
    named = value.split(",")
    return set(named) if len(set(named)) == len(named) else {""}


def _demand_days(setting: Setting, value: Any) -> None:
    if not isinstance(value, str) or len(value) > 2000:
        raise RuleBroken(_("This value does not fit “{setting}”."), field=setting.key, setting=setting.label)
    try:
        days_named(value)
    except RuleBroken as broken:
        raise RuleBroken(broken.text, field=setting.key) from None


def demand(desk: Desk) -> None:
    """Raise NotAllowed unless the employee manages."""
    if not desk.roles & MANAGERS:
        raise NotAllowed(_("Settings are changed by the sales manager or director."))
