"""What an employee chose for the own desk: look, keys, layouts, last opened records; kept with the company."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from dentalsales.blueprint.house_records import PersonalValue
from dentalsales.usecases.desk import Desk

RECENT = "recent"
"""Under which key the records opened last stand: register, id and title of each."""


def read(desk: Desk) -> dict[str, Any]:
    """Return everything that the employee of a desk chose."""
    mine = select(PersonalValue.key, PersonalValue.value).where(PersonalValue.employee_id == desk.employee_id)
    with desk.company.reading() as session:
        return {key: json.loads(value) for key, value in session.execute(mine)}


def keep(desk: Desk, chosen: Mapping[str, Any]) -> None:
    """Keep values that JSON can write; None takes a value away. Where one may only look, nothing is kept."""
    if desk.only_to_look is not None:
        return
    with desk.writing() as act:
        mine = PersonalValue.employee_id == desk.employee_id
        act.session.execute(delete(PersonalValue).where(mine, PersonalValue.key.in_(chosen)))
        act.session.add_all(
            PersonalValue(employee_id=desk.employee_id, key=key, value=json.dumps(value, ensure_ascii=False))
            for key, value in chosen.items()
            if value is not None
        )
