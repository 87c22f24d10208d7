"""How the columns of a workbook were matched last time, so that the next one like it is matched at once."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from dentalsales.blueprint.house_records import ImportTemplate
from dentalsales.usecases.desk import Desk, WorkingAct
from dentalsales.usecases.keep_history import canonical


def remembered(desk: Desk, kind: str, headings: Sequence[str]) -> dict[int, str] | None:
    """Return the match that was used for these headings, None when they are new."""
    with desk.reading() as act:
        found = act.session.scalar(
            select(ImportTemplate.columns).where(
                ImportTemplate.kind == kind, ImportTemplate.headings == canonical(list(headings))
            )
        )
    if found is None:
        return None
    known = {column.name for column in desk.business.import_kind(kind).columns}
    return {int(index): name for index, name in json.loads(found).items() if name in known}


def remember(act: WorkingAct, kind: str, headings: Sequence[str], mapping: Mapping[int, str]) -> None:
    """Keep the match of these headings in place of an earlier one."""
    key = canonical(list(headings))
    columns = canonical({str(index): name for index, name in mapping.items()})
    template = act.session.scalar(
        select(ImportTemplate).where(ImportTemplate.kind == kind, ImportTemplate.headings == key)
    )
    if template is None:
        act.session.add(ImportTemplate(kind=kind, headings=key, columns=columns))
    else:
        template.columns = columns
