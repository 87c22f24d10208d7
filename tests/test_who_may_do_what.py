"""S1: every public act x register x role x (own record, somebody else's): wrongly allowed 0, wrongly refused 0."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from types import SimpleNamespace
from typing import Any

import every_act
import pytest
from contract_makers import a_contract, a_template, sealed
from every_act import On
from figures import proved, rounds
from makers import a_product, a_return, a_sample, a_scan, a_visit, an_order, dispatch, moved_to, saved, some_stock
from test_every_permission import ROLE_NAMES, expected

from dentalsales import exchange, usecases
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.rules import Conflict, NotAllowed, RuleBroken
from dentalsales.exchange import import_file
from dentalsales.i18n import Text, tr
from dentalsales.registers import REGISTERS
from dentalsales.usecases import attach, browse, bulk, list_groups, list_views, print_paper, repeat_paper, run_report
from dentalsales.usecases.browse import Query
from dentalsales.usecases.form import Form, form_from, new_form, open_form
from dentalsales.usecases.form_frame import FormFrame
from dentalsales.usecases.form_values import FormValues, LineView
from dentalsales.usecases.list_look import ViewContent

NAMES = {"mine": "瑞康口腔门诊部", "theirs": "安贞义齿加工所"}
PHONES = {"mine": "13811112222", "theirs": "13933334444"}
WECHAT = {"mine": "ruikang-wx-01", "theirs": "anzhen-wx-02"}
COST = Decimal("37.19")
OWNED = {
    "customers", "orders", "dispatch_notes", "receipts", "receivables", "ledger", "special_prices", "targets",
    "requirement_records", "contracts", "contract_progress",
    "site_visits", "samples", "complaints", "returns",
}  # fmt: skip
"""Registers of which a salesperson sees own records only (M3)."""
COST_ROLES = {"manager", "director", "vp", "general_manager", "finance"}
LONG = bool(rounds("S1", 0))
ON_SERVER = ("rep", "warehouse")
"""Who is tried on a server too: who sees own records only, and who sees covered ones; roles are asked before it is."""
HELD_BY = {"mine": "rep", "theirs": "rep2"}


def public_acts() -> set[str]:
    """Every public function of the service that takes a desk or a form, and every public word of a form."""
    found = set()
    for package in (usecases, exchange):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            loaded = importlib.import_module(module.name)
            for name, one in vars(loaded).items():
                if inspect.isfunction(one) and one.__module__ == module.name and not name.startswith("_"):
                    taken = inspect.signature(one).parameters.values()
                    words = " ".join(str(each.annotation) for each in taken if each.name != "pen")
                    names = {each.name for each in taken}
                    if names & {"desk", "form"} and ("Desk" in words or "Form" in words or "form" in names):
                        found.add(f"{module.name.rpartition('.')[2]}.{name}")
                if inspect.isclass(one) and one.__module__ == module.name and not name.startswith("_"):
                    begun = vars(one).get("__init__")
                    words = inspect.signature(begun).parameters.keys() if begun is not None else set()
                    if {"desk", "form"} & words and not issubclass(one, FormFrame):
                        found.add(f"{module.name.rpartition('.')[2]}.{name}")
    for cls in (Form, LineView):
        words = {name for base in cls.__mro__ for name in vars(base) if not name.startswith("_")}
        found |= {f"{cls.__name__}.{name}" for name in words}
    return found - {"pdf_parts.draw_foot"}


class Office:
    """A company with a customer of each of two salespeople, and every kind of paper for both."""

    def __init__(self, desks: Any, tmp: Any) -> None:
        self.desks, manager = desks, desks["manager"]
        self.business = manager.business
        self.scan = a_scan(desks)
        product = a_product(desks)
        some_stock(desks, product, 100)
        lot = open_form(desks["finance"], "lots", 1)
        lot.set("cost", COST)
        lot.save()
        self.customers: dict[str, int] = {}
        self.wording = 0
        self.files: dict[tuple[str, int], int] = {}
        self.prepared: dict[tuple[str, int], Any] = {}
        for whose, holder in HELD_BY.items():
            self.customers[whose] = self._customer(whose, desks[holder].employee_id)
            self._papers(whose, product)
        self.records = {one.name: self._of(one) for one in self.business.registers}
        self.tables = [one.table_name for one in self.business.registers if one.name in (*OWNED, "lots", "employees")]
        self.owned_tables = [one.table_name for one in self.business.registers if one.name in OWNED]
        self.words = ("安贞", "1")
        self.customer_words = NAMES
        content = ViewContent()
        self.views = {
            one.name: list_views.keep_view(manager, one.name, "shared", content, True).id
            for one in self.business.registers
        }
        self._attach_and_print()

    def _customer(self, whose: str, owner: int) -> int:
        manager = self.desks["manager"]
        form = new_form(manager, "customers")
        words = {"name": NAMES[whose], "contact": "王医生", "phone": PHONES[whose], "address": "1号", "owner_id": owner}
        for name, value in words.items():
            form.set(name, value)
        line = form.add_line("licences")
        line.set("kind", "clinic")
        line.set("number", "PDY10001")
        person = form.add_line("contacts")
        for name, value in {"name": "李护士", "phone": PHONES[whose], "wechat": WECHAT[whose]}.items():
            person.set(name, value)
        form.save()
        form.take("review")
        form.set("remarks", "x")
        form.set("phone", PHONES[whose][:-1] + "9")
        form.save()
        form.set("phone", PHONES[whose])
        form.save()
        return form.id

    def _papers(self, whose: str, product: int) -> None:
        desks, customer = self.desks, self.customers[whose]
        order = moved_to(desks, an_order(desks, customer, (product, 2)), "billed")
        a_return(desks, dispatch(desks, order.id).id, 1).save()
        special = new_form(desks[HELD_BY[whose]], "special_prices", customer_id=customer, reason="x",
                           valid_to=desks.clock.today)  # fmt: skip
        line = special.add_line("lines")
        line.set("product_id", product)
        line.set("unit_price", Decimal("90.00"))
        special.take("submit")
        a_visit(desks, HELD_BY[whose], customer_id=customer).take("submit")
        a_sample(desks, (product, 1), by=HELD_BY[whose], customer_id=customer).take("submit")
        month, me = desks.clock.today.replace(day=1), desks[HELD_BY[whose]].employee_id
        saved(desks["manager"], "targets", month_on=month, rep_id=me, amount=Decimal("100.00"))
        self._contract(HELD_BY[whose], customer, product)
        saved(desks["service"], "complaints", customer_id=customer, description="x")
        if whose == "mine":
            return
        saved(desks["clerk"], "spoken_names", customer_id=customer, said="树脂A2", product_id=product)
        saved(desks["marketing"], "market_activities", title="Exhibition", host_id=customer,
              starts_on=desks.clock.today, ends_on=desks.clock.today, budget=Decimal("5.00"))  # fmt: skip
        absent, deputy = desks["leader"].employee_id, desks["contract_admin"].employee_id
        lent = {"starts_on": desks.clock.today.replace(day=28), "ends_on": desks.clock.today.replace(day=28)}
        saved(desks["manager"], "delegations", absent_id=absent, deputy_id=deputy, **lent)

    def _contract(self, by: str, customer: int, product: int) -> None:
        desks = self.desks
        saved(desks[by], "requirement_records", customer_id=customer, need="x")
        self.wording = self.wording or a_template(desks)
        contract = sealed(desks, a_contract(desks, customer, self.wording, (product, 5, "120.00"), by=by))
        saved(desks["assistant"], "contract_progress", contract_id=contract.id, progress="x")

    def _of(self, register: Any) -> dict[str, int]:
        """Return a record of each owner; where nobody owns one, any stands for somebody else's."""
        record = register.record
        with self.desks.company.reading() as session:
            if register.name == "customers":
                return dict(self.customers)
            if register.name == "targets":
                rows = session.query(record.id, record.rep_id).all()
                return {
                    whose: next(i for i, rep in rows if rep == self.desks[by].employee_id)
                    for whose, by in HELD_BY.items()
                }
            if register.name not in OWNED:
                return {"theirs": session.query(record.id).order_by(record.id).first()[0]}
            rows = session.query(record.id, record.customer_id).all()
            return {whose: next(i for i, owner in rows if owner == key) for whose, key in self.customers.items()}

    def _attach_and_print(self) -> None:
        for name, by in FILED_BY.items():
            for record_id in self.records[name].values():
                kept = attach.add(self.desks[by], name, record_id, self.scan)
                self.files[name, record_id] = kept.id
                printout = next((one.name for one in self.business.printouts if one.register == name), None)
                if printout:
                    self.prepared[name, record_id] = print_paper.prepare(self.desks["manager"], printout, [record_id])

    def step(self, on: On) -> str:
        """A step that the register has, for acts that only need a name."""
        return on.register.workflow.steps[0].name if on.register.workflow else "none"

    def columns(self, register: Any) -> tuple[str, ...]:
        """All columns of a list, and what lies behind its links, whether or not the list offers it."""
        usual = [one if isinstance(one, str) else one.name for one in (*register.table.columns, *register.table.more)]
        links = [one for one in ("customer_id", "host_id") if one in register.record.__mapper__.columns]
        return (*usual, *(f"{link}.{name}" for link in links for name in ("name", "phone", "contact", "bank")))

    def saved(self, on: On) -> Any:
        """Save a form in which a plain field was changed, by whoever may change none."""
        form = on.form()
        plain = [name for name, one in form.fields().items() if form.can_edit(name) and one.kind in ("text", "note")]
        if plain:
            form.set(plain[0], f"{form.get(plain[0])}9")
        return form.save()

    def grouped(self, on: On) -> Any:
        """The groups of every column by which a list can be grouped."""
        shown = browse.all_columns(on.desk, on.name)
        offered = [one.name for one in shown if list_groups.may_group(one.kind)]
        return [
            self.tried(lambda n=name: list_groups.groups(on.desk, Query(on.name, group=n)), "can't be filtered")
            for name in offered
        ]

    def tried(self, act: Any, refusal: str) -> Any:
        """Do something that may be refused with a sentence of its own."""
        try:
            return act()
        except RuleBroken as broken:
            assert refusal in str(broken), broken
            return None


@pytest.fixture
def office(desks, tmp_path) -> Iterator[Office]:
    """Whatever an act of the test writes is taken back at its end: one company serves thousands of them."""
    made = Office(desks, tmp_path)
    company = desks.company
    writing = company.writing

    @contextmanager
    def taken_back(late: bool = False) -> Iterator[Any]:
        with pytest.raises(_TakenBack), writing(late) as session:
            yield session
            session.flush()
            raise _TakenBack

    company.writing = taken_back
    yield made
    company.writing = writing


class _TakenBack(Exception):
    """Nothing of it stays."""


def told(value: Any) -> str:
    """Everything that a result says, as one text."""
    words: list[str] = []
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            words.append(one)
        elif isinstance(one, Text):
            words.append(tr(one))
        else:
            inside = _parts(one)
            if inside is None:
                words.append(str(one))
            else:
                left += inside
    return " ".join(words)


def _parts(value: Any) -> Iterable[Any] | None:
    """Return what a value holds, None when it stands for itself."""
    if isinstance(value, list | tuple | set | frozenset):
        return value
    if isinstance(value, dict):
        return (*value.keys(), *value.values())
    if isinstance(value, Form | FormValues):
        return [read(value) for read in every_act.FORM_READS.values()]
    names = _names_in(type(value))
    if names:
        return [getattr(value, name) for name in names]
    return () if callable(value) else None


@cache
def _names_in(kind: type) -> tuple[str, ...]:
    """Return the fields of a plain record; what a register is made of says nothing of the company."""
    told_by_itself = is_dataclass(kind) and kind is not type and kind.__name__ not in ("Register", "Field")
    return tuple(one.name for one in fields(kind)) if told_by_itself else ()


def outcome(act: Any) -> tuple[str, Any]:
    """Return "refused" for want of a right, else "done" with what came of it, a rule of the business included."""
    try:
        return "done", act()
    except NotAllowed as refused:
        return "refused", refused
    except RuleBroken as broken:
        return "done", broken


def stands_for_others(role: str, register: Any, rows: dict[str, Any], walked: set[Any]) -> bool:
    """Say whether a role is tried on a register's records: of those with just the same rights there one is enough.

    That they do have the same rights, `test_every_permission` asks of every role. DENTALSALES_S1=1 tries all.
    """
    words = tuple(role in rows[word].split() for word in ("view", "create", "edit", "export"))
    steps = tuple(role in who.split() for who in rows.get("steps", {}).values())
    drafts = tuple(role in ROWS[one.name]["create"].split() for one in BUSINESS for _d in one.drafts_from)
    same = (register.name, words, steps, drafts, role in COST_ROLES, role == "rep", role in MANAGERS,
            reads_phones(role, "customers"), role in _route(register))  # fmt: skip
    new = same not in walked
    walked.add(same)
    return new or LONG


class Count:
    """What was tried, and what was wrong."""

    def __init__(self) -> None:
        self.tried, self.allowed, self.refused = 0, [], []
        self.leaks: list[str] = []

    def add(self, what: str, may: bool, result: str) -> None:
        self.tried += 1
        if result == "done" and not may:
            self.allowed.append(what)
        if result == "refused" and may:
            self.refused.append(what)

    def look(self, what: str, role: str, registers: Iterable[str], result: Any) -> None:
        """Look through a result for what the role may not read."""
        secret = [NAMES["theirs"], PHONES["theirs"], WECHAT["theirs"]] if role == "rep" else []
        if not any(reads_phones(role, one) for one in (*registers, "customers")):
            secret += [*PHONES.values(), *WECHAT.values()]
        if role not in COST_ROLES:
            secret += [str(COST)]
        text = told(result) if secret else ""
        self.leaks += [f"{what}: {word}" for word in secret if word in text]

    def is_clean(self, record: Any) -> None:
        proved(
            record, "S1", calls=self.tried, wrongly_allowed=len(self.allowed), wrongly_refused=len(self.refused),
            told_too_much=len(self.leaks),
        )  # fmt: skip
        wrong = [
            *(f"allowed: {one}" for one in self.allowed),
            *(f"refused: {one}" for one in self.refused),
            *self.leaks,
        ]
        assert not wrong, "\n".join(wrong)


def reads_phones(role: str, register: str) -> bool:
    """Who works with a register's records reads its phone numbers whole (S9)."""
    rows = ROWS[register]
    return (
        role in MANAGERS or role in f"{rows['create']} {rows['edit']}".split() or (role == "rep" and register in OWNED)
    )


MANAGERS = {"manager", "director"}
FILED_BY = {
    "customers": "manager", "orders": "clerk", "dispatch_notes": "clerk", "receipts": "finance",
    "site_visits": "assistant", "samples": "assistant",
}  # fmt: skip
"""Who attached the files of the test's company."""
ROWS: dict[str, Any] = {}
BUSINESS = REGISTERS


def may(rows: dict[str, Any], role: str, needs: Iterable[str], register: Any, whose: str) -> bool:
    """Say whether the matrix allows it: all words that are needed, and of own records only one's own."""
    steps = rows.get("steps", {})
    words = {
        **{word: set(rows[word].split()) for word in ("view", "create", "edit", "export")},
        "work": set(" ".join((rows["create"], rows["edit"], *steps.values(), *_route(register))).split()),
        "mine": MANAGERS,
        "filed": MANAGERS | {FILED_BY.get(register.name, "")},
        "list": set(ROLE_NAMES),
        "paper": set(ROLE_NAMES),
    }
    if role == "rep" and whose == "theirs" and register.name in OWNED and "list" not in needs:
        return False
    return all(role in words[word] for word in needs)


def _route(register: Any) -> set[str]:
    steps = register.workflow.steps if register.workflow else ()
    return {role for step in steps if step.on_route for role in step.roles}


def test_every_act_stands_in_the_table() -> None:
    named, there = every_act.every_name(), public_acts()
    assert not there - named, f"not in the table: {sorted(there - named)}"
    assert not named - there, f"in the table, but no act any more: {sorted(named - there)}"


def test_every_act_is_allowed_to_exactly_those_of_the_matrix(desks, office, kept_in, record_property) -> None:
    count = Count()
    business = office.business
    ROWS.update({one.name: expected(one) for one in business.registers})
    walked: set[Any] = set()
    for role in ROLE_NAMES if kept_in == "file" or LONG else ON_SERVER:
        desk = desks[role]
        for register in business.registers:
            rows = ROWS[register.name]
            new = stands_for_others(role, register, rows, walked)
            for whose, record_id in office.records[register.name].items() if new else ():
                on = On(desk, register, record_id, office)
                _records(count, on, role, rows, whose)
            for name, (needs, call) in every_act.REGISTER.items() if new or role not in rows["view"].split() else ():
                on = On(desk, register, 0, office)
                result, came = outcome(lambda c=call, o=on: c(o))
                if name == "form.new_form" and register.read_only:
                    continue
                if name == "bulk.bulk_steps" and register.workflow is None:
                    continue
                what = f"{name} {register.name} {role}"
                count.add(what, may(rows, role, needs, register, "list"), result)
                count.look(what, role, [register.name], came)
        _company(count, On(desk, business.registers[0], 0, office), role)
        _imports(count, desk, role, business)
        reports = tuple(role in one.view for one in business.reports)
        if (kind := (reports, role in COST_ROLES, role == "rep", reads_phones(role, "customers"))) not in walked:
            walked.add(kind)
            _finds(count, On(desk, business.registers[0], 0, office), role)
            _reports(count, desk, role, business)
    count.is_clean(record_property)


def _records(count: Count, on: On, role: str, rows: dict[str, Any], whose: str) -> None:
    if role != "rep" and whose == "mine" and not LONG:  # nobody else's rights ask whose it is
        result, came = outcome(on.form)
        count.add(f"form.open_form {on.name} {role}", may(rows, role, ("view",), on.register, whose), result)
        return
    table = dict(every_act.RECORD)
    if (on.name, on.record_id) in on.office.files:
        table |= every_act.ATTACHED
    if (on.name, on.record_id) in on.office.prepared:
        table |= every_act.PRINTED
    for name, (needs, call) in table.items():
        if name == "bulk.step_all" and on.register.workflow is None:
            continue
        if name == "duplicate.duplicate" and (on.register.read_only or on.register.only_from_papers):
            continue
        result, came = outcome(lambda c=call: c(on))
        what = f"{name} {on.name} {role} {whose}"
        if name == "form.open_form" or not isinstance(came, Form):
            count.look(what, role, [on.name], came)
        seen = may(rows, role, ("view",), on.register, whose)
        if name == "bulk.step_all":  # what may not be seen is no row of the list
            count.add(what, may(rows, role, ("view",), on.register, "list"), result)
        elif name == "Form.set" and seen and not _is_open(on):
            count.add(what, False, result)
        elif name == "Form.save" and seen and not _is_open(on):
            count.add(
                what, may(rows, role, needs, on.register, whose), "done" if isinstance(came, Conflict) else result
            )
        else:
            count.add(what, may(rows, role, needs, on.register, whose), result)
    if on.register.workflow is not None:
        _steps(count, on, role, rows, whose)
    _drafts(count, on, role, rows, whose)
    _bulk_fields(count, on, role, rows, whose)


def _is_open(on: On) -> bool:
    """Say whether the record can be changed in its state by anybody."""
    register = on.register
    if register.read_only:
        return False
    if register.workflow is None:
        return True
    with on.desk.company.reading() as session:
        return bool(register.workflow.state(session.get(register.record, on.record_id).state).editable)


def _steps(count: Count, on: On, role: str, rows: dict[str, Any], whose: str) -> None:
    with on.desk.company.reading() as session:
        record = session.get(on.register.record, on.record_id)
    for step in on.register.workflow.steps_from(record.state):
        result, came = outcome(lambda s=step: on.form().take(s.name, "x"))
        allowed = may(rows, role, ("view",), on.register, whose) and role in rows["steps"].get(step.name, "").split()
        if step.on_route:
            allowed = allowed and role == record.turn
        count.add(f"Form.take {step.name} {on.name} {role} {whose}", allowed, result)


def _drafts(count: Count, on: On, role: str, rows: dict[str, Any], whose: str) -> None:
    for register in on.desk.business.registers:
        for draft in (one for one in register.drafts_from if one.source == on.name):
            result, came = outcome(lambda d=draft: form_from(on.desk, on.name, on.record_id, d.name))
            sees = may(rows, role, ("view",), on.register, whose)
            creates = role in ROWS[register.name]["create"].split()
            began = result == "done" and isinstance(came, Form)
            what = f"form.form_from {draft.name} {on.name} {role} {whose}"
            count.add(what, sees and creates, "done" if began or (creates and result == "done") else "refused")
            count.look(what, role, [on.name, register.name], came)


def _bulk_fields(count: Count, on: On, role: str, rows: dict[str, Any], whose: str) -> None:
    if on.register.read_only or not any(one.bulk for one in _fields(on.register).values()):
        return
    name = next(name for name, one in _fields(on.register).items() if one.bulk and one.edit_roles is None)
    result, came = outcome(lambda: bulk.change_all(on.desk, on.query, name, "", lambda done, total: None))
    count.add(f"bulk.change_all {on.name} {role}", may(rows, role, ("edit",), on.register, "list"), result)
    if whose == "theirs" and role == "rep":
        assert not came.changed and not came.refused, "nothing of somebody else's is in the list"


def _fields(register: Any) -> dict[str, Any]:
    from dentalsales.blueprint.record import fields_of

    return fields_of(register.record)


def _company(count: Count, on: On, role: str) -> None:
    for name, (roles, call) in every_act.COMPANY.items():
        result, came = outcome(lambda c=call: c(on))
        count.add(f"{name} {role}", role in roles, result)


def _finds(count: Count, on: On, role: str) -> None:
    for name, call in every_act.FINDS.items():
        result, came = outcome(lambda c=call: c(on))
        count.add(f"{name} {role}", True, result)
        count.look(f"{name} {role}", role, ["customers"], came)


def _reports(count: Count, desk: Any, role: str, business: Any) -> None:
    for report in business.reports:
        for customer in (1, 2):
            choices = {"customer_id": customer}
            period = Period.month(desk.today)
            result, came = outcome(lambda r=report, c=choices, p=period: run_report.run(desk, r.name, p, **c))
            count.add(f"run_report.run {report.name} {role}", role in report.view, result)
            count.look(f"run_report.run {report.name} {role}", role, ["customers"], came)


def _imports(count: Count, desk: Any, role: str, business: Any) -> None:
    for kind in business.imports:
        source = SimpleNamespace(sheets=(SimpleNamespace(name="x"),))
        with pytest.raises((NotAllowed, AttributeError)) as caught:
            import_file.preview(desk, kind, source)
        count.add(f"import_file.preview {kind.name} {role}", role in kind.roles,
                  "refused" if caught.type is NotAllowed else "done")  # fmt: skip


def test_a_salesperson_does_not_reach_somebody_elses_customer_through_a_form(desks, office) -> None:
    theirs, desk = office.customers["theirs"], desks["rep"]
    form = new_form(desk, "special_prices")
    with pytest.raises(NotAllowed):
        form.set("customer_id", theirs)
    snapshot = form.snapshot() | {"customer_id": theirs}
    form.restore(snapshot)
    assert "安贞" not in told(form)
    form.set("valid_to", desk.today)
    with pytest.raises(RuleBroken):
        form.save()
    mine = open_form(desk, "special_prices", office.records["special_prices"]["mine"])
    mine.record.customer_id = theirs
    with pytest.raises(RuleBroken):
        mine.save()
    entry = new_form(desks["clerk"], "orders", customer_id=theirs)
    assert repeat_paper.earlier_papers(entry)


def test_rights_that_end_take_the_columns_and_the_others_records_along(desks, office) -> None:
    lent = desks["rep"]
    query = Query("customers")
    assert len(browse.page(lent, query).rows) == 1
    from dentalsales.usecases.rights import Lent, Rights

    lent._rights = Rights(frozenset({"rep"}), (Lent(1, frozenset({"manager"}), lent.today, lent.today),))
    assert len(browse.page(lent, query).rows) == 2
    assert "安贞" in told(every_act.FINDS["search.suggest"](On(lent, office.business.registers[0], 0, office)))
    lent.look_up_rights()
    assert "安贞" not in told(every_act.FINDS["search.suggest"](On(lent, office.business.registers[0], 0, office)))
