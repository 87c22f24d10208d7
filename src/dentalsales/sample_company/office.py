"""The office at work: who orders what on which day, and the days one after the other."""

from collections.abc import Callable
from datetime import date
from functools import partial

from dentalsales.exchange.progress import tell
from dentalsales.registers.customers import Customer
from dentalsales.sample_company.agenda import Agenda
from dentalsales.sample_company.amounts import yuan
from dentalsales.sample_company.book import Book
from dentalsales.sample_company.catalogue import Catalogue, enter_products
from dentalsales.sample_company.complaints import write_complaints
from dentalsales.sample_company.contracts import Contracts
from dentalsales.sample_company.demand import Demand, Plan, plans
from dentalsales.sample_company.dice import Dice
from dentalsales.sample_company.order_desk import OrderDesk
from dentalsales.sample_company.partners import Partners, make_suppliers
from dentalsales.sample_company.people import REPS, employ, hang_up_the_sign, set_targets
from dentalsales.sample_company.pricing import list_prices, special_prices
from dentalsales.sample_company.returns import Returns
from dentalsales.sample_company.sale import Sale, write_sale
from dentalsales.sample_company.samples import Samples
from dentalsales.sample_company.shipping import Shipping
from dentalsales.sample_company.sizes import Size
from dentalsales.sample_company.stock_room import StockRoom
from dentalsales.sample_company.till import Till
from dentalsales.sample_company.visits import Visits
from dentalsales.sample_company.voucher import keep_voucher
from dentalsales.sample_company.working_days import DAY, OPENS, WorkingDays
from dentalsales.storage.company import Company


class Office:
    """One run of the sample company."""

    def __init__(self, company: Company, today: date, seed: int, size: Size) -> None:
        self.rng, self.size = Dice(seed), size
        self.days = WorkingDays(_months_before(today, size.months), today)
        self.book = Book(company, size.lean)
        self.agenda = Agenda(self.days.last)
        self.users = employ(self.book, self.days)
        hang_up_the_sign(self.book, self.days)
        partners = Partners(self.book, self.days, self.rng)
        self.partners = partners.make(size.customers)
        catalogue = Catalogue(self.book, self.rng, today)
        goods = catalogue.make(size.products, make_suppliers(self.book, catalogue.makers, today, partners))
        list_prices(self.book, goods, self.days, self.rng)
        self.room = StockRoom(self.book, self.days, self.rng, goods, size.orders / len(self.days.days))
        enter_products(self.book, goods)
        self.demand = Demand(self.partners, goods, self.days, self.rng)
        special = special_prices(self.book, self.partners, self.days)
        contracts = Contracts(self.book, self.days)
        contracts.make(self.partners)
        Samples(self.book, self.days, self.agenda, self.room).plan(self.partners)
        Visits(self.book, self.days).make(self.partners)
        self.till = Till(self.book, self.days, self.agenda, self.rng)
        shipping = Shipping(self.book, self.days, self.agenda, self.rng, self.room, self.till,
                            None if size.lean else keep_voucher(company))
        self.desk = OrderDesk(self.book, self.days, self.agenda, self.rng, self.till, shipping, special,
                              contracts)
        self.sales: list[Sale] = []
        Returns(self.book, self.days, self.agenda, self.room, shipping, lambda: self.sales).plan()

    def work(self, progress: Callable[[int, int], bool] | None) -> None:
        """Live through all days, and write a month as soon as it is over."""
        self.room.open()
        self.agenda.put((len(self.days.days) - 30) * DAY + OPENS + 20, self.room.bargain)
        coming = plans(self.days, self.size.orders, self.rng)
        for index, day in enumerate(self.days.days):
            tell(progress, index, len(self.days.days))
            if index and day.month != self.days.days[index - 1].month:
                self._write([sale for sale in self.sales if sale.is_final])
            self.agenda.put(index * DAY + OPENS + 30, self.room.replenish)
            for plan in coming[index]:
                self.agenda.put(plan.moment, partial(self._order, plan))
            self.agenda.run((index + 1) * DAY)
        self._finish()
        tell(progress, len(self.days.days), len(self.days.days))

    def _order(self, plan: Plan, moment: int) -> None:
        partner = self.demand.partner(plan)
        self.sales.append(self.desk.enter(partner, self.demand.wanted(partner, plan), plan.stop, plan.fate, moment))

    def _write(self, sales: list[Sale]) -> None:
        for sale in sales:
            write_sale(self.book, sale)
        self.sales = [sale for sale in self.sales if not sale.written]
        self.room.put_down()
        self.till.put_down()
        self.book.write()

    def _finish(self) -> None:
        """Write what is still open, and what only the end can tell."""
        self._write(self.sales)
        self.room.count_up()
        self.book.correct(Customer, [
            {"key": one.row["id"], "purchases_total": yuan(one.total), "last_purchase_on": one.last_on}
            for one in self.partners if one.last_on is not None
        ])
        sold = sum(one.total for one in self.partners)
        set_targets(self.book, self.days, sold // (self.size.months + 1) // len(REPS))
        write_complaints(self.book, self.days)
        self.book.close()


def _months_before(today: date, months: int) -> date:
    """Return the first day of the month so many months ago."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, 1)
