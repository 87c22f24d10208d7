"""What employees chose holds words of records here and there: names of those opened last, searches of saved views."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dentalsales.blueprint.house_records import PersonalValue, SavedView
from dentalsales.usecases.keep_history import canonical
from dentalsales.usecases.personal import RECENT


def replace_chosen(session: Session, words: Mapping[str, str], fields: Collection[str]) -> None:
    """Replace texts that are the whole of a title, a search or a condition on one of the fields: old -> new.

    All else in a choice is the program's own: somebody may be called like a column, a state or a colour scheme.
    """
    words = {old: new for old, new in words.items() if old}
    quoted = [json.dumps(old, ensure_ascii=False) for old in words]
    if not quoted:
        return
    held = or_(*(PersonalValue.value.contains(old, autoescape=True) for old in quoted))
    for one in session.scalars(select(PersonalValue).where(PersonalValue.key == RECENT, held)).all():
        try:
            one.value = _opened(one.value, words)
        except (ValueError, TypeError, AttributeError):  # written past the program, and it names the person
            session.delete(one)
    held = or_(*(SavedView.content.contains(old, autoescape=True) for old in quoted))
    for view in session.scalars(select(SavedView).where(held)).all():
        try:
            view.content = _asked(view.content, words, fields)
        except (ValueError, TypeError, AttributeError):
            session.delete(view)


def _opened(text: str, words: Mapping[str, str]) -> str:
    opened = [[register, record_id, _replaced(title, words)] for register, record_id, title in json.loads(text)]
    return json.dumps(opened, ensure_ascii=False)


def _asked(text: str, words: Mapping[str, str], fields: Collection[str]) -> str:
    said = json.loads(text)
    said["search"] = _replaced(said.get("search", ""), words)
    said["filters"] = [
        [name, operator, _replaced(value, words) if name.rpartition(".")[2] in fields else value]
        for name, operator, value in said.get("filters", ())
    ]
    return canonical(said)


def _replaced(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_replaced(one, words) for one in value]
    return words.get(value, value) if isinstance(value, str) else value
