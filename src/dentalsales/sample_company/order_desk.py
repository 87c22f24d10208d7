"""Orders from entry to billing: prices from their source, stock promised, a second person's review, money or credit."""

from datetime import date, timedelta
from functools import partial
from itertools import cycle
from random import Random

import dentalsales.sample_company.words as words
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.orders import Order, OrderLine
from dentalsales.registers.receivables import Receivable
from dentalsales.sample_company.agenda import Agenda
from dentalsales.sample_company.amounts import amount_of, price, yuan
from dentalsales.sample_company.book import Book, Row
from dentalsales.sample_company.catalogue import Goods
from dentalsales.sample_company.contracts import Contracts
from dentalsales.sample_company.partners import Partner
from dentalsales.sample_company.pricing import Special
from dentalsales.sample_company.sale import Sale, SaleLine, keep_log
from dentalsales.sample_company.shipping import Shipping
from dentalsales.sample_company.till import Till
from dentalsales.sample_company.working_days import WorkingDays

ENTERING = ("clerk", "clerk", "clerk2", "clerk2", "service")
REVIEWING = ("manager", "manager", "clerk", "clerk2", "service")
MOST_TRIES = 10


class OrderDesk:
    """Moves orders on; each step puts the next one on the agenda."""

    def __init__(self, book: Book, days: WorkingDays, agenda: Agenda, rng: Random, till: Till, shipping: Shipping,
                 special: Special, contracts: Contracts) -> None:
        self.book, self.days, self.agenda, self.rng = book, days, agenda, rng
        self.till, self.shipping, self.special, self.contracts = till, shipping, special, contracts
        self._told = cycle((True, False))
        till.after_payment = self._bill

    def enter(self, partner: Partner, wanted: list[tuple[Goods, int]], stop: str, fate: str, moment: int) -> Sale:
        """Enter an order of so many usual units of each product."""
        row, day = self._head(partner, moment), self.days.day(moment)
        sale = Sale(row, partner, stop, fate)
        for goods, quantity in wanted:
            parts, source = self._price(partner, goods, day)
            unit, factor = goods.unit, goods.factor
            agreed = self.contracts.price(row["customer_id"], goods, day, quantity * factor)
            if agreed is not None:
                parts, source = agreed[0], "contract"
            pack = goods.row["pack_size"]
            if pack and factor == 1 and quantity >= pack:
                unit, factor, quantity = goods.row["pack_unit"], pack, quantity // pack
            self._line(sale, goods, quantity, (unit, factor), goods.in_unit(parts, factor), source)
            sale.lines[-1].row["contract_id"] = agreed[1] if agreed is not None else None
        if self.rng.random() < 0.03:
            goods = sale.lines[0].goods
            self._line(sale, goods, 1, (goods.row["unit"], 1), 0, "gift")
        sale.total = sum(line.amount for line in sale.lines)
        keep_log(self.book, sale, "created", "", self.book.logins[row["entered_by_id"]], self.days.at(moment))
        if stop != "entered":
            soon = self.days.later(moment, minutes=self.rng.randint(3, 40) if stop or self.rng.random() < 0.9 else 420)
            self.agenda.put(soon, partial(self._confirm_stock, sale))
        return sale

    def _head(self, partner: Partner, moment: int) -> Row:
        customer, day = partner.row, self.days.day(moment)
        return self.book.row(
            Order, ordered_on=day, customer_id=customer["id"], customer_number=customer["number"],
            customer_name=customer["name"], rep_id=customer["owner_id"], contact=customer["contact"],
            phone=customer["phone"], ship_to=partner.ship_to, terms=customer["terms"],
            terms_days=customer["terms_days"],
            deliver_by=day + timedelta(days=self.rng.randint(2, 7)) if self.rng.random() < 0.4 else None,
            carriage=self.rng.choice(("delivery", "express", "express", "pickup")), price_level=customer["price_level"],
            channel=self.rng.choice(("phone", "phone", "wechat", "wechat", "paper", "visit")),
            sale_class=customer["sale_class"],
            requirement=self.rng.choice(words.REQUIREMENTS), state="entered", entered_at=self.days.at(moment),
            entered_by_id=self.book.staff[self.rng.choice(ENTERING)],
        )

    def _price(self, partner: Partner, goods: Goods, day: date) -> tuple[int, str]:
        special = self.special.get((partner.row["id"], goods.id))
        if special is not None and special[0] <= day <= special[1]:
            return special[2], "special"
        return goods.price_on(partner.row["price_level"], day)

    def _line(self, sale: Sale, goods: Goods, quantity: int, unit: tuple[str, int], parts: int, source: str) -> None:
        amount = amount_of(parts, quantity)
        row = self.book.row(
            OrderLine, order_id=sale.row["id"], position=len(sale.lines), product_id=goods.row["id"], unit=unit[0],
            quantity=quantity, unit_price=price(parts), price_source=source, is_gift=source == "gift",
            remarks=self.rng.choice(words.GIFT_REASONS) if source == "gift" else "", tax_rate=goods.row["tax_rate"],
            factor=unit[1], product_code=goods.row["code"], product_name=goods.row["name"],
            **{name: goods.row[name] for name in ("brand", "model", "spec", "grade", "shade", "registration", "maker")},
        )
        sale.lines.append(SaleLine(goods, row, unit[1], parts, quantity, amount))

    def _go(self, sale: Sale, step: str, state: str, who: str, moment: int, note: str = "") -> None:
        before = sale.state
        if sale.row["number"] is None:
            sale.row["number"] = self.book.number("SO", self.days.day(moment))
        sale.row["state"] = state
        keep_log(self.book, sale, step, before, who, self.days.at(moment), note)

    def _confirm_stock(self, sale: Sale, moment: int) -> None:
        """The goods are promised when they are there and the customer agreed; otherwise the order waits for supply."""
        day, who, needs = self.days.day(moment), self.book.logins[sale.row["entered_by_id"]], sale.needs()
        if any(goods.available(day) < needed for goods, needed in needs.items()):
            self._wait(sale, needs, who, moment)
            return
        if sale.state == "waiting":
            self._wants(needs, -1)
        for goods, needed in needs.items():
            goods.reserved += needed
        sale.row.update(consent_by=sale.row["contact"],
                        consent_way="wechat" if sale.row["channel"] == "wechat" else "phone",
                        consent_at=self.days.at(moment))
        self._go(sale, "confirm_stock", "stock_confirmed", who, moment)
        if sale.stop != "stock_confirmed":
            self.agenda.put(self.days.later(moment, minutes=self._minutes(sale, 20, 150)), partial(self._review, sale))

    def _wait(self, sale: Sale, needs: dict[Goods, int], who: str, moment: int) -> None:
        if sale.state == "entered":
            self._wants(needs, 1)
            self._go(sale, "wait", "waiting", who, moment)
        sale.tries += 1
        if sale.tries <= MOST_TRIES:
            self.agenda.put(self.days.later(moment, days=2), partial(self._confirm_stock, sale))
        elif sale.stop != "waiting":
            self._wants(needs, -1)
            self._go(sale, "void", "void", "manager", moment, words.VOID_REASONS[0])

    def _wants(self, needs: dict[Goods, int], sign: int) -> None:
        for goods, needed in needs.items():
            goods.wanted += sign * needed

    def _minutes(self, sale: Sale, least: int, most: int) -> int:
        return least if sale.stop else self.rng.randint(least, most)

    def _review(self, sale: Sale, moment: int) -> None:
        """Somebody who did not enter the order reviews it; now and then it is void instead."""
        who = self.rng.choice([one for one in REVIEWING if self.book.staff[one] != sale.row["entered_by_id"]])
        if sale.fate == "void" and sale.row["id"] % 2:
            self._void(sale, moment)
            return
        self._go(sale, "review", "reviewed", who, moment)
        if sale.row["terms"] == "account":
            self.agenda.put(self.days.later(moment, minutes=self._minutes(sale, 10, 120)), partial(self._bill, sale))
        elif sale.stop != "reviewed" or next(self._told):
            wait = 0 if sale.stop else self.rng.choice((0, 0, 0, 1, 1, 2, 3))
            by_rep = self.rng.random() < 0.3 or sale.stop == "reviewed"
            pay = partial(self._paid_ahead, sale, by_rep)
            self.agenda.put(self.days.later(moment, wait, self._minutes(sale, 15, 240)), pay)

    def _paid_ahead(self, sale: Sale, by_rep: bool, moment: int) -> None:
        self.till.pay_ahead(sale, moment, by_rep)

    def _void(self, sale: Sale, moment: int) -> None:
        """The manager voids an order: promises and money are free again."""
        for goods, needed in sale.needs().items():
            goods.reserved -= needed
        self.till.give_back(sale, sale.paid)
        self._go(sale, "void", "void", "manager", moment, self.rng.choice(words.VOID_REASONS))

    def _bill(self, sale: Sale, moment: int) -> None:
        """Bill what is paid or within credit; who owes too much waits, or the manager releases the order."""
        if sale.fate == "void":
            self._void(sale, moment)
        elif sale.stop == sale.state or sale.partner.row["state"] == "to_review":
            return
        elif sale.row["terms"] == "account" and not self._credit_is_free(sale, moment):
            self._ask_for_release(sale, moment)
        else:
            self._write_ledger(sale, moment)
            self.shipping.follow(sale, moment)

    def _credit_is_free(self, sale: Sale, moment: int) -> bool:
        partner, day = sale.partner, self.days.day(moment)
        late = any(one.due_on < day for one in partner.open if one.due_on is not None)
        debt = sum(one.owed - one.settled for one in partner.open)
        limit = int(partner.row["credit_limit"] * 100)
        return bool(sale.row["credit_released"]) or not (late or debt + sale.total > limit)

    def _ask_for_release(self, sale: Sale, moment: int) -> None:
        sale.tries += 1
        if sale.tries < 4 and self.rng.random() < 0.5 and not sale.stop:
            self.agenda.put(self.days.later(moment, days=2), partial(self._bill, sale))
            return
        sale.row["credit_released"] = True
        self._go(sale, "release_credit", sale.state, "manager", moment, words.RELEASE_REASON)
        self.agenda.put(self.days.later(moment, minutes=15), partial(self._bill, sale))

    def _write_ledger(self, sale: Sale, moment: int) -> None:
        """Ledger, tracking amount and receivable come into being at once."""
        row, partner, day = sale.row, sale.partner, self.days.day(moment)
        row["billed_on"] = day
        for line in sale.lines:
            entry = self.book.row(
                LedgerEntry, on=day, kind="sale", number=row["number"], order_id=row["id"],
                order_line_id=line.row["id"],
                customer_id=row["customer_id"], rep_id=row["rep_id"], product_id=line.row["product_id"],
                unit=line.row["unit"],
                quantity=line.quantity, unit_price=line.row["unit_price"], amount=yuan(line.amount),
                tax_rate=line.row["tax_rate"], source=line.row["price_source"],
            )
            sale.papers.append((LedgerEntry, entry))
        partner.total, partner.last_on = partner.total + sale.total, day
        sale.owed, sale.settled = sale.total, sale.paid
        sale.due_on = day + timedelta(days=row["terms_days"] or 0 if row["terms"] == "account" else 0)
        sale.receivable = self.book.row(
            Receivable, number=row["number"], kind="order", customer_id=row["customer_id"], order_id=row["id"], on=day,
            due_on=sale.due_on, responsible_id=row["rep_id"],
        )
        self._go(sale, "bill", "billed", self.rng.choice(("clerk", "clerk2")), moment)
        if sale.settled < sale.owed:
            partner.open.append(sale)
            self.till.expect(partner, moment)
