"""The books checked against themselves: stock, promises, orders, ledger, receivables and money agree to the fen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, text

from dentalsales.i18n import Text, _
from dentalsales.storage.company import Company


@dataclass(frozen=True)
class Finding:
    """Rows in which two books disagree."""

    rule: Text
    rows: int
    examples: tuple[str, ...]


RULES: tuple[tuple[Text, str], ...] = (
    (
        _("A lot's stock is the sum of its movements."),
        "SELECT lot.id FROM lot LEFT JOIN (SELECT lot_id, SUM(quantity) AS total FROM movement GROUP BY lot_id)"
        " AS moved ON moved.lot_id = lot.id WHERE lot.on_hand <> COALESCE(moved.total, 0) OR lot.on_hand < 0",
    ),
    (
        _("A product's stock is the sum of its lots."),
        "SELECT stock_level.product_id FROM stock_level LEFT JOIN (SELECT product_id, SUM(on_hand) AS total FROM lot"
        " GROUP BY product_id) AS lots ON lots.product_id = stock_level.product_id"
        " WHERE stock_level.on_hand <> COALESCE(lots.total, 0)",
    ),
    (
        _("What is reserved is what open orders were promised."),
        "SELECT stock_level.product_id FROM stock_level LEFT JOIN (SELECT order_line.product_id AS product_id,"
        " SUM((order_line.quantity - order_line.sent) * order_line.factor) AS total FROM order_line"
        ' JOIN "order" ON "order".id = order_line.order_id'
        " WHERE \"order\".state IN ('stock_confirmed', 'reviewed', 'paid', 'billed', 'part_sent')"
        " GROUP BY order_line.product_id) AS promised ON promised.product_id = stock_level.product_id"
        " WHERE stock_level.reserved <> COALESCE(promised.total, 0)",
    ),
    (
        _("An order's total is the sum of its lines."),
        'SELECT "order".id FROM "order" LEFT JOIN (SELECT order_id, SUM(amount) AS total FROM order_line'
        ' GROUP BY order_id) AS lines ON lines.order_id = "order".id WHERE "order".total <> COALESCE(lines.total, 0)',
    ),
    (
        _("A billed order stands in the ledger with its total, less its red entries."),
        'SELECT "order".id FROM "order" LEFT JOIN (SELECT order_id, SUM(amount) AS total FROM ledger_entry'
        " WHERE kind = 'sale' GROUP BY order_id) AS booked ON booked.order_id = \"order\".id"
        ' WHERE "order".billed_on IS NOT NULL AND "order".total <> COALESCE(booked.total, 0)',
    ),
    (
        _("A receivable is what the ledger says of its order."),
        "SELECT receivable.id FROM receivable JOIN (SELECT order_id, SUM(amount) AS total FROM ledger_entry"
        " GROUP BY order_id) AS booked ON booked.order_id = receivable.order_id"
        " WHERE receivable.amount <> booked.total",
    ),
    (
        _("What is settled is what confirmed receipts allocated."),
        "SELECT receivable.id FROM receivable LEFT JOIN (SELECT"
        " COALESCE(allocation.receivable_id, by_order.id) AS paper,"
        " SUM(allocation.amount - allocation.released) AS total FROM allocation"
        " JOIN receipt ON receipt.id = allocation.receipt_id AND receipt.state = 'confirmed'"
        " LEFT JOIN receivable AS by_order ON by_order.order_id = allocation.order_id GROUP BY 1) AS paid"
        " ON paid.paper = receivable.id WHERE receivable.settled <> COALESCE(paid.total, 0)",
    ),
    (
        _("What an order counts as paid is what confirmed receipts allocated to it."),
        'SELECT "order".id FROM "order" LEFT JOIN (SELECT COALESCE(allocation.order_id, receivable.order_id) AS paper,'
        " SUM(allocation.amount - allocation.released) AS total FROM allocation"
        " JOIN receipt ON receipt.id = allocation.receipt_id AND receipt.state = 'confirmed'"
        " LEFT JOIN receivable ON receivable.id = allocation.receivable_id GROUP BY 1) AS paid"
        ' ON paid.paper = "order".id WHERE "order".paid <> COALESCE(paid.total, 0)',
    ),
    (
        _("What was sent of an order line is what its dispatch notes say."),
        "SELECT order_line.id FROM order_line LEFT JOIN (SELECT dispatch_line.order_line_id AS line,"
        " SUM(dispatch_line.quantity) AS total, SUM(dispatch_line.amount) AS amount FROM dispatch_line"
        " JOIN dispatch_note"
        " ON dispatch_note.id = dispatch_line.dispatch_note_id WHERE dispatch_note.state <> 'draft'"
        " GROUP BY dispatch_line.order_line_id) AS notes ON notes.line = order_line.id"
        " WHERE order_line.sent <> COALESCE(notes.total, 0) OR order_line.sent_amount <> COALESCE(notes.amount, 0)",
    ),
    (
        _("What the ledger keeps of an order that is fully sent is what its dispatch notes say."),
        'SELECT "order".id FROM "order" JOIN (SELECT order_id, SUM(amount) AS total FROM ledger_entry'
        " WHERE kind <> 'return'"
        ' GROUP BY order_id) AS booked ON booked.order_id = "order".id JOIN (SELECT order_id, SUM(sent_amount) AS total'
        ' FROM order_line GROUP BY order_id) AS lines ON lines.order_id = "order".id'
        " WHERE \"order\".state IN ('sent', 'delivered', 'closed', 'reversed') AND booked.total <> lines.total",
    ),
    (
        _("What the ledger took back of an order is what its credited returns say."),
        'SELECT "order".id FROM "order" LEFT JOIN (SELECT order_id, SUM(amount) AS total FROM ledger_entry'
        " WHERE kind = 'return' GROUP BY order_id) AS booked ON booked.order_id = \"order\".id"
        " LEFT JOIN (SELECT goods_return.order_id AS order_id, SUM(goods_return_line.amount) AS total"
        " FROM goods_return_line JOIN goods_return ON goods_return.id = goods_return_line.goods_return_id"
        " WHERE goods_return.state = 'credited' GROUP BY goods_return.order_id) AS back"
        ' ON back.order_id = "order".id WHERE COALESCE(booked.total, 0) + COALESCE(back.total, 0) <> 0',
    ),
    (
        _("No more of a dispatch line came back than left."),
        "SELECT dispatch_line.id FROM dispatch_line JOIN (SELECT dispatch_line_id, SUM(quantity) AS total,"
        " SUM(amount) AS amount FROM goods_return_line JOIN goods_return"
        " ON goods_return.id = goods_return_line.goods_return_id"
        " WHERE goods_return.state IN ('received', 'credited') GROUP BY dispatch_line_id) AS back"
        " ON back.dispatch_line_id = dispatch_line.id"
        " WHERE back.total > dispatch_line.quantity OR back.amount > dispatch_line.amount",
    ),
    (
        _("A customer's purchases are the sum of the ledger."),
        "SELECT customer.id FROM customer LEFT JOIN (SELECT customer_id, SUM(amount) AS total FROM ledger_entry"
        " GROUP BY customer_id) AS bought ON bought.customer_id = customer.id"
        " WHERE customer.purchases_total <> COALESCE(bought.total, 0)",
    ),
    (
        _("Every paper that left draft has its number."),
        'SELECT "order".id FROM "order" WHERE number IS NULL AND state <> \'entered\''
        " UNION ALL SELECT id FROM dispatch_note WHERE number IS NULL AND state <> 'draft'"
        " UNION ALL SELECT id FROM receipt WHERE number IS NULL AND state <> 'draft'"
        " UNION ALL SELECT id FROM goods_return WHERE number IS NULL AND state <> 'draft'",
    ),
)


def check(company: Company) -> list[Finding]:
    """Return the rules that do not hold; an empty list means that the books agree and the file is sound."""
    found = []
    with company.reading() as session:
        for rule, query in RULES:
            rows: Sequence[Row[Any]] = session.execute(text(query)).all()
            if rows:
                found.append(Finding(rule, len(rows), tuple(f"#{row[0]}" for row in rows[:5])))
        if session.get_bind().dialect.name == "sqlite":
            damage = [row[0] for row in session.execute(text("PRAGMA integrity_check(5)")) if row[0] != "ok"]
            if damage:
                found.append(Finding(_("The database file is sound."), len(damage), tuple(damage)))
    return found
