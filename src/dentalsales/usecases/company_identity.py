"""What tells a company from another one that lay in the same folder before, or lies there after."""

from uuid import uuid4

from sqlalchemy import select

from dentalsales.blueprint.house_records import SettingValue
from dentalsales.storage.company import Company

KEY = "identity"
"""No setting of the office has this name."""


def company_identity(company: Company) -> str:
    """Return the company's own random words, given at the first question; a backup of it bears the same ones."""
    with company.reading() as session:
        found = session.scalar(select(SettingValue.value).where(SettingValue.key == KEY))
    if found is None and company.may_write:
        found = uuid4().hex
        with company.writing() as session:
            session.add(SettingValue(key=KEY, value=found))
    return found or ""
