"""A company as a folder, wherever it lies: what backups are made of, and what a server is restored from."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import MetaData

from dentalsales.storage.backup import COPY
from dentalsales.storage.company import Company
from dentalsales.storage.engine import make_engine
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.storage.layout import DATABASE
from dentalsales.storage.leftovers import remove_leftovers
from dentalsales.storage.move import copy_into_folder, fill_from
from dentalsales.storage.open_copy import opened, unpack
from dentalsales.storage.refusals import said_clearly
from dentalsales.storage.restore import RestoreResult
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_company import ServerCompany
from dentalsales.storage.table_copy import Progress


@contextmanager
def as_folder(company: Company, progress: Progress = lambda _done, _total: None) -> Iterator[Any]:
    """Give a folder's company itself, of a server's one moment as a file, compared table by table; gone afterwards."""
    if not isinstance(company, ServerCompany):
        yield company
        return
    company.demand_whole()
    with said_clearly():
        company.folder.mkdir(parents=True, exist_ok=True)
        remove_leftovers(company.folder, COPY + "*")
        with TemporaryDirectory(prefix=COPY, dir=company.folder, ignore_cleanup_errors=True) as temporary:
            folder = Path(temporary) / "company"
            copy_into_folder(company, folder, company.metadata, progress)
            with closing(FolderCompany(folder, make_engine(folder / DATABASE), None)) as copy:
                yield copy


def restore_to_server(
    path: Path,
    address: ServerAddress,
    folder: Path,
    metadata: MetaData,
    passphrase: str = "",
    progress: Progress = lambda _done, _total: None,
) -> RestoreResult:
    """Put a copy into the place of a server's company, or into an empty database; `folder` is this PC's own for it.

    All in one transaction, compared before it is kept. RuleBroken when the copy is damaged or too new, or while others
    have the company open: what they type would be lost.
    """
    with said_clearly():
        folder.mkdir(parents=True, exist_ok=True)
        with (
            opened(path, passphrase, folder) as (plain, info),
            TemporaryDirectory(prefix=".restore-", dir=folder, ignore_cleanup_errors=True) as temporary,
        ):
            unpack(plain, info, Path(temporary))
            with closing(FolderCompany.open(Path(temporary), metadata)) as copy:
                fill = fill_from(copy, metadata, progress)
                ServerCompany.create(address, folder, metadata, fill, replaces=True).close()
    return RestoreResult(folder, info, None)
