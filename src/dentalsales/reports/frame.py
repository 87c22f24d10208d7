"""What every report has around its figures: form number, notes, signature lines, and the way to a list."""

from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.anchor import anchor_of
from dentalsales.blueprint.house_records import HistoryHead
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.sheet import Block, ControlledForm, Opens, Sheet
from dentalsales.blueprint.table import Filter
from dentalsales.i18n import Text, _

SIGNATURES = (_("Prepared by"), _("Reviewed by"), _("Approved by"))
ROUNDING = _("Amounts are rounded half up to the fen per line; totals are sums of lines.")
BILLING_DAY = _("A sale counts on the day it is billed.")
CONFIRMED_MONEY = _("Money counts on the day it came in, once Finance has confirmed it.")
HISTORY = _("Seal of the history when the report was made: {seal}.")
OWN_ONLY = _("Only the customers of {name} are counted.")


def sheet(act: Act, name: str, title: Text, period: Period, form: str, *blocks: Block, **more: Any) -> Sheet:
    """Return the sheet of a report; `form` is its number after the prefix. Who runs it adds the letterhead."""
    return Sheet(
        name=name,
        title=title,
        period=str(period),
        blocks=blocks,
        form=ControlledForm(act.setting("form_prefix") + form, act.setting("form_version")),
        signatures=more.pop("signatures", SIGNATURES),
        **more,
    )


def seal_of_the_history(act: Act) -> tuple[Text, ...]:
    """Return the note that keeps on paper what the history was: whoever changes it later, changes other seals."""
    head = act.session.execute(select(HistoryHead.count, HistoryHead.seal)).first()
    return () if head is None else (HISTORY.fill(seal=str(anchor_of(*head))),)


def days(name: str, period: Period) -> tuple[Filter, ...]:
    """Return the filters of a list that keep what lies in a period."""
    if period.start == period.end:
        return (Filter(name, "=", period.start),)
    return (Filter(name, ">=", period.start), Filter(name, "<=", period.end))


def opens(register: str, record_id: int | None) -> Opens | None:
    """Return the way to a record, None when there is none."""
    return None if record_id is None else Opens(register, record_id)


def word(record: type[Any], field: str, value: str) -> str:
    """Return the word of a choice."""
    return dict(fields_of(record)[field].choices).get(value, value)
