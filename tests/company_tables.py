"""The tables of the program alone: other tests of this process may have added toy tables to the same base."""

from sqlalchemy import MetaData

from dentalsales.app import metadata
from dentalsales.blueprint.record import NAMES

TOYS = ("toy_", "office_")


def company_metadata() -> MetaData:
    """The program's tables."""
    found = MetaData(naming_convention=NAMES)
    for table in metadata().sorted_tables:
        if not table.name.startswith(TOYS):
            table.to_metadata(found)
    return found
