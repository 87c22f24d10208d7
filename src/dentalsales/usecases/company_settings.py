"""The settings of a company as they are kept, and the letterhead that stands among them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dentalsales import settings
from dentalsales.blueprint.house_records import SettingValue
from dentalsales.blueprint.sheet import Letterhead


def read_settings(session: Session) -> dict[str, Any]:
    """Return every setting with the company's value or its default."""
    values = {setting.key: setting.default for setting in settings.SETTINGS}
    for key, text in session.connection().execute(_SETTINGS):
        if key in settings.BY_KEY:
            values[key] = settings.parse(settings.BY_KEY[key], text)
    return values


_SETTINGS = select(SettingValue.__table__.c.key, SettingValue.__table__.c.value)


def letterhead_of(values: dict[str, Any]) -> Letterhead:
    """Return the letterhead that the company settings hold."""
    return Letterhead(
        values["company_name"],
        values["company_address"],
        values["company_phone"],
        values["company_licence"],
        values["company_credit_code"],
        values["company_bank"],
        values["company_bank_account"],
    )
