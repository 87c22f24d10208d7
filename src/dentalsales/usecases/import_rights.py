"""Who may import what, and which columns an import can't do without."""

from collections.abc import Iterable

from dentalsales.blueprint.importing import ImportKind
from dentalsales.blueprint.roles import role_names
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import Text, _
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.import_cells import listed
from dentalsales.usecases.import_report import ImportTable


def demand_import(desk: Desk, kind: ImportKind) -> None:
    """Raise NotAllowed unless a role of the employee may import this kind."""
    if not desk.roles & kind.roles:
        raise NotAllowed(_("“{kind}” is imported by: {roles}."), kind=kind.title, roles=listed(role_names(kind.roles)))


def demand_columns(desk: Desk, kind: ImportKind, table: ImportTable) -> None:
    """Raise RuleBroken when a needed column is not matched, or one is that the employee may not fill."""
    matched = set(table.mapping.values())
    missing = missing_columns(kind, matched)
    if missing:
        raise RuleBroken(
            _("No column of the file is matched with: {columns}. Match one, or add it to the file."),
            columns=listed(missing),
        )
    for column in kind.columns:
        for allowed in (column.field.edit_roles, column.field.see_roles):
            if column.name in matched and allowed is not None and not desk.roles & allowed:
                raise NotAllowed(
                    _("“{column}” is filled in by: {roles}. Leave the column out, or let them import the file."),
                    column=column.label,
                    roles=listed(role_names(allowed)),
                )


def missing_columns(kind: ImportKind, matched: Iterable[str]) -> tuple[Text, ...]:
    """Return the labels of needed columns that no column of the file is matched with."""
    there = set(matched)
    return tuple(column.label for column in kind.columns if column.field.required and column.name not in there)
