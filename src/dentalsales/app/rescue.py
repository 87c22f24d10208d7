"""A damaged company: what is offered before anybody signs in."""

from pathlib import Path
from typing import Any


def rescue(folder: Path, problem: Exception) -> str:
    """Look for the newest good copy, offer it, restore it if that is wanted; return "again", "look" or "" to end."""
    from dentalsales.app.closing import forget_widget, restore
    from dentalsales.i18n import _
    from dentalsales.ui.messages import sentence_of
    from dentalsales.ui.rescue_dialog import RescueDialog
    from dentalsales.ui.work_dialog import WorkDialog

    search = WorkDialog(
        _("The company can't be opened"), _("Looking for the newest good backup…"), lambda _progress: found(folder)
    )
    copy, may_look = search.result_of_work if search.run() else (None, False)
    forget_widget(search)
    dialog = RescueDialog(sentence_of(problem), copy, may_look)
    dialog.exec()
    choice = dialog.choice
    forget_widget(dialog)
    if choice == "restore" and copy is not None:
        restore(copy.path, folder, _passphrase() if copy.sealed else "", copied=False)
        return "again"
    return choice


def found(folder: Path) -> tuple[Any, bool]:
    """Return the newest good copy, and whether the damaged company can be read at all."""
    from dentalsales.app.companies import open_company
    from dentalsales.blueprint.rules import RuleBroken
    from dentalsales.usecases.find_good_copy import find_good_copy

    copy = find_good_copy(folder)
    try:
        open_company(folder, read_only=True).close()
    except RuleBroken:
        return copy, False
    return copy, True


def _passphrase() -> str:
    from dentalsales.i18n import _
    from dentalsales.ui.passphrase_dialog import PassphraseDialog

    dialog = PassphraseDialog(
        None, False, _("This copy is under a passphrase. Enter the one in force when it was made.")
    )
    return dialog.passphrase if dialog.exec() else ""
