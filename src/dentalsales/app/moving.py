"""Moves the company of a desk to a server, or from a server into a folder."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dentalsales.app.companies import own_folder
from dentalsales.app.parts import metadata
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _

if TYPE_CHECKING:
    from dentalsales.app.companies import Place
    from dentalsales.storage.move import Moved
    from dentalsales.usecases.desk import Desk


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
