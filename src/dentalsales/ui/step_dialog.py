"""What a step asks before it is taken: fields to fill in, a reason, and whether what cannot be undone is meant."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from dentalsales.blueprint.rules import Conflict, RuleBroken, problems_of
from dentalsales.blueprint.workflow import Step
from dentalsales.i18n import Text, _, tr
from dentalsales.ui.editors.note import NoteEditor
from dentalsales.ui.messages import attempt_beside
from dentalsales.ui.reason_dialog import no_reason, reason_editor
from dentalsales.ui.small_form import SmallForm, set_default
from dentalsales.usecases.desk import Desk


def asks_anything(step: Step) -> bool:
    """True when the step has to be asked about first."""
    return bool(step.asked or step.asks_note or step.final is not None)


def take_asking(
    desk: Desk, form: Any, step: Step, parent: QWidget, refused: Callable[[RuleBroken], object]
) -> Any | None:
    """Take a step, asking first what it wants to know; return what was kept, None when it was refused or left.

    What would be refused whatever is answered goes to `refused` before anything is asked. What is refused because of
    an answer is said beside that, and nothing that was answered is lost.
    """
    if not asks_anything(step):
        return attempt_beside(lambda: form.take(step.name), refused)
    try:
        form.demand(step.name)
    except RuleBroken as refusal:
        refused(refusal)
        return None
    dialog = StepDialog(desk, form, step, parent, lambda *answers: form.take(step.name, *answers))
    dialog.exec()
    if dialog.refusal is not None:
        refused(dialog.refusal)
    return dialog.kept


class StepDialog(SmallForm):
    """The button bears the step's own verb; for a final step it is not the one that Enter presses.

    `take` is called with reason and answers; without it they are only asked for.
    """

    def __init__(
        self, desk: Desk, form: Any, step: Step, parent: QWidget, take: Callable[..., Any] | None = None
    ) -> None:
        super().__init__(desk, _Asked(form, step), step.asked, _question(form, step), step.label, parent)
        self._step, self._take = step, take
        self.kept: Any | None = None
        """What the step left behind."""
        self.refusal: RuleBroken | None = None
        """Why it was not taken, where that is not about an answer."""
        self.reason: NoteEditor | None = None
        if step.final is not None:
            final = QLabel(tr(step.final))
            final.setWordWrap(True)
            self.body.insertWidget(0, final)
            self.accept_button.setProperty("look", "danger")
        if step.asks_note:
            self.reason = reason_editor(self.body)
        self._begin()

    @property
    def note(self) -> str:
        """The reason that was entered."""
        return self.reason.toPlainText().strip() if self.reason is not None else ""

    @property
    def asked(self) -> dict[str, Any]:
        """The values of the fields that the step asks for."""
        return dict(self.form.values)

    def finish(self) -> None:
        """Accept unless the reason or a field that has to be filled in is empty."""
        if not self.settle():
            return
        if self.reason is not None and not self.note:
            self.banner.tell(no_reason(self._step.label))
            self.reason.setFocus()
            return
        for cell in self.cells:
            if cell.field.required and not self.form.get(cell.name):
                cell.show_problem(_("Fill in this field."))
                cell.focus()
                return
        if self._take is None:
            self.accept()
            return
        take, note, asked = self._take, self.note, self.asked
        self.kept = attempt_beside(lambda: take(note, asked), self._refused)
        if self.kept is not None:
            self.accept()

    def _refused(self, refusal: RuleBroken) -> None:
        """Mark the answers that it is about; what is about something else is mended elsewhere."""
        names = {cell.name for cell in self.cells}
        if isinstance(refusal, Conflict) or not names & {problem.field for problem in problems_of(refusal)}:
            self.refusal = refusal
            self.reject()
        else:
            self.show_refusal(refusal)

    def _begin(self) -> None:
        unticked = (cell for cell in self.cells if cell.field.kind == "yes_no" and not self.form.get(cell.name))
        if any(cell.is_empty for cell in self.cells):
            self.start()
        elif (first := next(unticked, None)) is not None:
            first.focus()
        elif self.reason is not None:
            self.reason.setFocus()
        elif self._step.final is not None:
            set_default(self.cancel_button, self.accept_button)
        else:
            set_default(self.accept_button, self.cancel_button)


class _Asked:
    """The form as the dialog sees it: it may fill in what the step asks, and keeps it apart until the step is taken."""

    def __init__(self, form: Any, step: Step) -> None:
        self._form, self._names, self._needs = form, step.asked, step.needs
        self.register, self.id = form.register, form.id
        self.values: dict[str, Any] = form.suggested(step)

    @property
    def record(self) -> Any:
        """The record itself, which narrows what its links may choose."""
        return self._form.record

    def fields(self) -> dict[str, Any]:
        """Return the fields of the record, those that are asked as they are filled in here."""
        found: dict[str, Any] = dict(self._form.fields())
        for name in self._names:
            needed = found[name].required or name in self._needs
            found[name] = replace(found[name], read_only=False, required=needed)
        return found

    def can_edit(self, name: str) -> bool:
        """Only what the step asks is typed here."""
        return name in self._names

    def get(self, name: str) -> Any:
        """Return the value entered here, or the form's."""
        return self.values[name] if name in self.values else self._form.get(name)

    def set(self, name: str, value: Any) -> set[str]:
        """Keep a value for the step."""
        self.values[name] = value
        return {name}

    def choices(self, name: str) -> Any:
        """Return what a choice may be."""
        return self._form.choices(name)

    def shown(self, name: str) -> str:
        """Return the words for a value."""
        value, field = self.values.get(name), self._form.fields()[name]
        if value == self._form.get(name):
            return str(self._form.shown(name))
        if field.kind == "link" and isinstance(value, int):
            return str(self._form.title_of(field.target, value))
        return "" if value is None else str(value)


def _question(form: Any, step: Step) -> Text:
    return _("{step}: {what}").fill(step=step.label, what=form.title or form.register.one)
