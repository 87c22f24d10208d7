"""The passphrase of the copies elsewhere: the company keeps the public key, nobody keeps the passphrase."""

import json

from sqlalchemy import delete, select

from dentalsales.blueprint.house_records import SettingValue
from dentalsales.blueprint.roles import MANAGERS
from dentalsales.blueprint.rules import NotAllowed
from dentalsales.i18n import _
from dentalsales.storage.company import Company
from dentalsales.storage.sealed_file import SealKey, new_key
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.keep_history import write_history

KEY = "backup_key"
"""No setting of the office has this name."""


def company_key(company: Company) -> SealKey | None:
    """Return the key under which copies elsewhere are sealed; None while no passphrase was chosen."""
    with company.reading() as session:
        found = session.scalar(select(SettingValue.value).where(SettingValue.key == KEY))
    return SealKey.of(json.loads(found)) if found else None


def key_under(passphrase: str) -> SealKey:
    """Return a key for one copy; RuleBroken when the passphrase is too short."""
    return new_key(passphrase)


def demand_manager(desk: Desk) -> None:
    """Raise NotAllowed unless the employee manages."""
    if not desk.roles & MANAGERS:
        raise NotAllowed(_("The passphrase of the backups is chosen by the sales manager or director."))


def set_passphrase(desk: Desk, passphrase: str) -> None:
    """Seal every later copy elsewhere under this passphrase, "" for none; those that are there stay as they are.

    RuleBroken when it is too short, NotAllowed for whoever does not manage. Takes a third of a second.
    """
    demand_manager(desk)
    told = json.dumps(new_key(passphrase).told()) if passphrase else ""
    with desk.writing() as act:
        act.by_right_of(MANAGERS)
        before = act.session.scalar(select(SettingValue.value).where(SettingValue.key == KEY))
        act.session.execute(delete(SettingValue).where(SettingValue.key == KEY))
        if told:
            act.session.add(SettingValue(key=KEY, value=told, changed_by_id=act.employee.id, changed_at=act.now))
        words = ["1" if before else "0", "1" if told else "0"]
        write_history(act, "settings", 0, "changed", "", "", KEY, {KEY: words})
        act.touched.add("settings")
