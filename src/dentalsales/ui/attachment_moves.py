"""Takes files off a record and puts them back: at once in a draft, with a reason once the record has left it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QWidget

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _, c_, n_, tr
from dentalsales.ui.reason_dialog import ReasonDialog
from dentalsales.ui.shell import Shell
from dentalsales.usecases import attach
from dentalsales.usecases.attach import FileInfo

Moved = Callable[..., None]
"""Called after a move, or with what was refused."""
VERB = c_("attachments", "Take off")
MANY_ASKED = n_("Take {count} file off?", "Take {count} files off?")
MANY_GONE = n_("{count} file was taken off.", "{count} files were taken off.")
STAYS = _("It stays in sight, struck out, and the history tells who took it off, when and why.")


def take_off(shell: Shell, files: Sequence[FileInfo], moved: Moved, parent: QWidget) -> None:
    """Take off the files that are still there; of what left draft the reason is asked first."""
    files = [file for file in files if file.may_move and not file.is_off]
    reason = ""
    if any(file.stays for file in files):
        dialog = ReasonDialog(parent, _named(files, _("Take {name} off?"), MANY_ASKED), STAYS, VERB)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        reason = dialog.reason
    gone = _each(files, lambda file: attach.take_off(shell.desk, file.id, reason), moved)
    if gone:
        said = _named(gone, _("{name} was taken off."), MANY_GONE)
        shell.toast(tr(said), "success", lambda: put_back(shell, gone, moved))


def put_back(shell: Shell, files: Sequence[FileInfo], moved: Moved) -> None:
    """Make them files of their record again."""
    _each(files, lambda file: attach.put_back(shell.desk, file.id), moved)


def _named(files: Sequence[FileInfo], one: Text, many: Text) -> Text:
    return one.fill(name=files[0].name) if len(files) == 1 else many.fill(count=len(files))


def _each(files: Sequence[FileInfo], act: Callable[[FileInfo], None], moved: Moved) -> list[FileInfo]:
    """Do it with each file, and return those with which it was done."""
    done, refused = [], []
    for file in files:
        try:
            act(file)
            done.append(file)
        except RuleBroken as refusal:
            refused.append(refusal)
    if done:
        moved()
    if refused:
        moved(*refused)
    return done
