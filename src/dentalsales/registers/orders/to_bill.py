"""Which reviewed orders the clerk may bill now, as far as their money is concerned."""

from typing import Any

from sqlalchemy import exists, or_

from dentalsales.blueprint.house_records import SettingValue


def may_be_billed(order: Any) -> Any:
    """Return the SQL: paid, on account, without anything to pay, or with the payment gate taken away (PS1)."""
    setting = SettingValue.__table__.c
    gate_is_open = exists().where(setting.key == "payment_gate", setting.value == "0")
    return or_(order.c.state == "paid", order.c.terms == "account", order.c.paid >= order.c.total, gate_is_open)
