"""A record while it is filled in: values, what follows, what is wrong, which steps are open; no widget, no session."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.insight import Fact
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.register import DraftFrom, Register
from dentalsales.blueprint.rules import Caution, RuleBroken
from dentalsales.blueprint.workflow import Step
from dentalsales.i18n import Text, _
from dentalsales.usecases import attach, form_history, form_snapshot, save_record, take_step
from dentalsales.usecases.blank_record import blank, detached, fill_blanks, released
from dentalsales.usecases.changed_values import changes_of, values_of
from dentalsales.usecases.check_fields import field_problem, tidy
from dentalsales.usecases.desk import Desk, WorkingAct
from dentalsales.usecases.form_values import FormValues
from dentalsales.usecases.keep_history import write_history
from dentalsales.usecases.new_rows import hand_over, read_lines_again
from dentalsales.usecases.step_offers import StepOffer, offers, probe
from dentalsales.usecases.write_form import write_form


@dataclass(frozen=True)
class Changed:
    """What an act left behind."""

    register: str
    record_id: int
    number: str


def new_form(desk: Desk, register_name: str, **preset: Any) -> "Form":
    """Begin a new record with its defaults; NotAllowed without the right."""
    register = desk.business.register(register_name)
    desk.demand(register_name, "create")
    form = Form(desk, register, blank(register.record, desk))
    for name, value in preset.items():
        form.set(name, value)
    form.settle()
    return form


def open_form(desk: Desk, register_name: str, record_id: int) -> "Form":
    """Open a record that the employee may see."""
    register = desk.business.register(register_name)
    with desk.reading() as act:
        record = save_record.load(act, register, record_id)
        form = Form(desk, register, detached(record), record_id, getattr(record, "version", 1))
    return form


def form_from(desk: Desk, source_register: str, source_id: int, draft_name: str) -> "Form":
    """Begin a new paper from an earlier one; RuleBroken when there is nothing to begin."""
    for draft, target in drafts_offered(desk, source_register, source_id):
        if draft.name == draft_name:
            with desk.reading() as act:
                source = save_record.load(act, desk.business.register(source_register), source_id)
                made = draft.make(source, act)
                fill_blanks(made, desk)
            return Form(desk, target, made)
    raise RuleBroken(_("This can't begin from here now."))


def drafts_offered(desk: Desk, source_register: str, source_id: int) -> list[tuple[DraftFrom, Register]]:
    """Return what the employee may begin from a record in its state."""
    source = desk.business.register(source_register)
    with desk.reading() as act:
        state = getattr(save_record.load(act, source, source_id), "state", "")
    return [
        (draft, register)
        for register in desk.business.registers
        if desk.may(register.name, "create")
        for draft in register.drafts_from
        if draft.source == source_register and (not draft.states or state in draft.states)
    ]


class Form(FormValues):
    """A record on the desk; every screen, the import and the command line fill records in through it."""

    def insights(self, line: int | None = None, name: str = "lines") -> list[tuple[Text, list[Fact]]]:
        """Return the facts beside the form, for the line under the cursor if there is one."""
        lines = getattr(self.record, name, [])
        row = lines[line] if line is not None and 0 <= line < len(lines) else None
        insights = [
            *self.register.insights,
            *(one for register in self.desk.business.registers for one in register.shows.get(self.register.name, ())),
        ]
        with self.desk.reading() as act:
            found = [(insight.title, list(insight.facts(self.record, row, act))) for insight in insights]
        return [(title, facts) for title, facts in found if facts]

    def cautions(self) -> list[Caution]:
        """Return what is allowed as it stands and should be looked at first."""
        if not self.register.cautions:
            return []
        with self.desk.reading() as act:
            return [one for cautions in self.register.cautions for one in cautions(self.record, act)]

    def steps(self) -> list[StepOffer]:
        """Return the steps from here; the first allowed one is what the primary button does."""
        if self.register.workflow is None or self.state is None or self.desk.only_to_look is not None:
            return []
        known = self.register.workflow.steps_from(self.state.name)
        steps = [one for one in known if not one.by_program and one.is_for(self.record)]
        with self.desk.reading() as act:
            record = None if self.is_new else save_record.load(act, self.register, self.id or 0)
            return offers(act, self.register, steps, record, self.record)

    def step(self, name: str) -> Step:
        """Return a step as it stands for the record now: on a route it asks what the role in its turn answers."""
        return take_step.step_of(self.register, name, self.record)

    def suggested(self, step: Step) -> dict[str, Any]:
        """Return what the fields that a step asks for start with; a choice only when it is one of theirs."""
        words = {step.once: self._clock_word(step.once), **step.suggests} if step.once else step.suggests
        return {name: self.get(name) or self._suggestion(name, words.get(name)) for name in step.asked}

    def _clock_word(self, name: str) -> str:
        return "now" if fields_of(self.record)[name].kind == "moment" else "today"

    def _suggestion(self, name: str, source: str | None) -> Any:
        if source is None:
            return self.get(name)
        value = self._of_the_clock(source) or getattr(self.record, source)
        field = fields_of(self.record)[name]
        return value if field.kind != "choice" or value in dict(field.choices) else self.get(name)

    def _of_the_clock(self, source: str) -> Any:
        words = {"today": self.desk.today, "now": self.desk.now().replace(second=0, microsecond=0)}
        return words.get(source)

    def save(self) -> Changed:
        """Keep what was entered; RuleBroken or Conflict leave form and database as they were."""
        return self._keep(lambda act: write_form(self, act))

    def demand(self, step_name: str) -> None:
        """Raise RuleBroken or Conflict when a step can't be taken, whatever is filled in with it.

        What was typed and not saved is not asked about: that is checked with the step.
        """
        if self.is_new or self.is_changed:
            return
        with self.desk.reading() as act:
            record = save_record.load(act, self.register, self.id or 0, self.version)
            step = take_step.step_of(self.register, step_name, record)
            take_step.demand_step(act, self.register, record, step)
            probe(act, step, record)

    def take(self, step_name: str, note: str = "", asked: dict[str, Any] | None = None) -> Changed:
        """Save what was entered and take a step, both or neither."""

        def work(act: WorkingAct) -> Any:
            if self.is_new or self.is_changed:
                record = write_form(self, act)
                hand_over(act, record)
            else:
                record = save_record.load(act, self.register, self.id or 0, self.version)
            step = take_step.step_of(self.register, step_name, record)
            take_step.demand_step(act, self.register, record, step)
            save_record.connect(act, record)
            answers = {name: value for name, value in (asked or {}).items() if name in step.asked}
            before = {name: getattr(record, name) for name in answers}
            for name, value in answers.items():
                setattr(record, name, _answer(fields_of(record)[name], name, value))
            told = changes_of(before, {name: getattr(record, name) for name in answers})
            take_step.move(act, self.register, record, step, note, changes=told)
            read_lines_again(act, record)
            return record

        return self._keep(work, note)

    def _keep(self, work: Callable[[WorkingAct], Any], note: str = "") -> Changed:
        """Do what makes a record of the form; from then on the form stands for that."""
        kept, self.warnings = self.desk.perform(lambda act: (released(work(act)), list(act.warnings)), note)
        self.record, self.version = kept, getattr(kept, "version", 1)
        return self._kept()

    def reload(self) -> None:
        """Drop what was entered and show what is saved."""
        fresh = open_form(self.desk, self.register.name, self.id or 0)
        self.record, self.version, self.start, self.unfit = fresh.record, fresh.version, fresh.start, {}

    def stand_on(self, version: int) -> None:
        """Say which version what was restored belongs to; of an older one the next save asks about all that differs."""
        if version != self.version:
            self.version, self.start = version, form_snapshot.forgotten(self.start)

    def delete(self) -> None:
        """Delete a draft, or a record that nothing names; what left draft is void, never deleted."""
        with self.desk.writing() as act:
            self.desk.demand(self.register.name, "create")
            act.by_right_of(self.register.access.create)
            record = save_record.load(act, self.register, self.id or 0, self.version)
            state, number = getattr(record, "state", ""), getattr(record, "number", None)
            workflow = self.register.workflow
            if not self.register.deletable and (workflow is None or not workflow.state(state).draft):
                raise RuleBroken(_("Only a draft can be deleted."))
            if number:
                raise RuleBroken(_("{number} has its number already. Void it instead."), number=number)
            write_history(
                act,
                self.register.name,
                record.id,
                "deleted",
                state,
                "",
                changes=changes_of({}, values_of(record)),
                version=getattr(record, "version", None),
            )
            attach.let_go(act, self.register.name, record.id)
            act.session.delete(record)
            act.touched.add(self.register.name)

    def history(self) -> list[form_history.HistoryEntry]:
        """Return what happened to the record, newest first."""
        return [] if self.id is None else form_history.entries(self.desk, self.register, self.id)

    def _kept(self) -> Changed:
        """From here on the form stands for what is in the database."""
        self.id, self.start = self.record.id, form_snapshot.taken(self.record)
        return Changed(self.register.name, self.id or 0, self.number)


def _answer(field: Field, name: str, value: Any) -> Any:
    """Return what was filled in with a step as it is kept; RuleBroken when it does not fit its field."""
    kept = tidy(field, value)
    problem = field_problem(field, kept)
    if problem is not None and kept not in (None, ""):
        raise RuleBroken(problem, field=name)
    return kept
