"""What the head of a record offers beside saving and steps: a paper from it, a print, a draft's end, and a reload."""

from typing import Any

from dentalsales.blueprint.rules import Conflict
from dentalsales.i18n import _
from dentalsales.ui.messages import attempt, sentence_of
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
    if attempt(lambda: (widget.form.delete(), True), widget.refuse) is None:
        return

    def bring_back() -> None:
        form = new_form(widget.desk, register)
        form.restore(kept)
        widget.shell.open_form(form)

    widget.shell.toast(_("{what} deleted.").fill(what=title), "success", bring_back)
    widget.leave()


def settle_conflict(widget: Any, refusal: Conflict) -> None:
    """Say who was faster, and reload only when the user wants it."""
    widget.banner.tell(sentence_of(refusal))
    question = _("Somebody else changed “{what}” while you had it open. Reload it? What you entered since is lost.")
    if widget.shell.ask(question.fill(what=widget.form.title), _("Reload"), danger=True):
        if attempt(lambda: (widget.form.reload(), True), widget.shell.messages.refuse):
            widget.banner.hide()
            widget.redraw()
