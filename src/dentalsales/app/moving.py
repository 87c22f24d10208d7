"""Moves the company of a desk to a server, or from a server into a folder."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dentalsales.app.closing import forget_widget
from dentalsales.app.companies import own_folder
from dentalsales.app.parts import metadata
from dentalsales.app.places import Elsewhere
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _

if TYPE_CHECKING:
    from dentalsales.app.user_folders import Place
    from dentalsales.storage.move import Moved
    from dentalsales.usecases.desk import Desk
    from dentalsales.usecases.server_place import ServerWords

ALIKE = _("Moved to {place}: {tables} tables with {rows} rows and {files} attached files, all alike here and there.")
LEFT = _("{place} can only be read from now on.")


def move_company(desk: "Desk", place: "Place", progress: Callable[[int, int], Any]) -> "Moved":
    """Bring the company to where there is none, compare both, and close the old place; RuleBroken leaves all as it was.

    The desk is of no use afterwards: whoever called closes its company.
    """
    from dentalsales.storage.folder_company import FolderCompany
    from dentalsales.storage.move import move_to_folder, move_to_server
    from dentalsales.storage.server_company import ServerCompany
    from dentalsales.usecases.back_up import back_up_company
    from dentalsales.usecases.move_company import demand_move

    demand_move(desk)
    company = desk.company
    if isinstance(company, FolderCompany) and not isinstance(place, Path):
        back_up_company(company, reason="before_move", thin=False)
        return move_to_server(company, place, own_folder(place), metadata(), progress)
    if isinstance(company, ServerCompany) and isinstance(place, Path):
        return move_to_folder(company, place, metadata(), progress)
    raise RuleBroken(
        _("A company moves from a folder to a server or back. To put it into another folder, restore a backup there.")
    )


def move_in_window(desk: "Desk", words: "ServerWords") -> Elsewhere | None:
    """Move over behind a dialog that counts and can stop, then show what was compared; None leaves all as it was."""
    from dentalsales.ui.moved_dialog import MovedDialog
    from dentalsales.ui.work_dialog import WorkDialog
    from dentalsales.usecases.compared_tables import compared_tables

    left = desk.company.place
    dialog = WorkDialog(
        _("Move the company"),
        _("A backup is made, then every table is sent and read back…"),
        lambda progress: move_company(desk, words.address(), progress),
        _("Cancel"),
        stops=True,
    )
    done, moved = dialog.run(), dialog.result_of_work
    forget_widget(dialog)
    if not done:
        return None
    told = MovedDialog(sentences_of(moved, left), compared_tables(desk.business, moved.tables))
    told.exec()
    forget_widget(told)
    return Elsewhere(words.address(), words.keep)


def sentences_of(moved: "Moved", left: str) -> tuple[Text, Text]:
    """Return what to tell of a move: what came, and what became of the place that was left."""
    counted = ALIKE.fill(place=moved.place, tables=len(moved.tables), rows=f"{moved.rows:,}", files=moved.files)
    return counted, LEFT.fill(place=left)
