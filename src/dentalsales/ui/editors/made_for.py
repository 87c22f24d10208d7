"""Chooses the editor for a kind of field."""

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.i18n import tr
from dentalsales.ui.editors.attachments import AttachmentsEditor
from dentalsales.ui.editors.choice import ChoiceEditor
from dentalsales.ui.editors.choices import ChoicesEditor
from dentalsales.ui.editors.date import DateEditor
from dentalsales.ui.editors.link import LinkEditor
from dentalsales.ui.editors.moment import MomentEditor
from dentalsales.ui.editors.money import MoneyEditor
from dentalsales.ui.editors.month import MonthEditor
from dentalsales.ui.editors.note import NoteEditor
from dentalsales.ui.editors.number import NumberEditor
from dentalsales.ui.editors.text import TextEditor
from dentalsales.ui.editors.yes_no import YesNoEditor
from dentalsales.ui.link_choices import LinkChoices
from dentalsales.usecases.desk import Desk

MONEY_KINDS, NUMBER_KINDS = frozenset({"money", "price"}), frozenset({"number", "quantity", "percent"})


def editor_for(desk: Desk, form: Any, name: str | None, field: Field, parent: QWidget | None = None) -> Any:
    """Return a new editor for a field; `name` is its path in the form, like "lines.3.product_id"."""
    if field.kind == "link":
        return LinkEditor(LinkChoices(desk, field, form, name), parent)
    if field.kind == "day":
        return DateEditor(field, lambda: desk.today, parent)
    if field.kind == "moment":
        return MomentEditor(desk.now, parent)
    if field.kind == "month":
        return MonthEditor(field, lambda: desk.today, parent)
    if field.kind == "attachments":
        return AttachmentsEditor(desk, form, parent)
    if field.kind in MONEY_KINDS:
        return MoneyEditor(field, parent)
    if field.kind in NUMBER_KINDS:
        return NumberEditor(field, parent)
    if field.kind == "choice" or field.choices_of is not None:
        return ChoiceEditor(field, lambda: _choices(form, name, field), parent)
    return _plain_editor(field, parent)


def _plain_editor(field: Field, parent: QWidget | None) -> Any:
    if field.kind == "choices":
        return ChoicesEditor(field, parent)
    if field.kind == "yes_no":
        return YesNoEditor(parent)
    if field.kind == "note":
        return NoteEditor(parent)
    return TextEditor(field, parent)


def _choices(form: Any, name: str | None, field: Field) -> Sequence[tuple[str, str]]:
    """Return value and words of a choice; some depend on the record or the line."""
    if name is None or field.choices_of is None:
        return [(value, tr(label)) for value, label in field.choices]
    if "." not in name:
        return cast(Sequence[tuple[str, str]], form.choices(name))
    lines, row, tail = name.split(".")
    return cast(Sequence[tuple[str, str]], form.lines(lines)[int(row)].choices(tail))
