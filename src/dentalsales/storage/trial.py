"""A copy of a company to try something in: it is read beside whoever works in it, and nothing of the trial is kept."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from dentalsales.storage.backup import copy_database
from dentalsales.storage.company import Company
from dentalsales.storage.engine import make_engine
from dentalsales.storage.file_lock import FileLock
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.storage.layout import DATABASE, LOCK
from dentalsales.storage.refusals import said_clearly


@contextmanager
def trial_of(company: Company) -> Iterator[Company]:
    """Give a copy of the company as it is at this moment, in a folder that goes with the block; files are left out.

    On a server several write anyway: there it is the company itself, and who tries something takes it back.
    """
    if not isinstance(company, FolderCompany):
        yield company
        return
    with said_clearly(), TemporaryDirectory(prefix="dentalsales-trial-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        copy_database(company.engine, folder / DATABASE)
        lock = FileLock(folder / LOCK)
        lock.take()
        with closing(FolderCompany(folder, make_engine(folder / DATABASE), lock)) as copy:
            yield copy
