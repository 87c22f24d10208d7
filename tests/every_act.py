"""Every public act of the service by name, with the words of the permission matrix that it needs (S1).

An act is "module.function" or "Class.method". `RECORD` acts are done on a record, `REGISTER` acts on a register's list,
`COMPANY` acts on the company, `FINDS` whatever may be found, and `FORM_READS` what a form tells that was opened.
`BY_OTHERS` says where an act is tried otherwise. `PLAIN` neither reveal nor change what the company keeps, and say why.
An act that stands nowhere fails the test.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dentalsales.blueprint.print_template import Template
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange import report_files
from dentalsales.settings import BY_KEY
from dentalsales.usecases import (
    anonymise,
    attach,
    back_up,
    backup_inside,
    backup_key,
    browse,
    bulk,
    changes,
    compare,
    copy_rows,
    duplicate,
    find_anything,
    first_steps,
    form_history,
    import_rights,
    inbox,
    list_sheet,
    list_views,
    list_window,
    move_company,
    peek,
    personal,
    print_paper,
    print_template,
    search,
    server_place,
    settings_desk,
    sign_in,
    titles,
    unwritten_changes,
    verify_history,
)
from dentalsales.usecases.browse import Query
from dentalsales.usecases.form import Form, drafts_offered, new_form, open_form
from dentalsales.usecases.list_look import ViewContent

MANAGERS = {"manager", "director"}
EVERYBODY: set[str] = set()


@dataclass(frozen=True)
class On:
    """What an act is tried on: a record of a register, and what the test's company holds beside it."""

    desk: Any
    register: Any
    record_id: int
    office: Any

    @property
    def name(self) -> str:
        """The register's name."""
        return str(self.register.name)

    @property
    def query(self) -> Query:
        """The one record as a list."""
        return Query(self.name, only=(self.record_id,))

    def form(self) -> Form:
        """The record in a form."""
        return open_form(self.desk, self.name, self.record_id)

    @property
    def printout(self) -> str | None:
        """What is printed of the register."""
        return next((one.name for one in self.desk.business.printouts if one.register == self.name), None)


Call = Callable[[On], Any]
Needs = tuple[str, ...]
"""Words of the matrix, all of which an act needs; "work" is create, edit or any step, "steps:x" the step x, "filed" who
attached the file or a manager."""


def _printed(on: On) -> Any:
    return print_paper.prepare(on.desk, on.printout or "", [on.record_id])


def _claimed(on: On) -> Any:
    prepared = on.office.prepared[on.name, on.record_id]
    counts = print_paper.printed_before(on.office.desks["manager"], prepared.printout, [on.record_id])
    now = tuple(replace(one, number=counts.get(one.record_id, 0) + 1) for one in prepared.prints)
    return print_paper.claim(on.desk, replace(prepared, prints=now), "paper")


def _changed(on: On, act: Callable[[Form, str], Any]) -> Any:
    """Do something with the first field that is nobody's special right; what only some may edit is tested elsewhere."""
    form = on.form()
    may = {name for name, one in form.fields().items() if one.edit_roles is None or one.edit_roles & on.desk.roles}
    plain = [name for name, field in form.fields().items() if name in may and not field.read_only]
    texts = [name for name in plain if form.fields()[name].kind in ("text", "note")]
    return act(form, next(iter((*texts, *plain, *form.fields()))))


RECORD: dict[str, tuple[Needs, Call]] = {
    "form.open_form": (("view",), lambda on: on.form()),
    "form.drafts_offered": (
        ("view",),
        lambda on: [one.name for one, _to in drafts_offered(on.desk, on.name, on.record_id)],
    ),
    "form_history.entries": (("view",), lambda on: form_history.entries(on.desk, on.register, on.record_id)),
    "changes.events_after": (("view",), lambda on: changes.events_after(on.desk, on.register, on.record_id, 0)),
    "compare.Comparison": (("view",), lambda on: compare.Comparison(on.form()).differences),
    "peek.peek": (("view",), lambda on: peek.peek(on.desk, on.name, on.record_id)),
    "attach.list_of": (("view",), lambda on: attach.list_of(on.desk, on.name, on.record_id)),
    "attach.add": (("view", "work"), lambda on: attach.add(on.desk, on.name, on.record_id, on.office.scan)),
    "bulk.step_all": (
        ("view",),
        lambda on: bulk.step_all(on.desk, on.query, on.office.step(on), "x", lambda done, total: None),
    ),
    "Form.set": (("view", "edit"), lambda on: _changed(on, lambda form, name: form.set(name, form.get(name)))),
    "Form.save": (("view", "edit"), lambda on: on.office.saved(on)),
    "Form.restore": (("view",), lambda on: (form := on.form()).restore(form.snapshot())),
    "Form.reload": (("view",), lambda on: on.form().reload()),
    "Form.delete": (("view", "create"), lambda on: on.form().delete()),
    "duplicate.duplicate": (("view", "create"), lambda on: duplicate.duplicate(on.form())),
}
"""Each opens or looks at one record; refused to who does not see it, also when another right is held."""

ATTACHED: dict[str, tuple[Needs, Call]] = {
    "attach.open_copy": (("view",), lambda on: attach.open_copy(on.desk, on.office.files[on.name, on.record_id])),
    "attach.take_off": (
        ("view", "filed"),
        lambda on: attach.take_off(on.desk, on.office.files[on.name, on.record_id], "放错了"),
    ),
}
"""On records with a file."""

PRINTED: dict[str, tuple[Needs, Call]] = {
    "print_paper.prepare": (("view",), _printed),
    "print_paper.paper": (("view",), lambda on: print_paper.paper(on.desk, on.printout or "", on.record_id)),
    "print_paper.printed_before": (
        ("view",),
        lambda on: print_paper.printed_before(on.desk, on.printout or "", [on.record_id]),
    ),
    "print_paper.claim": (("view",), _claimed),
    "print_paper.take_back": (
        ("view",),
        lambda on: print_paper.take_back(on.desk, on.office.prepared[on.name, on.record_id], [1, 2, 3]),
    ),
    "print_paper.blank": (("view", "list"), lambda on: print_paper.blank(on.desk, on.printout or "")),
    "print_paper.of_the_day": (("view", "list"), lambda on: print_paper.of_the_day(on.desk, on.printout or "")),
}
"""On records that are printed."""

REGISTER: dict[str, tuple[Needs, Call]] = {
    "browse.columns": (("view",), lambda on: browse.columns(on.desk, on.name)),
    "browse.all_columns": (("view",), lambda on: browse.all_columns(on.desk, on.name)),
    "browse.shown_columns": (("view",), lambda on: browse.shown_columns(on.desk, Query(on.name))),
    "browse.page": (("view",), lambda on: browse.page(on.desk, Query(on.name, columns=on.office.columns(on.register)))),
    "browse.totals": (("view",), lambda on: browse.totals(on.desk, Query(on.name))),
    "browse.views": (("view",), lambda on: browse.views(on.desk, on.name)),
    "list_window.window": (("view",), lambda on: list_window.window(on.desk, Query(on.name), 0, 50)),
    "list_window.ids": (("view",), lambda on: len(list_window.ids(on.desk, Query(on.name)))),
    "list_groups.groups": (("view",), lambda on: on.office.grouped(on)),
    "list_views.saved_views": (("view",), lambda on: list_views.saved_views(on.desk, on.name)),
    "list_views.keep_view": (
        ("view",),
        lambda on: list_views.keep_view(on.desk, on.name, "x", ViewContent()),
    ),
    "list_views.change_view": (
        ("view", "mine"),
        lambda on: list_views.change_view(on.desk, on.office.views[on.name], "y"),
    ),
    "list_views.delete_view": (("view", "mine"), lambda on: list_views.delete_view(on.desk, on.office.views[on.name])),
    "copy_rows.copied": (("view",), lambda on: copy_rows.copied(on.desk, Query(on.name), 50)),
    "list_sheet.sheet": (("view", "export"), lambda on: list_sheet.sheet(on.desk, Query(on.name))),
    "form.new_form": (("create",), lambda on: new_form(on.desk, on.name)),
    "bulk.bulk_steps": (
        ("view", "paper"),
        lambda on: [one.name for one, _n in bulk.bulk_steps(on.desk, Query(on.name))],
    ),
}

FINDS: dict[str, Call] = {
    "find_anything.everywhere": lambda on: [find_anything.everywhere(on.desk, one) for one in on.office.words],
    "find_anything.named": lambda on: find_anything.named(on.desk, "订单"),
    "search.suggest": lambda on: [
        search.suggest(on.desk, table, word) for table in on.office.tables for word in on.office.words
    ],
    "titles.titles": lambda on: [titles.titles(on.desk, table, range(1, 20)) for table in on.office.owned_tables],
    "inbox.waiting": lambda on: [(one.title, one.customer) for one in inbox.waiting(on.desk)],
    "inbox.tiles": lambda on: inbox.tiles(on.desk),
    "inbox.glances": lambda on: [block for _glance, block in inbox.glances(on.desk)],
    "first_steps.first_steps": lambda on: [done for _step, done in first_steps.first_steps(on.desk)],
    "browse.related": lambda on: [
        one.query for one in browse.related(on.desk, "customers", on.office.customers["theirs"])
    ],
    "personal.read": lambda on: personal.read(on.desk),
    "personal.keep": lambda on: personal.keep(on.desk, {"look": "dark"}),
    "list_views.may_share": lambda on: list_views.may_share(on.desk),
    "print_template.may_change": lambda on: print_template.may_change(on.desk),
    "print_template.template": lambda on: print_template.template(on.desk, "order_slip", "A4"),
    "print_template.usual_size_of": lambda on: print_template.usual_size_of(on.desk, "order_slip"),
    "print_template.has_logo": lambda on: print_template.has_logo(on.desk),
    "print_template.example": lambda on: print_template.example(on.desk, Template("order_slip", "A4"), 2).printed_by,
    "move_company.may_move": lambda on: move_company.may_move(on.desk),
    "server_place.place_words": lambda on: server_place.place_words(on.desk) is None,
    "anonymise.may_anonymise": lambda on: anonymise.may_anonymise(on.desk, "customers"),
    "verify_history.may_verify": lambda on: verify_history.may_verify(on.desk),
    "sign_in.confirm_password": lambda on: sign_in.confirm_password.__name__,
    "changes.newest": lambda on: changes.newest(on.desk),
    "changes.since": lambda on: changes.since(on.desk, 0),
    "attach.may_add": lambda on: attach.may_add(on.desk, "customers"),
    "import_rights.kinds": lambda on: [kind.name for kind in import_rights.kinds(on.desk)],
    "bulk.bulk_fields": lambda on: list(bulk.bulk_fields(on.desk, "customers")),
    "report_files.customer_named": lambda on: on.office.tried(
        lambda: report_files.customer_named(on.desk, on.office.customer_words["theirs"]), "There is no customer"
    ),
}

COMPANY: dict[str, tuple[set[str], Call]] = {
    "settings_desk.all": (MANAGERS, lambda on: settings_desk.all(on.desk)),
    "settings_desk.change": (MANAGERS, lambda on: settings_desk.change(on.desk, "reply_hours", 7)),
    "settings_desk.nobody_holds": (
        MANAGERS,
        lambda on: settings_desk.nobody_holds(on.desk, BY_KEY["contract_route"], "manager"),
    ),
    "settings_desk.demand": (MANAGERS, lambda on: settings_desk.demand(on.desk)),
    "print_template.keep": (MANAGERS, lambda on: print_template.keep(on.desk, Template("order_slip", "A4", copies=2))),
    "print_template.reset": (MANAGERS, lambda on: print_template.reset(on.desk, "order_slip", "A4")),
    "print_template.make_usual": (MANAGERS, lambda on: print_template.make_usual(on.desk, "order_slip", "A4")),
    "print_template.set_logo": (MANAGERS, lambda on: print_template.set_logo(on.desk, None)),
    "backup_key.demand_manager": (MANAGERS, lambda on: backup_key.demand_manager(on.desk)),
    "backup_key.set_passphrase": (MANAGERS, lambda on: backup_key.set_passphrase(on.desk, "")),
    "back_up.carry_away": (MANAGERS, lambda on: back_up.carry_away(on.desk, Path("stick"))),
    "back_up.demand_elsewhere": (MANAGERS, lambda on: back_up.demand_elsewhere(on.desk)),
    "move_company.demand_move": (MANAGERS, lambda on: move_company.demand_move(on.desk)),
    "back_up.demand_restore": (MANAGERS, lambda on: back_up.demand_restore(on.desk)),
    "backup_inside.look_inside": (MANAGERS, lambda on: backup_inside.look_inside(on.desk, Path("none.zip"))),
    "unwritten_changes.unwritten_changes": (MANAGERS, lambda on: unwritten_changes.unwritten_changes(on.desk)),
    "verify_history.verify": (MANAGERS, lambda on: verify_history.verify(on.desk)),
    "anonymise.plan": (MANAGERS, lambda on: anonymise.plan(on.desk, "customers", on.office.customers["theirs"]).goes),
    "anonymise.anonymise": (MANAGERS, lambda on: anonymise.anonymise(on.desk, "employees", 1)),
    "sign_in.set_password": (MANAGERS, lambda on: sign_in.set_password(on.desk, 1, "short")),
}

FORM_READS: dict[str, Callable[[Form], Any]] = {
    "Form.fields": lambda form: list(form.fields()),
    "Form.line_fields": lambda form: [list(form.line_fields(name)) for name in _grids(form)],
    "Form.get": lambda form: [
        form.get(name) for name, one in form.fields().items() if one.kind not in ("lines", "attachments")
    ],
    "Form.shown": lambda form: [
        form.shown(name) for name, one in form.fields().items() if one.kind not in ("lines", "attachments")
    ],
    "Form.choices": lambda form: [form.choices(name) for name, one in form.fields().items() if one.kind == "choice"],
    "Form.lines": lambda form: [
        (line.get(one), line.shown(one))
        for name in _grids(form)
        for line in form.lines(name)
        for one in form.line_fields(name)
    ],
    "Form.snapshot": lambda form: form.snapshot(),
    "Form.insights": lambda form: [form.insights(), *(form.insights(0, name) for name in _grids(form)[:1])],
    "Form.doubt": lambda form: [form.doubt(name) for name in form.fields()],
    "Form.cautions": lambda form: form.cautions(),
    "Form.steps": lambda form: [(one.reason, one.people) for one in form.steps()],
    "Form.demand": lambda form: [_refusal_of(form, one.step.name) for one in form.steps()],
    "Form.step": lambda form: [form.step(one.step.name).label for one in form.steps()],
    "Form.suggested": lambda form: [form.suggested(one.step) for one in form.steps()],
    "Form.history": lambda form: form.history(),
    "Form.problems": lambda form: [one.text for one in form.problems()] if form.editable else [],
    "Form.title": lambda form: form.title,
    "Form.number": lambda form: form.number,
    "Form.said_after": lambda form: [form.said_after(one.step) for one in form.steps()],
}
"""What an opened form tells: looked through for what the employee may not see."""


def _refusal_of(form: Form, step: str) -> Any:
    try:
        return form.demand(step)
    except RuleBroken as refusal:
        return refusal.text


def _grids(form: Form) -> list[str]:
    return [name for name, one in form.fields().items() if one.kind == "lines"]


BY_OTHERS = {
    "Form.take": "tried with every step of the state, by test_every_step_from_here",
    "form.form_from": "tried with every draft, by test_papers_begun_from_papers",
    "run_report.run": "tried with every report",
    "report_files.run": "run_report.run with words in place of days",
    "run_report.exported": "run_report.run, and the entry that a file was made of it",
    "import_file.preview": "tried with every kind of import",
    "import_file.check": "tried with every kind of import",
    "import_file.run": "tried with every kind of import",
    "import_file.check_rows": "import_rows.import_rows, which demands the right",
    "attach.put_back": "asks what take_off asks",
    "import_rows.import_rows": "tried with every kind of import",
    "import_rights.demand_import": "tried with every kind of import",
    "bulk.change_all": "tried with every field that may be changed for many",
    "bulk.take_back": "changes through forms, as change_all does",
    "back_up.back_up": "here for everybody, elsewhere as demand_elsewhere says",
    "sign_in.change_password": "one's own only, and only with the old one",
    "repeat_paper.earlier_papers": "tried on a form for somebody else's customer",
    "repeat_paper.lines_of": "loads the earlier paper as open_form does",
    "repeat_paper.repeat_lines": "loads the earlier paper as open_form does",
}

_IN_FORM = "works on values of a form in memory; a save demands the right"
_IN_ACT = "a part of an act that has demanded the right"
_SHAPE = "tells what a list or a form is made of, not what the company keeps"
PLAIN: dict[str, str] = {
    "pasted.PastedMessage": "demands a form whose lines may be filled in, and reads what is sold as browse does",
    "linked_index.LinkedIndex": "finds what a link of the form may choose, with the same conditions as search.suggest",
    "desk.WorkingAct": "a unit of work of a desk; what is done in it demands the right",
    "on_trial.on_trial": "the same employee with the same rights in a copy that is thrown away",
    "paths.Source": "the tables of a statement that an act makes",
    "form_values.LineView": "a line of a form; its words stand below",
    **dict.fromkeys(
        (
            "Form.add_line", "Form.remove_line", "Form.set_in_line", "Form.put", "Form.settle", "Form.read_titles",
            "Form.value_of", "Form.shown_of", "Form.choices_of", "Form.title_of", "Form.is_changed", "Form.is_new",
            "Form.is_masked", "Form.is_hidden", "Form.may_edit", "Form.may_link", "Form.follow",
            "Form.follow_total", "compare.entered", "merged_lines.matched", "Form.can_edit", "Form.editable",
            "Form.still_open", "Form.state", "Form.stand_on", "Form.title_word",
            "LineView.index", "LineView.get", "LineView.set", "LineView.shown", "LineView.choices",
            "fill_lines.add_lines", "fill_lines.fill_lines", "copied_lines.copy_lines_into",
            "copied_lines.copied_fields",
            "copied_lines.links_of_line", "copied_lines.standing_of", "form_snapshot.as_json", "form_snapshot.restore",
            "blank_record.blank", "blank_record.fill_blanks", "blank_record.default_of",
            "form_lines.lines_to_paste_into",
            "family_grid.matrix_of", "family_grid.family_size", "family_grid.family_grid", "line_history.line_history",
            "earlier_rows.papers_of_rows", "earlier_rows.lines_of_rows",
        ),
        _IN_FORM,
    ),
    **dict.fromkeys(
        (
            "write_form.write_form", "candidates.candidates", "candidates.remembered", "candidates.searched",
            "kept_rows.kept_rows", "list_search.search",
            "list_filter.conditions", "list_sheet.remember_export", "list_filter.seen_place", "list_order.order_of",
            "list_groups.group_places",
            "list_frame.frame_of", "search_memory.index_of", "import_rights.others_columns", "import_rights.who_fills",
            "import_template.remembered", "search.bought_before", "print_template.logo", "list_views.is_seen",
            "own_records.is_seen", "anonymise.is_of_nobody", "list_search.holds", "exports.remember",
            "exports.remember_report",
        ),
        _IN_ACT,
    ),
    **dict.fromkeys(
        (
            "list_filter.days_of", "list_filter.plain_value", "list_frame.places", "list_frame.list_column",
            "list_frame.choices_of", "import_file.kind_of", "search_memory.make_ready", "backup_inside.lost_words",
            "backup_inside.known_copies",
            "open_steps.open_to", "open_steps.own_turns", "open_steps.papers_of",
        ),
        _SHAPE,
    ),
}  # fmt: skip


def every_name() -> set[str]:
    """Return the names of all acts of the table."""
    tables: tuple[Any, ...] = (RECORD, ATTACHED, PRINTED, REGISTER, FINDS, COMPANY, FORM_READS, BY_OTHERS, PLAIN)
    return {name for table in tables for name in table}
