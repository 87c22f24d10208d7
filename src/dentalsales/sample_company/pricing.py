"""The price list with one change of prices in between, and the special prices that some customers were granted."""

from datetime import date, timedelta
from random import Random

from dentalsales.registers.prices import Price
from dentalsales.registers.special_prices import SpecialPrice, SpecialPriceLine
from dentalsales.sample_company.amounts import price
from dentalsales.sample_company.book import Book
from dentalsales.sample_company.catalogue import Goods
from dentalsales.sample_company.partners import Partner
from dentalsales.sample_company.working_days import DAY, WorkingDays

LEVELS = (("list", 100), ("a", 78), ("b", 86), ("c", 93))
"""Level and its percentage of the list price."""
ROUTE = ("vp", "general_manager", "manager")
FATES = ("approved",) * 6 + ("vp", "manager", "rejected", "draft")
"""Where the special prices stand: approved, waiting for a role, sent back, not submitted."""

Special = dict[tuple[int, int], tuple[date, date, int]]
"""(customer, product) -> valid from, valid to, price of the usual unit."""


def list_prices(book: Book, goods: list[Goods], days: WorkingDays, rng: Random) -> None:
    """Enter the prices of all levels; most products cost more from a day five months ago."""
    first = days.days[0] - timedelta(days=120)
    change = (days.days[-1] - timedelta(days=150)).replace(day=1)
    for one in goods:
        dearer = rng.choice((0, 3, 4, 5, 6))
        for level, percent in LEVELS:
            parts = _round(one.base * percent // 100)
            one.prices[level] = [(first, parts)]
            _enter(book, one, level, parts, first, change - timedelta(days=1) if dearer else None)
            if dearer:
                later = _round(parts * (100 + dearer) // 100)
                one.prices[level].insert(0, (change, later))
                _enter(book, one, level, later, change, None)


def _enter(book: Book, goods: Goods, level: str, parts: int, since: date, until: date | None) -> None:
    book.enter(Price, product_id=goods.id, level=level, unit=goods.unit, unit_price=price(parts), valid_from=since,
               valid_to=until)


def _round(parts: int) -> int:
    """Dear goods cost whole jiao, cheap ones whole fen."""
    step = 1000 if parts > 200_000 else 100
    return max(step, parts // step * step)


def special_prices(book: Book, partners: list[Partner], days: WorkingDays) -> Special:
    """Enter applications for special prices of customers on account, and return what was approved."""
    found: Special = {}
    asking = [one for one in partners if one.row["terms"] == "account" and one.since < DAY][: len(FATES)]
    for index, (partner, fate) in enumerate(zip(asking, FATES, strict=False)):
        open_still = fate in ("vp", "manager", "rejected", "draft")
        at = (len(days.days) - 6 + index % 4 if open_still else 8 + index * 9) * DAY + 540 + index * 7
        chosen = list(dict.fromkeys(partner.favourites))[:3]
        for one in chosen:
            parts = _round(one.price_on(partner.row["price_level"], days.day(at))[0] * 88 // 100)
            since = days.day(at) + timedelta(days=5)
            found[partner.row["id"], one.id] = (since, since + timedelta(days=150 if index == 1 else 364), parts)
        _application(book, partner, chosen, found, days, at, fate)
        if fate != "approved":
            for one in chosen:
                del found[partner.row["id"], one.id]
    return found


def _application(book: Book, partner: Partner, chosen: list[Goods], prices: Special, days: WorkingDays, at: int,
                 fate: str) -> None:
    since, until, _parts = prices[partner.row["id"], chosen[0].id]
    rep = book.logins[partner.row["owner_id"]]
    row = book.row(
        SpecialPrice, customer_id=partner.row["id"], valid_from=since, valid_to=until, entered_at=days.at(at),
        reason="年采购量大,对方要求与主要竞争对手持平", entered_by_id=book.staff[rep], state="draft",
    )
    for position, one in enumerate(chosen):
        book.enter(
            SpecialPriceLine, special_price_id=row["id"], position=position, product_id=one.id, unit=one.unit,
            list_price=price(one.price_on("list", since)[0]), unit_price=price(prices[partner.row["id"], one.id][2]),
        )
    _walk(book, row["id"], row, days, at, fate, rep)
    book.add(SpecialPrice, row)


def _walk(book: Book, key: int, row: dict[str, object], days: WorkingDays, at: int, fate: str, rep: str) -> None:
    """Submit the application and let the route approve it as far as its fate goes."""
    log = book.log
    log("special_prices", key, "created", ("", "draft"), rep, days.at(at))
    if fate == "draft":
        return
    row.update(state="in_review", number=book.number("TP", days.day(at)), route=",".join(ROUTE), turn=ROUTE[0])
    log("special_prices", key, "submit", ("draft", "in_review"), rep, days.at(at + 4))
    for position, role in enumerate(ROUTE):
        moment = days.at(days.later(at, position, 55))
        if role == fate:
            return
        if fate == "rejected":
            row.update(state="rejected", turn="")
            log("special_prices", key, "reject", ("in_review", "rejected"), role, moment, "毛利过低,请与客户再谈", role)
            return
        row["route_position"] = position + 1
        row["turn"] = (*ROUTE, "")[position + 1]
        row["state"] = "in_review" if row["turn"] else "approved"
        log("special_prices", key, "approve", ("in_review", row["state"]), role, moment, "", role)  # type: ignore[arg-type]
