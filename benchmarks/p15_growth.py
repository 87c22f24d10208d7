"""P15: list, search and save on a million lines, against the same on a hundred thousand."""

from collections.abc import Iterator
from contextlib import ExitStack

from benchmarks import p3_first_page, p5_search, p6_save_order
from benchmarks.ground import Ground, desk_in, found_or_made, raw_in
from benchmarks.measure import Result, Turn, compare, turns
from dentalsales.usecases import browse, search
from dentalsales.usecases.desk import Desk

LIMIT = 1.3


def measure(ground: Ground) -> Iterator[Result]:
    """The smaller company has the same customers and products, and a tenth of the orders."""
    tenth = found_or_made(ground.company.with_name(ground.company.name + "-tenth"), "tenth")
    with ExitStack() as opened:
        much, little = (
            opened.enter_context(desk_in(ground.copied(name, company), "clerk"))
            for name, company in (("p15-much", ground.company), ("p15-little", tenth))
        )
        yield compare("P15", "first page of the orders", _page(much), _page(little), ground.rounds * 10, LIMIT, 10)
        for table, typed, name in p5_search.SEARCHES:
            sides = _suggest(much, table, typed), _suggest(little, table, typed)
            yield compare("P15", name, *sides, ground.rounds * 10, LIMIT, 5)
        yield compare("P15", "save of a 20-line order", _save(much), _save(little), ground.rounds * 2, LIMIT, 3)


def _page(desk: Desk) -> Turn:
    return turns(lambda: browse.page(desk, browse.Query("orders"), limit=p3_first_page.ROWS))


def _suggest(desk: Desk, table: str, typed: str) -> Turn:
    return turns(lambda: search.suggest(desk, table, typed, p5_search.SHOWN))


def _save(desk: Desk) -> Turn:
    with raw_in(desk.company.folder) as raw:
        return p6_save_order.saving(desk, p6_save_order.a_customer(raw), p6_save_order.products_in_stock(raw), "")
