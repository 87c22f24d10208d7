"""Personal data for those who do not need it: a phone number is shown as 138****1234."""

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.roles import MANAGERS, Access

HIDDEN = "****"
ANONYMOUS = "***"
"""What stands in place of a person's data that was taken out for good."""


def masked(value: str) -> str:
    """Return a text of which a few letters at both ends are left, fewer of a short one."""
    if len(value) >= 11:
        return value[:3] + HIDDEN + value[-4:]
    return value[:1] + HIDDEN if value else ""


def hidden_from(access: Access, field: Field, roles: frozenset[str]) -> bool:
    """Say whether a field is masked for roles that have this access: who works with the records sees it whole."""
    return field.masked and not roles & (access.create | access.editors | access.own | MANAGERS)
