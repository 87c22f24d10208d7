"""New companies of the toy lists, once in a file and once on a server."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from company_tables import toy_tables

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
            return FolderCompany.create(folder, toy_tables("toy_"))
        server, name = request.getfixturevalue("postgres"), f"toys_{next(_numbers)}"
        server.run(f"CREATE DATABASE {name}")
        return ServerCompany.create(ServerAddress.parse(server.url(name)), folder, toy_tables("toy_"))

    return make
