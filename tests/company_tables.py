"""The tables of the program alone: other tests of this process may have added toy tables to the same base."""

import sys
from functools import cache

from sqlalchemy import MetaData

from dentalsales.app import metadata, moving, parts
from dentalsales.blueprint import house_records
from dentalsales.blueprint.record import NAMES, Base

TOYS = ("toy_", "office_")


@cache
def company_metadata() -> MetaData:
    """The program's tables."""
    found = MetaData(naming_convention=NAMES)
    for table in metadata().sorted_tables:
        if not table.name.startswith(TOYS):
            table.to_metadata(found)
    return found


def toy_tables(begins: str) -> MetaData:
    """The toy tables whose names begin so, and those of the house."""
    found = MetaData(naming_convention=NAMES)
    for table in Base.metadata.sorted_tables:
        mapped = [one.class_ for one in Base.registry.mappers if one.local_table is table]
        if table.name.startswith(begins) or mapped[0].__module__ == house_records.__name__:
            table.to_metadata(found)
    return found


def hide_toys() -> None:
    """Let the program itself see its own tables only, whichever tests ran before in this process."""
    for name in ("dentalsales.app", parts.__name__, moving.__name__, "dentalsales.app.companies"):
        vars(sys.modules[name])["metadata"] = company_metadata
