"""Money: receipts before billing and after it, late payers, parts, advances and one cheque that bounces."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random

import dentalsales.sample_company.words as words
from dentalsales.registers.receipts import Allocation, Receipt
from dentalsales.sample_company.agenda import Agenda
from dentalsales.sample_company.amounts import yuan
from dentalsales.sample_company.book import Book, Row
from dentalsales.sample_company.partners import Partner
from dentalsales.sample_company.sale import Laid, Sale, keep_log
from dentalsales.sample_company.working_days import DAY, WorkingDays

WAYS = ("transfer",) * 5 + ("wechat", "wechat", "alipay", "cash", "wire", "cheque")
HUNDRED_YUAN = 10_000
LATE_DAYS = {"prompt": 0, "generous": 0, "late": 14, "partial": 5, "slow": 44, "bounced": 3}


@dataclass(slots=True, eq=False)
class Slip:
    """A receipt that is not written yet."""

    row: Row
    partner: Partner
    amount: int
    laid: list[Laid] = field(default_factory=list)


class Till:
    """The only place where money comes in and is laid on orders, so that receipts, receivables and orders agree."""

    def __init__(self, book: Book, days: WorkingDays, agenda: Agenda, rng: Random) -> None:
        self.book, self.days, self.agenda, self.rng = book, days, agenda, rng
        self.after_payment: Callable[[Sale, int], None]
        """What follows when an order is paid; the order desk puts itself here."""
        self._slips: list[Slip] = []

    def pay_ahead(self, sale: Sale, moment: int, by_rep: bool) -> None:
        """A prepaying customer pays an order, out of his advance as far as it goes; finance or a rep enters it."""
        partner, missing = sale.partner, sale.total - sale.paid
        if partner.advance >= HUNDRED_YUAN:
            used = min(partner.advance, missing)
            self._confirm(self._slip(partner, used, moment, [(sale, used)], "advance"), moment)
            missing -= used
        if missing > 0:
            more = -missing % HUNDRED_YUAN if partner.habit == "generous" else 0
            slip = self._slip(partner, missing + more, moment, [(sale, missing)], "", by_rep)
            if not by_rep:
                self._confirm(slip, moment)
            elif sale.stop != "reviewed":
                self.agenda.put(self.days.later(moment, minutes=self.rng.randint(30, 200)),
                                partial(self._confirm, slip))

    def collect(self, partner: Partner, moment: int) -> None:
        """A customer on account pays what is due, oldest first, in his own manner."""
        partner.collecting = False
        due = [sale for sale in partner.open if sale.due_on is not None and sale.due_on <= self.days.day(moment)]
        owed = sum(sale.owed - sale.settled for sale in due)
        if owed <= 0:
            return
        if partner.advance > 0:
            used = min(partner.advance, owed)
            self._confirm(self._slip(partner, used, moment, _spread(due, used), "advance"), moment)
            owed -= used
        if owed > 0:
            self._pay_debts(partner, due, owed, moment)
        self.expect(partner, moment)

    def _pay_debts(self, partner: Partner, due: list[Sale], owed: int, moment: int) -> None:
        amount = owed
        if partner.habit == "partial" and owed > 5 * HUNDRED_YUAN:
            amount = owed * 6 // 10 // HUNDRED_YUAN * HUNDRED_YUAN
        elif partner.habit == "generous":
            amount = -(-owed // HUNDRED_YUAN) * HUNDRED_YUAN
        bounces = partner.habit == "bounced" and not partner.cheque_bounced and moment > self.agenda.last - 45 * DAY
        slip = self._slip(partner, amount, moment, _spread(due, min(amount, owed)), "cheque" if bounces else "")
        self._confirm(slip, moment)
        if bounces:
            partner.cheque_bounced = True
            for laid in slip.laid:
                laid.sale.held = True
            self.agenda.put(self.days.later(moment, days=3), partial(self._bounce, slip))

    def expect(self, partner: Partner, moment: int) -> None:
        """Note down when the customer pays next: when his oldest debt is due, or as late as he usually is."""
        if partner.collecting or not partner.open:
            return
        due = min(sale.due_on for sale in partner.open if sale.due_on is not None)
        begins = max(self.days.on(due, 540 + partner.row["id"] % 400), self.days.later(moment, days=8))
        partner.collecting = True
        late = self.rng.randint(0, 2) + LATE_DAYS[partner.habit] * self.rng.randint(50, 130) // 100
        self.agenda.put(begins + late * DAY, partial(self.collect, partner))

    def _slip(self, partner: Partner, amount: int, moment: int, lay: list[tuple[Sale, int]], kind: str,
              by_rep: bool = False) -> Slip:
        """Enter a receipt; a salesperson's is submitted at once and waits for finance."""
        kind = kind or self.rng.choice(WAYS)
        who = self.book.logins[partner.row["owner_id"]] if by_rep else "finance"
        day = self.days.day(moment)
        row = self.book.row(
            Receipt, customer_id=partner.row["id"], received_on=day, kind=kind, payer=partner.row["name"],
            customer_name=partner.row["name"],
            state="draft",
            account="" if kind in ("cash", "advance") else "京津实业银行丰台支行",
            purpose=self.rng.choice(words.PAID_FOR),
            evidence="" if kind == "cash" else f"{'ZP' if kind == 'cheque' else 'LS'}{self.rng.randint(10**7, 10**8)}",
            stamped_received=True, stamped_finance=True, entered_at=self.days.at(moment),
            entered_by_id=self.book.staff[who], remarks="",
        )
        slip = Slip(row, partner, amount)
        for position, (sale, part) in enumerate(lay):
            line = self.book.row(Allocation, receipt_id=row["id"], position=position)
            if sale.receivable is None:
                line["order_id"] = sale.row["id"]
            else:
                line["receivable_id"] = sale.receivable["id"]
            slip.laid.append(Laid(line, sale, part))
        self._slips.append(slip)
        self._log(slip, "created", ("", "draft"), who, moment)
        if by_rep:
            self._move(slip, "submit", "submitted", who, moment)
        return slip

    def _confirm(self, slip: Slip, moment: int) -> None:
        """Finance confirms: debts go down and prepaid orders may be billed."""
        for laid in slip.laid:
            sale = laid.sale
            self._lay_on(sale, laid.amount)
            sale.laid.append(laid)
            if sale.state == "reviewed" and sale.row["terms"] == "prepay" and sale.paid >= sale.total:
                sale.row["state"] = "paid"
                keep_log(self.book, sale, "mark_paid", "reviewed", "finance", self.days.at(moment))
                self.agenda.put(self.days.later(moment, minutes=self.rng.randint(10, 90)),
                                partial(self.after_payment, sale))
        put = sum(laid.amount for laid in slip.laid)
        slip.partner.advance += -slip.amount if slip.row["kind"] == "advance" else slip.amount - put
        self._move(slip, "confirm", "confirmed", "finance", moment)

    def _lay_on(self, sale: Sale, amount: int) -> None:
        sale.paid += amount
        if sale.receivable is None:
            return
        sale.settled += amount
        if sale.settled == sale.owed and sale in sale.partner.open:
            sale.partner.open.remove(sale)
        elif sale.settled < sale.owed and sale not in sale.partner.open:
            sale.partner.open.append(sale)

    def _bounce(self, slip: Slip, moment: int) -> None:
        """The bank sends the cheque back: the debts are open again."""
        for laid in slip.laid:
            self._lay_on(laid.sale, -laid.net)
            laid.released = laid.amount
            laid.sale.held = False
        self._move(slip, "bounce", "bounced", "finance", moment, words.REFUSED_CHEQUE)
        self.expect(slip.partner, moment)

    def give_back(self, sale: Sale, amount: int) -> None:
        """Money that an order needs no more becomes advance, the newest first."""
        left = amount
        for laid in reversed(sale.laid):
            part = min(laid.net, left)
            laid.released += part
            left -= part
        sale.paid -= amount - left
        sale.partner.advance += amount - left

    def _move(self, slip: Slip, step: str, state: str, who: str, moment: int, note: str = "") -> None:
        before = slip.row["state"]
        if slip.row["number"] is None:
            slip.row["number"] = self.book.number("SK", self.days.day(moment))
        slip.row["state"] = state
        self._log(slip, step, (before, state), who, moment, note)

    def _log(self, slip: Slip, step: str, states: tuple[str, str], who: str, moment: int, note: str = "") -> None:
        if not self.book.lean:
            self.book.log("receipts", slip.row["id"], step, states, who, self.days.at(moment), note)

    def put_down(self) -> None:
        """Hand those receipts to the book whose orders are written."""
        waiting = []
        for slip in self._slips:
            if not all(laid.sale.written for laid in slip.laid):
                waiting.append(slip)
                continue
            slip.row["amount"] = yuan(slip.amount)
            self.book.add(Receipt, slip.row)
            for laid in slip.laid:
                laid.row.update(amount=yuan(laid.amount), released=yuan(laid.released))
                self.book.add(Allocation, laid.row)
        self._slips = waiting


def _spread(sales: list[Sale], amount: int) -> list[tuple[Sale, int]]:
    """Lay an amount over debts, oldest first."""
    found = []
    for sale in sorted(sales, key=lambda one: (one.due_on, one.row["id"])):
        part = min(sale.owed - sale.settled, amount)
        if part > 0:
            found.append((sale, part))
            amount -= part
    return found
