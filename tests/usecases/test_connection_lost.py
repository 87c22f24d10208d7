"""The cable is pulled at any statement of a save: nothing is doubled or lost, and the same form saves again (R12)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from desks import Desks, another_program
from figures import proved, rounds
from makers import CONSENT, a_customer, a_product, an_order, some_stock
from sqlalchemy import event, text

from dentalsales.blueprint.rules import Conflict, RuleBroken
from dentalsales.storage.company import Company
from dentalsales.usecases.compare import Comparison
from dentalsales.usecases.form import open_form

pytestmark = pytest.mark.only_in("server")
CUTS = rounds("R12", 1)
"""So many at least; each statement of a save is one of them."""


@contextmanager
def cut_at(company: Company, moment: int) -> Iterator[list[str]]:
    """End the connection before its so-many-th statement; yields the statements that were begun."""
    begun: list[str] = []

    def cut(connection: Any, cursor: Any, statement: str, *_more: Any) -> None:
        begun.append(statement)
        if len(begun) == moment:
            with another_program(company) as other:
                other.execute("SELECT pg_terminate_backend(%s)", (cursor.connection.info.backend_pid,))

    event.listen(company.engine, "before_cursor_execute", cut)
    try:
        yield begun
    finally:
        event.remove(company.engine, "before_cursor_execute", cut)


@contextmanager
def cut_around_commit(company: Company, kept: bool) -> Iterator[None]:
    """End the connection at the commit: before it reached the server, or before its answer came back."""
    dialect: Any = company.engine.dialect
    commit = dialect.do_commit

    def cut(connection: Any) -> None:
        if kept:
            commit(connection)
        driver = connection.dbapi_connection
        with another_program(company) as other:
            other.execute("SELECT pg_terminate_backend(%s)", (driver.info.backend_pid,))
        driver.execute("SELECT 1")

    dialect.do_commit = cut
    try:
        yield
    finally:
        del dialect.do_commit


def papers(company: Company) -> list[Any]:
    with company.reading() as session:
        return list(session.execute(text('SELECT number, state, total FROM "order" ORDER BY id')))


def test_a_save_that_was_cut_off_anywhere_is_repeated_by_the_same_form(desks: Desks, record_property: Any) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 100_000)
    company, moment, cuts, uncut, sentences = desks.company, 0, 0, 0, set()
    while True:
        moment += 1
        form = an_order(desks, customer, (product, 2), save=False)
        before = len(papers(company))
        with cut_at(company, moment) as begun:
            try:
                form.take("confirm_stock", asked=CONSENT)
                finished = True
            except RuleBroken as refusal:
                finished = False
                sentences.add(str(refusal))
        if finished:
            uncut, moment = uncut + 1, 0
            if cuts >= CUTS:
                break
            continue
        cuts += 1
        assert len(begun) == moment and len(papers(company)) == before
        assert form.is_new and form.lines("lines")[0].get("quantity") == 2
        form.take("confirm_stock", asked=CONSENT)
        assert len(papers(company)) == before + 1
    kept, numbers = len(papers(company)), len({row.number for row in papers(company)})
    proved(record_property, "R12 new papers", cut=cuts, doubles=kept - numbers, lost=cuts + uncut - kept)
    assert cuts >= 15 and kept == numbers == cuts + uncut
    assert len(sentences) == 1 and "What you entered is still here" in sentences.pop()
    last = max(row.number for row in papers(company))
    assert last.endswith(f"-{kept:03}"), "no number is missing"
    with company.reading() as session:
        assert session.scalar(text("SELECT reserved FROM stock_level")) == 2 * kept


def test_a_change_that_was_cut_off_anywhere_is_saved_once_by_the_same_form(desks: Desks, record_property: Any) -> None:
    """A change of head and lines, then another line and one less: whatever was cut, the next save keeps all of it."""
    product, company = a_product(desks), desks.company
    form = an_order(desks, a_customer(desks), (product, 1), (product, 2))
    cuts = moment = tries = 0
    while True:
        tries += 1
        version, quantity = form.version, 10 + tries
        form.set("remarks", f"第 {tries} 次")
        form.remove_line("lines", 0)
        line = form.add_line("lines")
        line.set("product_id", product)
        line.set("quantity", quantity)
        try:
            moment += 1
            with cut_at(company, moment):
                form.save()
            if cuts >= CUTS:
                break
            moment = 0
        except RuleBroken:
            stored = open_form(desks["manager"], "orders", form.id or 0)
            assert stored.version == form.version == version and stored.get("remarks") != form.get("remarks")
            assert form.is_changed and form.lines("lines")[1].get("quantity") == quantity
            form.save()
            cuts += 1
        stored = open_form(desks["manager"], "orders", form.id or 0)
        assert (stored.version, stored.get("remarks")) == (version + 1, form.get("remarks"))
        assert [one.get("quantity") for one in stored.lines("lines")][1:] == [quantity]
    proved(record_property, "R12 changes", cut=cuts, doubles=len(papers(company)) - 1, lost=0)
    assert cuts >= 15 and len(papers(company)) == 1


def test_a_change_whose_commit_was_never_answered_is_found_to_be_saved(desks: Desks) -> None:
    """The second save meets the first one, which looks like somebody else's; nothing differs, so nothing is asked."""
    form = an_order(desks, a_customer(desks), (a_product(desks), 2))
    form.lines("lines")[0].set("quantity", 5)
    form.set("remarks", "周五送")
    with cut_around_commit(desks.company, kept=True), pytest.raises(RuleBroken, match="connection to the server"):
        form.save()
    assert form.is_changed
    with pytest.raises(Conflict):
        form.save()
    comparison = Comparison(form)
    assert comparison.nothing_to_ask
    comparison.merge()
    assert not form.is_changed and form.version == open_form(desks["manager"], "orders", form.id or 0).version == 2


@pytest.mark.parametrize("kept", [False, True])
def test_an_order_whose_commit_was_never_answered_is_saved_once(desks: Desks, kept: bool) -> None:
    form = an_order(desks, a_customer(desks), (a_product(desks), 2), save=False)
    with cut_around_commit(desks.company, kept), pytest.raises(RuleBroken, match="connection to the server was lost"):
        form.save()
    assert len(papers(desks.company)) == kept
    form.save()
    assert len(papers(desks.company)) == 1 and form.id is not None
