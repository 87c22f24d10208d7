"""What the customers want: which day brings how many orders, who calls, and what he takes."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from dentalsales.sample_company.catalogue import Goods
from dentalsales.sample_company.partners import TRADE, Partner
from dentalsales.sample_company.working_days import DAY, LATEST_TODAY, SHUTS, WorkingDays, busyness

LINES = (1, 2, 3, 4, 5, 5, 6, 7, 8, 9)
FAVOURITES = 25
STOPS = (
    "entered entered stock_confirmed entered entered stock_confirmed reviewed entered waiting stock_confirmed paid "
    "stock_confirmed waiting reviewed paid billed paid waiting billed reviewed billed - billed sent part_sent billed "
    "sent - part_sent sent delivered sent - part_sent delivered sent - part_sent sent delivered sent"
).split()
"""Where the newest orders stand, the last one first; "-" goes on by itself."""
PREPAID_STOPS = ("reviewed", "paid")
FATES = ((150, 70, "reverse"), (97, 40, "void"), (210, 111, "reverse_rest"))
"""Every how many orders, beginning with which, something goes wrong."""
BEFORE_NOON = 0.6


@dataclass(frozen=True)
class Plan:
    """An order to come."""

    moment: int
    stop: str = ""
    fate: str = ""


def plans(days: WorkingDays, orders: int, rng: Random) -> list[list[Plan]]:
    """Return the orders of every day; together exactly so many."""
    load = [busyness(day) * rng.uniform(0.75, 1.25) for day in days.days]
    load[-1] = max(load[-1], 1.0)
    whole, sums = sum(load), list(accumulate(load))
    counts = [round(orders * done / whole) - round(orders * (done - part) / whole) for part,
              done in zip(load, sums, strict=True)]
    moments = [moment for index, count in enumerate(counts) for moment in _moments(index, len(counts) - 1, count, rng)]
    found: list[list[Plan]] = [[] for _day in days.days]
    for index, moment in enumerate(moments):
        before_last = len(moments) - 1 - index
        stop = STOPS[before_last].strip("-") if before_last < len(STOPS) else ""
        fate = next((name for every, at, name in FATES if index % every == at), "") if before_last >= 60 else ""
        found[moment // DAY].append(Plan(moment, stop, fate))
    return found


def _moments(index: int, last: int, count: int, rng: Random) -> list[int]:
    """Return when the orders of a day come in; most of them in the morning."""
    if index == last:
        return sorted(index * DAY + rng.randint(511, LATEST_TODAY - 8) for _order in range(count))
    hours = ((511, 12 * 60) if rng.random() < BEFORE_NOON else (13 * 60, SHUTS - 45) for _order in range(count))
    return sorted(index * DAY + rng.randint(*span) for span in hours)


class Pool:
    """Things with weights to choose from."""

    def __init__(self, things: Sequence[object], weights: Sequence[float]) -> None:
        self.things, self.sums = things, list(accumulate(weights))

    def pick(self, rng: Random) -> object:
        """Choose one by weight."""
        return self.things[bisect(self.sums, rng.random() * self.sums[-1])]


class Demand:
    """Chooses who orders and what, out of habit first."""

    def __init__(self, partners: list[Partner], goods: list[Goods], days: WorkingDays, rng: Random) -> None:
        self.days, self.rng = days, rng
        self.newcomer = partners[-1]
        served = [one for one in partners if one.row["state"] == "active"]
        self._partners = Pool(served, [TRADE[one.kind] * rng.uniform(0.3, 2.2) for one in served])
        clinic, lab = ([one for one in goods if one.family.buyers == buyers] for buyers in ("clinic", "lab"))
        self._clinic, self._lab = (Pool(some, [one.weight for one in some]) for some in (clinic, lab))
        self._short = [one for one in goods if one.starved_from is not None and one.family.buyers == "clinic"]
        self._greeted = False
        for one in served:
            one.favourites = [self._from_pool(one) for _turn in range(FAVOURITES)]

    def partner(self, plan: Plan) -> Partner:
        """Return who orders; the new customer is one of them."""
        if plan.stop == "stock_confirmed" and not self._greeted and plan.moment > self.newcomer.since:
            self._greeted = True
            self.newcomer.favourites = [self._from_pool(self.newcomer) for _turn in range(FAVOURITES)]
            return self.newcomer
        while True:
            partner = self._partners.pick(self.rng)
            assert isinstance(partner, Partner)
            if partner.since < plan.moment and (plan.stop not in PREPAID_STOPS or partner.row["terms"] == "prepay"):
                return partner

    def wanted(self, partner: Partner, plan: Plan) -> list[tuple[Goods, int]]:
        """Return products and how many usual units of each."""
        found: dict[Goods, int] = {}
        if plan.stop == "waiting":
            scarce = min(self._short, key=lambda one: (one.available(self.days.day(plan.moment)), one.id))
            found[scarce] = max(0, scarce.available(self.days.day(plan.moment))) // scarce.factor + self.rng.randint(2,
                                                                                                                     5)
        lines = self.rng.choice(LINES)
        for goods in self._candidates(partner):
            if len(found) >= lines:
                break
            quantity = self.rng.randint(1, goods.family.most) * (3 if partner.kind == "dealer" else 1)
            if goods not in found and self._is_taken(goods, quantity, plan):
                found[goods] = quantity
        return list(found.items()) or [(partner.favourites[0], 1)]

    def _candidates(self, partner: Partner) -> Iterator[Goods]:
        for _try in range(40):
            yield self.rng.choice(partner.favourites) if self.rng.random() < 0.8 else self._from_pool(partner)

    def _is_taken(self, goods: Goods, quantity: int, plan: Plan) -> bool:
        """What is short is seldom ordered: the clerk sees it and offers something else."""
        if goods.available(self.days.day(plan.moment)) >= quantity * goods.factor:
            return True
        return not plan.stop and self.rng.random() < 0.2

    def _from_pool(self, partner: Partner) -> Goods:
        for_lab = partner.kind == "lab" or (partner.kind == "dealer" and self.rng.random() < 0.15)
        goods = (self._lab if for_lab else self._clinic).pick(self.rng)
        assert isinstance(goods, Goods)
        return goods
