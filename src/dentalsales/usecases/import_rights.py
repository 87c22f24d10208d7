"""Who may import what, and which columns an import can't do without."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from dentalsales.blueprint.importing import ImportColumn, ImportKind
from dentalsales.blueprint.roles import role_names
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import Text, _, joined
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.import_cells import listed
from dentalsales.usecases.import_report import ImportTable


def kinds(desk: Desk) -> list[ImportKind]:
    """Return what the employee may import, in the order in which an office needs it."""
    return [kind for kind in desk.business.imports if desk.roles & kind.roles]


def demand_import(desk: Desk, kind: ImportKind) -> None:
    """Raise NotAllowed unless a role of the employee may import this kind."""
    if not desk.roles & kind.roles:
        raise NotAllowed(_("“{kind}” is imported by: {roles}."), kind=kind.title, roles=joined(role_names(kind.roles)))


def others_columns(desk: Desk, kind: ImportKind, table: ImportTable) -> dict[str, frozenset[str]]:
    """Return the matched columns that only others may fill, with their roles: they are left out.

    RuleBroken when a needed column is not matched, NotAllowed when it is one that only others may fill.
    """
    matched = set(table.mapping.values())
    missing = missing_columns(kind, matched)
    if missing:
        raise RuleBroken(
            _("No column of the file is matched with: {columns}. Match one, or add it to the file."),
            columns=listed(missing),
        )
    found = {name: who for name in matched if (who := who_fills(desk, kind.column(name))) is not None}
    for name, who in found.items():
        column = kind.column(name)
        if column.field.required:
            raise NotAllowed(
                _("“{column}” is filled in by: {roles}. Let them import the file."),
                column=column.label,
                roles=joined(role_names(who)),
            )
    return found


def who_fills(desk: Desk, column: ImportColumn) -> frozenset[str] | None:
    """Return the roles that may fill a column, None when the employee may."""
    for allowed in (column.field.edit_roles, column.field.see_roles):
        if allowed is not None and not desk.roles & allowed:
            return allowed
    return None


def left_out_of(kind: ImportKind, table: ImportTable, others: Mapping[str, frozenset[str]]) -> list[Text]:
    """Return sentences that name the columns of the file that are not imported, by their headings."""
    found: list[Text] = []
    for index, name in sorted(table.mapping.items()):
        if name in others:
            sentence = _(
                "The column “{heading}” is left out: “{field}” is filled in by {roles}, who can import it later."
            )
            words = {"heading": heading_of(table, index), "field": kind.column(name).label}
            found.append(sentence.fill(roles=joined(role_names(others[name])), **words))
    unknown = [one for index, one in enumerate(table.headings) if one and index not in table.mapping]
    if unknown:
        found.append(_("Columns that are not imported: {headings}").fill(headings=_as_they_are(unknown)))
    return found


def without_columns(table: ImportTable, names: Collection[str]) -> ImportTable:
    """Return the same sheet with fewer columns matched."""
    return replace(table, mapping={index: name for index, name in table.mapping.items() if name not in names})


def heading_of(table: ImportTable, index: int | None) -> str:
    """Return what the file calls a column, "" when it has no such column."""
    return table.headings[index] if index is not None and index < len(table.headings) else ""


def _as_they_are(headings: Iterable[str]) -> Text:
    """Headings of the user's file are never translated."""
    return joined([Text("{words}").fill(words=heading) for heading in headings])


def missing_columns(kind: ImportKind, matched: Iterable[str]) -> tuple[Text, ...]:
    """Return the labels of needed columns that no column of the file is matched with."""
    there = set(matched)
    needed = [] if there.intersection(kind.named_by) else absent_columns(kind, there)
    for group in kind.one_of:
        if not there.intersection(group):
            needed.append(either(kind.column(name).label for name in group))
    return tuple(needed)


def absent_columns(kind: ImportKind, matched: Collection[str]) -> list[Text]:
    """Return the labels of columns that are not matched and without which no new record can be made."""
    return [column.label for column in kind.columns if column.field.required and column.name not in matched]


def either(labels: Iterable[Text]) -> Text:
    """Return labels of which one suffices."""
    first, *others = labels
    for other in others:
        first = _("{first} or {other}").fill(first=first, other=other)
    return first
