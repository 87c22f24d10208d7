"""What the head of a record offers beside saving and steps: a paper from it, a print, a draft's end, and a reload."""

from typing import Any

from PySide6.QtWidgets import QDialog

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, tr
from dentalsales.ui.compare_dialog import CompareDialog, unsaved_words
from dentalsales.ui.messages import attempt, attempt_beside, sentence_of
from dentalsales.ui.undo_steps import undo_of
from dentalsales.usecases.compare import Comparison
from dentalsales.usecases.duplicate import duplicate
from dentalsales.usecases.form import new_form


def begin_draft(widget: Any, offered: Any) -> None:
    """Begin a new paper from this one, in a tab of its own."""
    draft, _target = offered
    if widget.form.is_changed and not widget.save():
        return
    widget.shell.begin_from(widget.form.register.name, widget.form.id, draft.name, widget.refuse)


def begin_duplicate(widget: Any) -> None:
    """Begin a new record like this one, in a tab of its own."""
    if widget.body.settle():
        made = widget.shell.attempt(lambda: duplicate(widget.form), widget.refuse)
        if made is not None:
            widget.shell.open_form(made)


def print_paper(widget: Any, name: str = "") -> None:
    """Show a printed paper of the record; without a name the usual one."""
    if not widget.printouts or (widget.form.is_changed and not widget.save()):
        return
    widget.shell.show_paper(name or widget.printouts[0].name, widget.form.id)


def delete_draft(widget: Any) -> None:
    """Delete a draft at once; the toast can bring it back as a new one."""
    kept, register, title = widget.form.snapshot(), widget.form.register.name, widget.form.title
    if attempt_beside(lambda: (widget.form.delete(), True), widget.refuse) is None:
        return

    def bring_back() -> None:
        form = new_form(widget.desk, register)
        form.restore(kept)
        widget.shell.open_form(form)

    widget.shell.toast(_("{what} deleted.").fill(what=title), "success", bring_back)
    widget.leave()


def settle_conflict(widget: Any, saves: bool = True) -> bool:
    """Show both versions side by side; what the clerk takes is put upon the newer one, and what is not stays told.

    It `saves` at once what a save was refused for; who only wants to look at the changes saves later. Return whether
    nothing is left to save or to read here.
    """

    def refused(refusal: RuleBroken) -> None:
        widget.banner.tell(sentence_of(refusal))

    def merged() -> bool:
        comparison.merge()
        return True

    comparison: Any = attempt(lambda: Comparison(widget.form), refused)
    if comparison is None:
        return False
    asks = not comparison.nothing_to_ask
    if asks and CompareDialog(comparison, widget, saves).exec() != QDialog.DialogCode.Accepted:
        if saves:
            said = _("Not saved yet: somebody else changed this record. Save again to compare.")
            widget.banner.tell(tr(said), "warning")
        return False
    dropped = unsaved_words(comparison)
    if not attempt_beside(merged, refused):
        return False
    widget.banner.hide()
    if asks:
        undo_of(widget.form).forget()
    widget.redraw()
    if not asks:
        widget.shell.toast(_("{what} saved.").fill(what=widget.form.title), "success")
    saved = not widget.form.is_changed or (saves and widget.save())
    if dropped:
        _tell_dropped(widget, dropped, comparison.editable)
    return saved and (comparison.editable or not dropped)


def _tell_dropped(widget: Any, dropped: list[Any], by_choice: bool) -> None:
    """Keep what was entered and is not saved where it can be read again; what nobody chose to drop is shown at once."""
    words = [tr(_("Not taken over: {what}").fill(what=widget.form.title)), *map(tr, dropped)]
    widget.shell.messages.keep("\n".join(words), "info")
    if not by_choice:
        widget.banner.warn(words)
