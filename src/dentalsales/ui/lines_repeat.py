"""Ctrl+L in a paper: choose one of the customer's last papers and take its lines, as one step of undo."""

from typing import Any

from PySide6.QtWidgets import QDialog

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, tr
from dentalsales.ui.lines_model import LinesModel
from dentalsales.ui.lines_repeat_dialog import RepeatDialog
from dentalsales.ui.messages import sentence_of
from dentalsales.usecases.repeat_paper import earlier_papers, repeat_lines

TITLE = _("The same again")


def offers_repeat(model: LinesModel) -> bool:
    """Say whether the lines of earlier papers may be taken into these."""
    repeat = model.form.register.repeat
    return repeat is not None and repeat.lines == model.name and model.grows


def repeat_earlier(model: LinesModel, grid: Any) -> None:
    """Ask which paper and take its lines; the cursor goes to the first quantity."""
    grid.setFocus()  # what is typed elsewhere in the form is taken first
    if not grid.settle():
        return
    try:
        papers = earlier_papers(model.form)
        if not papers:
            raise RuleBroken(_("There is no earlier paper to take lines from."))
        dialog = RepeatDialog(model.form, papers, TITLE, grid)
        if dialog.exec() != QDialog.DialogCode.Accepted or dialog.chosen is None:
            return
        paper, before = dialog.chosen, len(model.lines)
        copied = model.rebuilt(lambda: repeat_lines(model.form, paper.key))
    except RuleBroken as refusal:
        grid.told.emit([sentence_of(refusal)], "warning")
        return
    grid.told.emit(
        [tr(text) for text in copied.told(paper.called)], "warning" if copied.left_out or copied.changed else "info"
    )
    grid.begin_again(before)
