"""Goods on their way: dispatch notes by lot with the whole legal record, delivery, and red entries."""

from collections.abc import Iterable
from functools import partial
from itertools import cycle
from random import Random

import dentalsales.sample_company.words as words
from dentalsales.blueprint.house_records import Attachment, History
from dentalsales.registers.dispatch_notes import DispatchLine, DispatchNote
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.stock import Movement
from dentalsales.sample_company.agenda import Agenda
from dentalsales.sample_company.amounts import amount_of, yuan
from dentalsales.sample_company.book import Book, Row
from dentalsales.sample_company.sale import Sale, SaleLine, keep_log
from dentalsales.sample_company.stock_room import Batch, StockRoom
from dentalsales.sample_company.till import Till
from dentalsales.sample_company.working_days import WorkingDays
from dentalsales.storage.attachment_store import Kept
from dentalsales.usecases.keep_history import canonical


class Shipping:
    """Moves billed orders to the customer's door."""

    def __init__(self, book: Book, days: WorkingDays, agenda: Agenda, rng: Random, room: StockRoom, till: Till,
                 voucher: Kept | None) -> None:
        self.book, self.days, self.agenda, self.rng = book, days, agenda, rng
        self.room, self.till, self.voucher = room, till, voucher
        self._begun = cycle((True, False))

    def follow(self, sale: Sale, moment: int) -> None:
        """Put on the agenda what comes after billing."""
        if sale.fate == "reverse":
            self.agenda.put(self.days.later(moment, minutes=95), partial(self._reverse, sale))
        elif sale.stop == "billed":
            if next(self._begun):
                self._draft(sale, moment)
        else:
            days = 0 if sale.stop else self.rng.choice((0, 0, 1))
            self.agenda.put(self.days.later(moment, days, self.rng.randint(25, 200)), partial(self._dispatch, sale))

    def _note(self, sale: Sale, moment: int) -> Row:
        row = sale.row
        return self.book.row(
            DispatchNote, order_id=row["id"], customer_id=row["customer_id"], dispatched_on=self.days.day(moment),
            ship_to=row["ship_to"], contact=row["contact"], phone=row["phone"], state="draft",
            carrier="" if row["carriage"] == "pickup" else self.rng.choice(words.CARRIERS), has_instructions=True,
            waybill=f"YD{self.rng.randint(10**9, 10**10 - 1)}" if row["carriage"] == "express" else "",
            freight=yuan(self.rng.choice((0, 0, 0, 1500, 2500))), pieces=self.rng.randint(1, 4), remarks="",
            entered_at=self.days.at(moment), entered_by_id=self.book.staff["warehouse"],
            buyer_name=sale.partner.row["name"],
        )

    def _note_line(self, note: Row, position: int, line: SaleLine, lot: Batch, quantity: int, amount: int) -> Row:
        return self.book.row(
            DispatchLine, dispatch_note_id=note["id"], position=position, order_line_id=line.row["id"],
            product_id=line.row["product_id"], unit=line.row["unit"], quantity=quantity, lot_id=lot.id,
            expires_on=lot.expires_on, made_on=lot.made_on, registration=line.goods.row["registration"],
            has_certificate=True,
            unit_price=line.row["unit_price"], amount=yuan(amount),
        )

    def _draft(self, sale: Sale, moment: int) -> None:
        """The warehouse has begun a dispatch note, but nothing has left."""
        note, total = self._note(sale, moment), 0
        taken: dict[int, int] = {}
        for line in sale.lines:
            for lot, quantity in self.room.pick(line.goods, line.open, line.factor, self.days.day(moment), taken):
                amount = amount_of(line.parts, quantity)
                position = len(sale.papers)
                sale.papers.append((DispatchLine, self._note_line(note, position, line, lot, quantity, amount)))
                total += amount
        note["total"] = yuan(total)
        sale.papers.append((DispatchNote, note))
        self._log_note(note, "created", ("", "draft"), "warehouse", moment)

    def _dispatch(self, sale: Sale, moment: int) -> None:
        """Send what is there, first expiry first; the rest follows when there is more."""
        day = self.days.day(moment)
        licence = sale.partner.licence_on(day)
        regulated = any(line.goods.row["device_class"] in ("2", "3") for line in sale.lines)
        taken: dict[int, int] = {}
        picks = [(line, self.room.pick(line.goods, quantity, line.factor, day, taken)) for line,
                 quantity in self._loads(sale)]
        if not any(found for _line, found in picks) or (regulated and not licence):
            self.agenda.put(self.days.later(moment, days=3), partial(self._dispatch, sale))
            return
        note, customer = self._note(sale, moment), sale.partner.row
        self._log_note(note, "created", ("", "draft"), "warehouse", moment)
        note.update(
            number=self.book.number("CK", day), state="sent", buyer_address=customer["address"], buyer_licence=licence,
            buyer_contact=f"{customer['contact']} {customer['phone']}",
        )
        note["total"] = yuan(self._load(sale, note, picks, moment))
        self._enclose_invoice(note)
        sale.notes.append(note)
        sale.papers.append((DispatchNote, note))
        self._sent(sale, note, moment)

    def _loads(self, sale: Sale) -> Iterable[tuple[SaleLine, int]]:
        """Yield what is to leave: everything open, or in a first part only some of it."""
        there = [line for line in sale.lines if line.open]
        part = sale.stop == "part_sent" or sale.fate == "reverse_rest" or (not sale.stop and self.rng.random() < 0.08)
        if sale.notes or not part:
            return ((line, line.open) for line in there)
        if len(there) == 1:
            return ((there[0], max(1, there[0].open // 2)),)
        return ((line, line.open) for line in there[: max(1, len(there) * 2 // 3)])

    def _load(self, sale: Sale, note: Row, picks: list[tuple[SaleLine, list[tuple[Batch, int]]]], moment: int) -> int:
        """Take the goods from their lots, with a snapshot on every line, and return the fen of the note."""
        total = position = 0
        for line, found in picks:
            for lot, quantity in found:
                line.sent += quantity
                amount = amount_of(line.parts, line.sent) - line.sent_amount
                line.sent_amount += amount
                total += amount
                row = self._note_line(note, position, line, lot, quantity, amount)
                _snapshot(row, line.goods.row, lot)
                paper = (note["number"], "dispatch_notes", row["id"])
                movement = self.room.issue(lot, quantity * line.factor, paper, moment)
                sale.papers += [(DispatchLine, row), (Movement, movement)]
                position += 1
        return total

    def _enclose_invoice(self, note: Row) -> None:
        if self.rng.random() < 0.6:
            note.update(has_invoice=True, invoice_number=f"25{note['id']:018}", invoice_on=note["dispatched_on"],
                        invoice_amount=note["total"])

    def _sent(self, sale: Sale, note: Row, moment: int) -> None:
        before, done = sale.state, all(line.open == 0 for line in sale.lines)
        sale.row["state"] = "sent" if done else "part_sent"
        keep_log(self.book, sale, "send_all" if done else "send_part", before, "warehouse", self.days.at(moment))
        self._log_note(note, "dispatch", ("draft", "sent"), "warehouse", moment)
        if sale.stop not in ("sent", "part_sent") or not done and sale.stop == "sent":
            road = self.rng.randint(1, 3)
            self.agenda.put(self.days.later(moment, road, self.rng.randint(0, 90)), partial(self._deliver, sale, note))
        if not done and sale.stop != "part_sent":
            then = self._reverse if sale.fate == "reverse_rest" else self._dispatch
            self.agenda.put(self.days.later(moment, self.rng.randint(2, 6)), partial(then, sale))

    def _deliver(self, sale: Sale, note: Row, moment: int) -> None:
        """The signed voucher comes back."""
        note.update(state="delivered", signed_by=note["contact"], delivered_on=self.days.day(moment))
        if self.voucher is not None:
            scan = self.book.row(
                Attachment, register="dispatch_notes", record_id=note["id"], name=self.voucher.name, kind="",
                size=self.voucher.size,
                sha256=self.voucher.sha256, added_by_id=self.book.staff["service"], added_at=self.days.at(moment),
            )
            self.book.add(Attachment, scan)
        self._log_note(note, "deliver", ("sent", "delivered"), "service", moment)
        self._arrived(sale, "service", moment)

    def _arrived(self, sale: Sale, who: str, moment: int) -> None:
        """When nothing of a fully sent order is on the road, the order has arrived."""
        if sale.state != "sent" or any(note["state"] == "sent" for note in sale.notes):
            return
        sale.row.update(state="delivered", delivered_on=max(note["delivered_on"] for note in sale.notes))
        keep_log(self.book, sale, "deliver", "sent", who, self.days.at(moment))
        if sale.stop != "delivered":
            self.agenda.put(self.days.later(moment, self.rng.randint(0, 3), 30), partial(self._close, sale))

    def _close(self, sale: Sale, moment: int) -> None:
        sale.row["state"] = "closed"
        keep_log(self.book, sale, "close", "delivered", "service", self.days.at(moment))

    def _reverse(self, sale: Sale, moment: int) -> None:
        """Red entries take what was not sent out of ledger, tracking amount, receivable and promise."""
        back, nothing_left = 0, not any(line.sent for line in sale.lines)
        for goods, needed in sale.needs().items():
            goods.reserved -= needed
        for line in sale.lines:
            if line.open:
                amount = line.amount - line.sent_amount
                back += amount
                self._red_entry(sale, line, amount, moment)
        sale.partner.total -= back
        self.lower(sale, back, moment)
        before = sale.state
        sale.row["state"] = "reversed" if nothing_left else "sent"
        note = self.rng.choice(words.RED_REASONS) if nothing_left else words.REST_REASON
        keep_log(self.book, sale, "reverse" if nothing_left else "reverse_rest", before, "manager",
                 self.days.at(moment), note)
        self._arrived(sale, "manager", moment)

    def _red_entry(self, sale: Sale, line: SaleLine, amount: int, moment: int) -> None:
        first = next(row for cls, row in sale.papers if cls is LedgerEntry and row["order_line_id"] == line.row["id"])
        values = {**first, "id": None, "on": self.days.day(moment), "kind": "reversal", "quantity": -line.open,
                  "amount": yuan(-amount)}
        sale.papers.append((LedgerEntry, self.book.row(LedgerEntry, **values)))

    def lower(self, sale: Sale, back: int, moment: int, why: str = "red_entry", who: str = "manager") -> None:
        """Take the red amount off the receivable; money that is then too much becomes advance."""
        assert sale.receivable is not None
        before, sale.owed = sale.owed, sale.owed - back
        sale.receivable["version"] += 1
        too_much = max(0, sale.settled - sale.owed)
        sale.settled -= too_much
        self.till.give_back(sale, too_much)
        if sale.settled == sale.owed and sale in sale.partner.open:
            sale.partner.open.remove(sale)
        if not self.book.lean:
            self.book.enter(
                History, register="receivables", record_id=sale.receivable["id"], step=why,
                employee_id=self.book.staff[who], at=self.days.at(moment), note="",
                changes=canonical({"amount": [yuan(before), yuan(sale.owed)]}),
            )

    def _log_note(self, note: Row, step: str, states: tuple[str, str], who: str, moment: int) -> None:
        if not self.book.lean:
            self.book.log("dispatch_notes", note["id"], step, states, who, self.days.at(moment))


def _snapshot(row: Row, product: Row, lot: Batch) -> None:
    """Copy the fields of the sales record as the program does when goods leave."""
    row.update(
        product_name=product["name"], model=product["model"], spec=product["spec"], shade=product["shade"],
        lot_no=lot.lot_no,
        serial_no="", registrant=product["registrant"], maker=product["maker"], maker_licence=product["maker_licence"],
        storage=product["storage"], is_regulated=product["device_class"] in ("2", "3"),
    )
