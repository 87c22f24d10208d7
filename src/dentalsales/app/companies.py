"""Where a company is, and how one is opened, made and filled."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dentalsales.app.parts import business, metadata
from dentalsales.app.places import with_kept_password
from dentalsales.app.user_folders import user_folder
from dentalsales.blueprint.calendar_words import office_day
from dentalsales.blueprint.on_failure import on_failure

if TYPE_CHECKING:
    from dentalsales.app.user_folders import Place
    from dentalsales.storage.company import Company
    from dentalsales.storage.restore import RestoreResult
    from dentalsales.storage.server_address import ServerAddress
    from dentalsales.usecases.desk import Desk


def company_is_there(place: "Place") -> bool:
    """Say whether a folder holds a company; what a server holds is found out when it is opened."""
    return not isinstance(place, Path) or (place / "company.db").exists()


def own_folder(place: "Place") -> Path:
    """Return where this PC keeps its files about a company: the folder itself, or one for the server's database."""
    return place if isinstance(place, Path) else user_folder("data") / "servers" / place.folder_name


def open_company(place: "Place", read_only: bool = False, asked: "ServerAddress | None" = None) -> "Company":
    """Open the company in a folder or on a server; RuleBroken says what to do when that cannot be.

    `read_only` opens a folder beside the window that works in it; on a server everybody works beside everybody.
    `asked` is the server, with the password that was asked for, which tells how a move was done that was cut off.
    """
    if isinstance(place, Path):
        from dentalsales.storage.folder_company import FolderCompany

        return FolderCompany.open(place, metadata(), read_only, lambda address: asked or with_kept_password(address))
    from dentalsales.storage.server_company import ServerCompany

    return ServerCompany.open(with_kept_password(place), own_folder(place), metadata())


def place_of(company: "Company") -> "Place":
    """Return where an open company is."""
    from dentalsales.storage.server_company import ServerCompany

    return company.address if isinstance(company, ServerCompany) else company.folder


def restore_company(
    file: Path, place: "Place", passphrase: str = "", progress: Callable[[int, int], None] = lambda _done, _total: None
) -> "RestoreResult":
    """Put a copy into the place of a closed company; RuleBroken leaves everything as it was."""
    if isinstance(place, Path):
        from dentalsales.usecases import back_up

        return back_up.restore_company(file, place, passphrase)
    from dentalsales.storage.whole_copy import restore_to_server

    return restore_to_server(file, with_kept_password(place), own_folder(place), metadata(), passphrase, progress)


def create_company(place: "Place") -> "Company":
    """Make an empty company in a folder or in a server's database; RuleBroken when there is one."""
    if isinstance(place, Path):
        from dentalsales.storage.folder_company import FolderCompany

        return FolderCompany.create(place, metadata())
    from dentalsales.storage.server_company import ServerCompany

    return ServerCompany.create(place, own_folder(place), metadata())


def first_start(place: "Place", answers: Any, progress: Callable[[int, int], None] | None = None) -> "Desk":
    """Make the company of the wizard's answers; when anything is refused nothing is left behind."""
    from dentalsales.usecases import sign_in

    with making_company(place) as company:
        if answers.sample:
            fill_with_sample(company, progress=_counted(progress))
        start = sign_in.join_sample if answers.sample else sign_in.first_start
        return start(company, business(), answers.letterhead, answers.login, answers.name, answers.password)


@contextmanager
def making_company(place: "Place") -> "Iterator[Company]":
    """Make an empty company that the block fills; when the block does not come to its end, nothing is left of it."""
    existed = own_folder(place).exists()
    company = create_company(place)
    with on_failure(lambda: _remove(company, and_its_folder=not existed)):
        yield company


def _remove(company: "Company", and_its_folder: bool) -> None:
    """Take a company away that was never finished."""
    company.take_away()
    if and_its_folder:
        shutil.rmtree(company.folder, ignore_errors=True)


def _counted(progress: Callable[[int, int], None] | None) -> Callable[[int, int], bool]:
    """Return a counter that goes on unless telling the window raises, which is how the window cancels."""

    def count(done: int, total: int) -> bool:
        if progress is not None:
            progress(done, total)
        return True

    return count


def fill_with_sample(company: "Company", size: str = "office", progress: Any = None) -> Any:
    """Fill an empty company with the sample business; return its summary."""
    from datetime import UTC, datetime

    from dentalsales.sample_company import make_sample

    return make_sample(company, today=office_day(datetime.now(UTC)), size=size, progress=progress)
