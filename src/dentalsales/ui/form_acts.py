"""What the keys and the head of a record do, and what Esc leaves."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit

from dentalsales.i18n import _, tr
from dentalsales.ui.newer_notice import add_notice
from dentalsales.ui.own_acts import OWN_ACTS
from dentalsales.ui.page import bind
from dentalsales.ui.record_acts import begin_draft, begin_duplicate, delete_draft, print_paper
from dentalsales.ui.step_bar import next_step, why_not


def connect_form(widget: Any) -> dict[str, QAction]:
    """Connect the head of a form and bind its keys; return what was bound by its name."""
    steps = widget.steps
    widget.notice = add_notice(widget)
    widget.banner.chosen.connect(widget.go_to_problem)
    steps.save_asked.connect(widget.save)
    steps.step_asked.connect(widget.take)
    steps.draft_asked.connect(lambda offered: begin_draft(widget, offered))
    steps.print_asked.connect(lambda name: print_paper(widget, name))
    steps.delete_asked.connect(lambda: delete_draft(widget))
    steps.history_asked.connect(widget.toggle_history)
    steps.duplicate_asked.connect(lambda: begin_duplicate(widget))
    steps.own_act_asked.connect(lambda name: OWN_ACTS[name][2](widget))
    acts: dict[str, Callable[[], object]] = {
        "save": widget.save,
        "step": partial(take_first, widget),
        "save_and_new": partial(save_and_new, widget),
        "history": widget.toggle_history,
        "refresh": widget.notice.read_again,
        "next_part": lambda: widget.pages.turn(True),
        "previous_part": lambda: widget.pages.turn(False),
        "duplicate": partial(begin_duplicate, widget),
        "print": partial(print_paper, widget),
    }
    return {name: bind(widget, name, act) for name, act in acts.items()}


def settled(widget: Any) -> bool:
    """Take what is being typed; False, and the banner says what to do, when it matches nothing."""
    if widget.body.settle():
        return True
    typed = QApplication.focusWidget()
    if isinstance(typed, QLineEdit) and typed.isModified() and widget.isAncestorOf(typed):
        said = _("Nothing was saved: “{typed}” in {field} matches no entry. Choose an entry or clear the field.")
        widget.banner.tell(tr(said.fill(typed=typed.text().strip(), field=typed.accessibleName())))
        typed.textChanged.connect(widget.banner.typed, Qt.ConnectionType.SingleShotConnection)
        typed.destroyed.connect(widget.banner.typed)  # a cell that is left takes the words along
    return False


def take_first(widget: Any) -> None:
    """Take the step of the primary button, or begin the paper that comes next; else what was typed is saved,
    or it is said what is missing and who does it.

    What was typed may be what was missing: it is saved, and then the step is taken or says all that it lacks.
    """
    first = next_step(list(widget.form.steps()))
    if first is not None and (first.allowed or (first.mine and widget.form.editable and _is_kept(widget))):
        widget.take(first.step.name)
    elif first is not None and first.mine and first.reason is not None and not widget.form.is_changed:
        widget.banner.tell(why_not(first))
    elif widget.form.editable:
        widget.save()
    elif widget.offered:
        begin_draft(widget, widget.offered[0])
    elif first is not None:
        widget.banner.tell(why_not(first))


def _is_kept(widget: Any) -> bool:
    """Say whether all that was typed is saved now."""
    return not widget.form.is_changed or bool(widget.save())


def save_and_new(widget: Any) -> None:
    """Save, and begin another record of the kind."""
    if widget.save():
        widget.shell.open_new(widget.form.register.name)
        widget.leave()


def go_back(widget: Any) -> None:
    """From the lines to the fields, from the fields to the list."""
    focused = widget.focusWidget()
    in_grid = any(lines.isAncestorOf(focused) for lines in widget.body.grids.values()) if focused else False
    cells = [cell for cell in widget.body.cells.values() if cell.editor is not None]
    if in_grid and cells:
        cells[0].focus()
    elif widget.can_close():
        widget.closed.emit()


def draw_anew(widget: Any) -> None:
    """Draw the fields anew once what was entered decided that others belong to the record; the cursor stays."""
    here = next((name for name, cell in widget.body.cells.items() if cell.editor and cell.editor.hasFocus()), "")
    if widget.body.is_still_right():
        return
    widget.redraw()
    cell = widget.body.cells.get(here)
    if cell is not None and cell.editor is not None:
        cell.focus()
