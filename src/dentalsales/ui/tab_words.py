"""What a record's tab says: what tells it from its neighbours, and the whole of it for tooltip and screen reader."""

from typing import Any

from dentalsales.blueprint.record import fields_of
from dentalsales.i18n import tr

KEPT_PARTS = 2
"""A number of more parts than these, such as SO-20261122-008, is told by its last ones."""
KEPT_DAY = 4
"""Of a part that is a day these last digits are kept: month and day."""


def tab_words(form: Any) -> tuple[str, str]:
    """Return the short words of a form's tab and the whole ones; both are marked while it holds what is not saved."""
    title, party, named = tr(form.title), party_of(form), name_of(form)
    if form.is_new or not named:
        short = f"{party} · {title}" if party else title
    elif form.record.title_fields == ("number",):
        short = f"{short_number(named)} {party}"
    else:
        short = named
    mark = "• " if form.is_changed else ""
    return mark + short.strip(), mark + whole_words(form)


def name_of(form: Any) -> str:
    """Return what names a record among those of its register, as it is shown; empty while it has no number."""
    known = fields_of(form.record)
    return " ".join(filter(None, (form.title_word(name) for name in form.record.title_fields if name in known)))


def whole_words(form: Any) -> str:
    """Return what a form is called and whose paper it is."""
    title, party = tr(form.title), party_of(form)
    return f"{title} · {party}" if party else title


def party_of(form: Any) -> str:
    """Return whose paper it is, in words: the person's, else whose card lists it; empty while there is none."""
    record, persons = form.record, form.register.persons
    paths = [one.path for one in form.register.related] + ([persons.path] if persons is not None else [])
    there = [path for path in paths if getattr(record, path, None) is not None]
    return str(form.shown(there[-1])) if there else ""


def short_number(number: str) -> str:
    """Return what tells a number from those of the same kind: 1122-008 of SO-20261122-008."""
    parts = number.split("-")
    return "-".join((parts[-2][-KEPT_DAY:], parts[-1])) if len(parts) > KEPT_PARTS else number
