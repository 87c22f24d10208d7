"""Somebody else is quicker, at the worst moment: between all that a save has checked and its turn to write."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from threading import Thread
from typing import Any

import pytest
from desks import Desks, another_program
from makers import CONSENT, a_customer, a_price, a_product, an_order, filled, moved_to, some_stock
from sqlalchemy import event, text

from dentalsales.blueprint.rules import Conflict, RuleBroken
from dentalsales.storage.turn import TAKE
from dentalsales.usecases import settings_desk
from dentalsales.usecases.form import Form, open_form

pytestmark = pytest.mark.only_in("server")


@dataclass
class Race:
    """An act before whose turn others act; it counts how often the act asked for its turn."""

    desks: Desks
    turns: int = 0
    _others: list[Callable[[], object]] = field(default_factory=list)

    def run(self, mine: Callable[[], object], others: Callable[[], object]) -> str:
        """Do mine, and others' just before its turn; return what I was told, "" for nothing."""
        self.turns, self._others = 0, [others]
        event.listen(self.desks.company.engine, "before_cursor_execute", self._watch)
        try:
            mine()
        except RuleBroken as refusal:
            return f"{type(refusal).__name__}: {refusal}"
        finally:
            event.remove(self.desks.company.engine, "before_cursor_execute", self._watch)
            assert not self._others, "my act had its turn from the beginning"
        return ""

    def _watch(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement == TAKE:
            self.turns += 1
            while self._others:
                before = self.turns
                self._others.pop()()
                self.turns = before


@pytest.fixture
def race(desks: Desks) -> Race:
    return Race(desks)


def consented(form: Form) -> Callable[[], object]:
    return lambda: form.take("confirm_stock", asked=CONSENT)


def changed(form: Form, **values: Any) -> Callable[[], object]:
    """The save of a form with other values."""
    for name, value in values.items():
        form.set(name, value)
    return form.save


def new_price(desks: Desks, price: int, amount: str) -> Callable[[], object]:
    return changed(open_form(desks["manager"], "prices", price), unit_price=Decimal(amount))


def all_of(desks: Desks, query: str) -> list[Any]:
    with desks.company.reading() as session:
        return list(session.execute(text(query)).scalars())


def test_what_others_did_elsewhere_is_no_reason_to_do_it_again(desks: Desks, race: Race) -> None:
    customer, mine, theirs = a_customer(desks), a_product(desks), a_product(desks, "手套")
    some_stock(desks, mine), some_stock(desks, theirs)
    form = an_order(desks, customer, (mine, 2), save=False)
    other = an_order(desks, customer, (theirs, 1), by="clerk2", save=False)
    assert race.run(consented(form), consented(other)) == ""
    assert race.turns == 1 and {form.number[-3:], other.number[-3:]} == {"001", "002"} and other.number < form.number
    assert all_of(desks, "SELECT record_id FROM history WHERE step = 'confirm_stock' ORDER BY id") == [
        other.id,
        form.id,
    ]


def test_a_price_that_is_new_since_it_was_read_is_the_one_that_is_kept(desks: Desks, race: Race) -> None:
    product = a_product(desks, price=None)
    price = a_price(desks, product, "120.00")
    form = an_order(desks, a_customer(desks), (product, 2), save=False)
    assert race.run(form.save, new_price(desks, price, "99.00")) == ""
    assert race.turns == 2 and form.lines("lines")[0].get("unit_price") == Decimal("99.00")
    assert all_of(desks, 'SELECT total FROM "order"') == [19800]


def test_the_last_unit_goes_to_whoever_had_the_turn(desks: Desks, race: Race) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 1)
    form, other = (an_order(desks, customer, (product, 1), by=by, save=False) for by in ("clerk", "clerk2"))
    assert "is short: 1 支 needed, 0 available" in race.run(consented(form), consented(other))
    assert form.is_new and all_of(desks, 'SELECT form_key FROM "order"') == [other.key]
    assert all_of(desks, "SELECT reserved FROM stock_level") == [1]


def test_credit_that_somebody_else_used_up_is_gone(desks: Desks, race: Race) -> None:
    customer = a_customer(desks, terms="account", terms_days=30, credit_limit=Decimal("300.00"))
    product = a_product(desks, price="120.00")
    some_stock(desks, product)
    form, other = (moved_to(desks, an_order(desks, customer, (product, 2)), "reviewed") for _order in range(2))
    bills = [open_form(desks[by], "orders", one.id) for by, one in (("clerk", form), ("clerk2", other))]
    told = race.run(lambda: bills[0].take("bill"), lambda: bills[1].take("bill"))
    assert "passes the limit" in told and race.turns == 2
    assert all_of(desks, "SELECT count(*) FROM receivable") == [1]


def test_a_name_that_was_taken_meanwhile_is_taken(desks: Desks, race: Race) -> None:
    words = {"name": "广州齿材", "phone": "020-1", "address": "广州"}
    mine, theirs = filled(desks["manager"], "suppliers", **words), filled(desks["manager"], "suppliers", **words)
    assert "is taken by" in race.run(mine.save, theirs.save)
    assert all_of(desks, "SELECT count(*) FROM supplier") == [1]


def test_a_product_that_is_no_longer_sold_is_not_sold(desks: Desks, race: Race) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product)
    form = an_order(desks, customer, (product, 1), save=False)
    withdraw = changed(open_form(desks["manager"], "products", product), disabled=True)
    assert "is no longer sold" in race.run(consented(form), withdraw)
    assert form.is_new and all_of(desks, 'SELECT count(*) FROM "order"') == [0]


@pytest.mark.parametrize("values", [{"roles": "warehouse"}, {"disabled": True}])
def test_a_right_that_was_withdrawn_meanwhile_is_not_there(desks: Desks, race: Race, values: dict[str, Any]) -> None:
    form = an_order(desks, a_customer(desks), (a_product(desks), 1), save=False)
    withdraw = changed(open_form(desks["director"], "employees", desks["clerk"].employee_id), **values)
    assert race.run(form.save, withdraw).startswith("NotAllowed")
    assert all_of(desks, 'SELECT count(*) FROM "order"') == [0]


def test_a_policy_that_was_changed_meanwhile_holds(desks: Desks, race: Race) -> None:
    both = desks.of_roles("both", "clerk,manager")
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product)
    settings_desk.change(desks["manager"], "self_approval", True)
    order = an_order(desks, customer, (product, 1), by="both")
    order.take("confirm_stock", asked=CONSENT)
    review = open_form(both, "orders", order.id or 0)
    told = race.run(
        lambda: review.take("review"), lambda: settings_desk.change(desks["manager"], "self_approval", False)
    )
    assert "somebody else does" in told and race.turns == 2
    assert all_of(desks, 'SELECT state FROM "order"') == ["stock_confirmed"]


def test_a_newer_version_is_a_conflict_however_late_it_came(desks: Desks, race: Race) -> None:
    order = an_order(desks, a_customer(desks), (a_product(desks), 1))
    mine = changed(open_form(desks["clerk"], "orders", order.id or 0), remarks="我的")
    theirs = changed(open_form(desks["clerk2"], "orders", order.id or 0), remarks="他的")
    assert race.run(mine, theirs).startswith(Conflict.__name__)
    assert all_of(desks, 'SELECT remarks FROM "order"') == ["他的"]


def test_a_refusal_is_looked_at_again_before_it_is_told(desks: Desks, race: Race) -> None:
    """What was missing when the act looked came before its turn: it is not refused for it."""
    product = a_product(desks)
    some_stock(desks, product)
    form = an_order(desks, a_customer(desks), (product, 1), save=False)
    changed(open_form(desks["manager"], "products", product), disabled=True)()
    offer = changed(open_form(desks["manager"], "products", product), disabled=False)
    assert race.run(consented(form), offer) == ""
    assert form.state.name == "stock_confirmed" and race.turns == 2


def test_a_save_that_was_given_up_leaves_no_row_and_no_gap_behind(desks: Desks, race: Race) -> None:
    customer, product = a_customer(desks), a_product(desks, price=None)
    price = a_price(desks, product, "120.00")
    some_stock(desks, product)
    forms = [an_order(desks, customer, (product, 1), save=False) for _order in range(3)]
    amounts = ["110.00", "100.00", "90.00"]
    for amount, form in zip(amounts, forms, strict=True):
        assert race.run(consented(form), new_price(desks, price, amount)) == "" and race.turns == 2
    assert [form.number[-3:] for form in forms] == ["001", "002", "003"]
    assert all_of(desks, "SELECT amount / 100 FROM order_line ORDER BY id") == [110, 100, 90]
    assert all_of(desks, "SELECT count(*) FROM history WHERE step = 'confirm_stock'") == [3]
    assert all_of(desks, "SELECT reserved FROM stock_level") == [3]


def test_two_who_wait_for_each_other_both_come_to_their_end(desks: Desks, race: Race) -> None:
    """My order has no turn yet and names a product whose code somebody changes in his: he waits for me, I for him."""
    product = a_product(desks)
    form = an_order(desks, a_customer(desks), (product, 1), save=False)
    changing = changed(open_form(desks["manager"], "products", product), code="P-NEW")
    told: list[BaseException] = []

    def change() -> None:
        try:
            changing()
        except BaseException as error:
            told.append(error)

    def begin() -> None:
        thread.start()
        with another_program(desks.company) as other:
            while not other.execute("SELECT FROM pg_locks WHERE NOT granted").fetchall():
                assert thread.is_alive()

    thread = Thread(target=change)
    assert race.run(form.save, begin) == ""
    thread.join()
    assert told == [] and form.id is not None
    assert all_of(desks, "SELECT code FROM product") == ["P-NEW"]
    assert all_of(desks, 'SELECT count(*) FROM "order"') == [1]


def test_a_cable_that_is_pulled_while_all_is_asked_again_loses_nothing(desks: Desks, race: Race) -> None:
    form = an_order(desks, a_customer(desks), (a_product(desks), 1), save=False)
    idle = "application_name = 'dentalsales' AND state = 'idle'"

    def pull() -> None:
        with another_program(desks.company) as other:
            assert other.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {idle}").fetchall()

    assert "connection to the server was lost" in race.run(form.save, pull)
    assert form.is_new and all_of(desks, 'SELECT count(*) FROM "order"') == [0]
    form.save()
    assert all_of(desks, 'SELECT form_key FROM "order"') == [form.key]
