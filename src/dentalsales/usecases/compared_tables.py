"""What a move compared, as a person reads it: tables by the names of the registers, totals by those of the fields."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Column, Table, inspect

from dentalsales.blueprint.business import Business
from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.house_records import (
    Attachment,
    Counter,
    History,
    HistoryHead,
    HistoryKey,
    ImportedFile,
    ImportTemplate,
    PersonalValue,
    PrintRun,
    PrintTemplate,
    SavedView,
    SettingValue,
)
from dentalsales.blueprint.record import Base
from dentalsales.i18n import Text, _, joined
from dentalsales.storage.table_copy import TableFacts

HOUSE = {
    Attachment.__tablename__: _("Attachments"),
    Counter.__tablename__: _("Last numbers"),
    History.__tablename__: _("History"),
    HistoryHead.__tablename__: _("Seal of the history"),
    HistoryKey.__tablename__: _("Key of the history"),
    ImportedFile.__tablename__: _("Imported files"),
    ImportTemplate.__tablename__: _("Import templates"),
    PersonalValue.__tablename__: _("Own choices of the employees"),
    PrintRun.__tablename__: _("Printed papers"),
    PrintTemplate.__tablename__: _("Print templates"),
    SavedView.__tablename__: _("Saved views"),
    SettingValue.__tablename__: _("Settings"),
}


@dataclass(frozen=True)
class ComparedTable:
    """One table: its name, and the rows and totals that were found alike in both places."""

    title: Text
    rows: int
    totals: Text


def compared_tables(business: Business, tables: Sequence[TableFacts]) -> list[ComparedTable]:
    """Return the tables that hold something, in the order of the registers, then those of the house."""
    names = HOUSE | _names_of(business)
    order = [*_names_of(business), *HOUSE]
    full = sorted((one for one in tables if one.rows), key=lambda one: _place(order, one.table))
    return [ComparedTable(names.get(one.table, Text(one.table)), one.rows, _totals(one)) for one in full]


def _place(order: list[str], table: str) -> int:
    return order.index(table) if table in order else len(order)


def _names_of(business: Business) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for register in business.registers:
        mapper = inspect(register.record)
        found[mapper.local_table.name] = register.title
        for lines in mapper.relationships:
            field = lines.info.get("field")
            if isinstance(field, Field):
                child = lines.mapper.local_table.name
                found.setdefault(child, _("{register}: {lines}").fill(register=register.title, lines=field.label))
    return found


def _totals(facts: TableFacts) -> Text:
    table, sums = Base.metadata.tables[facts.table], dict(facts.totals)
    return joined([_("{title} {amount}").fill(title=label, amount=words) for label, words in _sums(table, sums)])


def _sums(table: Table, sums: dict[str, int]) -> Iterator[tuple[Text, str]]:
    for column in table.columns:
        field = column.info.get("field")
        if isinstance(field, Field) and field.see_roles is None and column.name in sums:
            if field.kind in ("money", "number"):
                yield field.label, _in_words(column, field, sums[column.name])


def _in_words(column: Column[object], field: Field, total: int) -> str:
    return f"¥{Decimal(total).scaleb(-2):,.2f}" if field.kind == "money" else f"{total:,}"
