"""Eight at once, on each kind of company: numbers without gaps and doubles, nothing sold twice (goals R5, R7)."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from desks import Desks, opened_beside
from figures import Record, proved, rounds
from makers import CONSENT, a_customer, a_product, filled, some_stock
from sqlalchemy import text

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.registers.stock import reserve
from dentalsales.usecases.write_form import write_form

CLERKS, PAPERS = 8, rounds("R5", 100)
ROUNDS = rounds("R7", 125)
"""Eight sellers each: a thousand tries."""
ORDERS = 3
"""From the entry to the promised goods, by each of the eight."""


class TakenBack(Exception):
    """A clerk's save that does not come to its end."""


@pytest.fixture
def clerks(desks: Desks, business: Any, clock: Any) -> Iterator[list[Any]]:
    """The desks of eight clerks: in a file eight threads of the one program, on a server eight connections."""
    companies = [opened_beside(desks.company) for _clerk in range(CLERKS)]
    yield [Desks(business, company, clock)["clerk"] for company in companies]
    for company in companies:
        if company is not desks.company:
            company.close()


def where(desks: Desks) -> str:
    """On which kind of company it was tried."""
    return "in a file" if desks.company.exclusive else "on a server"


def all_at_once(
    clerks: list[Any], work: Callable[[Any, int], None], together: threading.Barrier | None = None
) -> list[str]:
    """Let every clerk work in a thread; return what they were told, which should be nothing.

    Nobody waits at `together` for somebody who was told something.
    """
    told: list[str] = []
    begin = threading.Barrier(len(clerks))

    def run(desk: Any, which: int) -> None:
        begin.wait()
        try:
            work(desk, which)
        except Exception as error:
            told.append(f"{type(error).__name__}: {error}")
            if together is not None:
                together.abort()

    threads = [threading.Thread(target=run, args=(desk, which)) for which, desk in enumerate(clerks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_eight_writers_get_numbers_without_doubles_and_gaps(
    desks: Desks, clerks: list[Any], record_property: Record
) -> None:
    """A hundred papers each; one in ten is taken back when it has its number already."""
    kept = Counter[int]()

    def keep(form: Any, taken_back: bool, act: Any) -> None:
        assert write_form(form, act).number
        if taken_back:
            raise TakenBack

    def write(desk: Any, which: int) -> None:
        chance = random.Random(which)
        for paper in range(PAPERS):
            form = filled(
                desk, "customers", name=f"诊所 {which}-{paper}", contact="王", phone="13800000001", address="北京"
            )
            try:
                desk.perform(partial(keep, form, chance.random() < 0.1))
                kept[which] += 1
            except TakenBack:
                pass

    told = all_at_once(clerks, write)
    with desks.company.reading() as session:
        numbers = session.scalars(text("SELECT number FROM customer ORDER BY number")).all()
        history = session.scalars(text("SELECT record_id FROM history WHERE register = 'customers' ORDER BY id")).all()
    counts = sorted(int(number.rpartition("-")[2].lstrip("C")) for number in numbers)
    doubles, gaps = len(counts) - len(set(counts)), counts[-1] - len(set(counts)) if counts else 0
    figures = {"papers": len(numbers), "doubles": doubles, "gaps": gaps, "errors_shown": len(told)}
    proved(record_property, f"R5 {where(desks)}", **figures)
    assert told == []
    assert (doubles, gaps, len(numbers)) == (0, 0, kept.total())
    assert len(numbers) < CLERKS * PAPERS and len(history) == len(numbers)


def test_the_last_unit_is_promised_to_one_of_eight_sellers(
    desks: Desks, clerks: list[Any], record_property: Record
) -> None:
    """In every round one unit is left, and all eight ask for it."""
    product = a_product(desks)
    some_stock(desks, product, ROUNDS)
    sold, turn = Counter[int](), threading.Barrier(CLERKS)
    take = text("UPDATE stock_level SET reserved = on_hand - 1 WHERE product_id = :product")

    def sell(desk: Any, which: int) -> None:
        for number in range(ROUNDS):
            if which == 0:
                with desk.writing() as act:
                    act.session.execute(take, {"product": product})
            turn.wait()
            if not desk.perform(lambda act: reserve(act, {product: 1})):
                sold[number] += 1
            turn.wait()

    told = all_at_once(clerks, sell, turn)
    with desks.company.reading() as session:
        level = session.execute(text("SELECT on_hand, reserved FROM stock_level")).one()
    oversold, undersold = sum(number > 1 for number in sold.values()), ROUNDS - len(sold)
    proved(record_property, f"R7 {where(desks)}", tries=CLERKS * ROUNDS, oversold=oversold, undersold=undersold)
    assert told == []
    assert set(sold.values()) == {1} and len(sold) == ROUNDS
    assert level.on_hand == level.reserved == ROUNDS


@pytest.mark.only_in("server")
def test_eight_clerks_sell_the_same_shelf_empty_by_whole_orders(
    desks: Desks, clerks: list[Any], record_property: Record
) -> None:
    """Of 24 orders for 15 units 15 come about: they have the numbers from 1 to 15, the others read what is short."""
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 15)
    short: list[str] = []

    def sell(desk: Any, which: int) -> None:
        for _order in range(ORDERS):
            form = filled(desk, "orders", customer_id=customer)
            form.add_line("lines").set("product_id", product)
            form.lines("lines")[0].set("quantity", 1)
            try:
                form.take("confirm_stock", asked=CONSENT)
            except RuleBroken as refusal:
                short.append(str(refusal))

    told = all_at_once(clerks, sell)
    with desks.company.reading() as session:
        numbers = session.scalars(text('SELECT number FROM "order" ORDER BY number')).all()
        entries = session.scalars(text("SELECT record_id FROM history WHERE step = 'confirm_stock'")).all()
        level = session.execute(text("SELECT on_hand, reserved FROM stock_level")).one()
    oversold = level.reserved - level.on_hand
    proved(record_property, "R7 whole orders", orders=len(numbers), oversold=oversold, errors_shown=len(told))
    assert told == [] and len(short) == CLERKS * ORDERS - 15 and all("is short" in one for one in short)
    assert [number[-3:] for number in numbers] == [f"{count:03}" for count in range(1, 16)]
    assert len(set(entries)) == len(entries) == 15 and (level.on_hand, level.reserved) == (15, 15)
