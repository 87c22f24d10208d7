"""Papers from before the program, of which only rows were brought in: rows of one number and day are one paper."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, inspect, select

from dentalsales.blueprint.record import child_class, fields_of
from dentalsales.blueprint.repeat import EarlierRows, Repeat
from dentalsales.usecases.blank_record import blank
from dentalsales.usecases.form_values import FormValues
from dentalsales.usecases.own_records import own_records


@dataclass(frozen=True)
class RowsKey:
    """What the rows of one such paper share."""

    number: str
    on: date


def papers_of_rows(form: FormValues, repeat: Repeat, limit: int) -> list[tuple[RowsKey, Decimal]]:
    """Return the last of them with their totals, newest first; none for who may not see such rows."""
    also = repeat.also
    if also is None or not form.desk.may(_register(form, also), "view"):
        return []
    number, on = getattr(also.record, also.number), getattr(also.record, also.on)
    query = (
        select(number, on, func.sum(getattr(also.record, also.total)))
        .where(*_conditions(form, repeat.by, also))
        .group_by(number, on)
        .order_by(on.desc(), func.max(also.record.id).desc())
        .limit(limit)
    )
    with form.desk.reading() as act:
        return [(RowsKey(row[0], row[1]), row[2]) for row in act.session.execute(query)]


def lines_of_rows(form: FormValues, repeat: Repeat, key: RowsKey) -> list[Any]:
    """Return the rows of one as lines of this form that hold what is known of them; no session knows them."""
    also = repeat.also
    if also is None:
        return []
    form.desk.demand(_register(form, also), "view")
    same = (getattr(also.record, also.number) == key.number, getattr(also.record, also.on) == key.on)
    query = select(also.record).where(*_conditions(form, repeat.by, also), *same).order_by(also.record.id)
    child = child_class(form.record, repeat.lines)
    stored = inspect(child).column_attrs
    names = [name for name in fields_of(child) if name in stored and name in fields_of(also.record)]
    with form.desk.reading() as act:
        return [_line(blank(child, form.desk), row, names) for row in act.session.scalars(query)]


def _line(line: Any, row: Any, names: list[str]) -> Any:
    for name in names:
        setattr(line, name, getattr(row, name))
    return line


def _register(form: FormValues, also: EarlierRows) -> str:
    return form.desk.business.register_of_table(also.record.__tablename__).name


def _conditions(form: FormValues, by: str, also: EarlierRows) -> list[Any]:
    register = form.desk.business.register_of_table(also.record.__tablename__)
    own = own_records(register, form.desk.roles, form.desk.employee_id)
    return [getattr(also.record, by) == form.get(by), *also.only(), *([] if own is None else [own])]
