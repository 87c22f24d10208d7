"""New companies of the toy lists, once in a file and once on a server."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import MetaData

from dentalsales.blueprint import house_records
from dentalsales.blueprint.record import NAMES, Base
from dentalsales.storage.company import Company
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_company import ServerCompany

_numbers = count(1)


@pytest.fixture(scope="module", params=("file", "server"))
def new_company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Company]:
    """Makes a company with the toy tables and nothing in it; whoever asked closes it."""

    def make() -> Company:
        folder = Path(tmp_path_factory.mktemp("toys")) / "company"
        if request.param == "file":
            return FolderCompany.create(folder, toy_tables())
        server, name = request.getfixturevalue("postgres"), f"toys_{next(_numbers)}"
        server.run(f"CREATE DATABASE {name}")
        return ServerCompany.create(ServerAddress.parse(server.url(name)), folder, toy_tables())

    return make


def toy_tables() -> MetaData:
    """The toy tables and those of the house."""
    found = MetaData(naming_convention=NAMES)
    for table in Base.metadata.sorted_tables:
        mapped = [one.class_ for one in Base.registry.mappers if one.local_table is table]
        if table.name.startswith("toy_") or mapped[0].__module__ == house_records.__name__:
            table.to_metadata(found)
    return found
