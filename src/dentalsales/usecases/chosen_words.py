"""What employees chose holds words of records here and there: names of those opened last, searches of saved views."""

import json
from collections.abc import Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dentalsales.blueprint.house_records import PersonalValue, SavedView


def replace_chosen(session: Session, words: Mapping[str, str]) -> None:
    """Replace texts that employees' choices and saved views hold whole: old -> new."""
    quoted = {_quoted(old): _quoted(new) for old, new in words.items() if old}
    if not quoted:
        return
    held = or_(*(PersonalValue.value.contains(old, autoescape=True) for old in quoted))
    for one in session.scalars(select(PersonalValue).where(held)):
        one.value = _replaced(one.value, quoted)
    held = or_(*(SavedView.content.contains(old, autoescape=True) for old in quoted))
    for view in session.scalars(select(SavedView).where(held)):
        view.content = _replaced(view.content, quoted)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _replaced(text: str, quoted: Mapping[str, str]) -> str:
    for old, new in quoted.items():
        text = text.replace(old, new)
    return text
