import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from dentalsales.app import business, metadata
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.roles import EVERYONE
from dentalsales.registers.customers import Customer
from dentalsales.registers.products import REGISTRATION, Product
from dentalsales.sample_company import SampleSummary, make_sample
from dentalsales.storage.company import Company
from dentalsales.storage.folder_attachments import FolderAttachments
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.usecases import number
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.inbox import waiting
from dentalsales.usecases.search_text import fill_search_text

TODAY = date(2026, 11, 22)
HELD = "('stock_confirmed', 'reviewed', 'paid', 'billed', 'part_sent')"

INVARIANTS = {
    "a lot holds the sum of its movements": """
        SELECT lot.id FROM lot LEFT JOIN (SELECT lot_id, sum(quantity) AS moved
            FROM movement GROUP BY lot_id) m ON m.lot_id = lot.id
        WHERE lot.on_hand != coalesce(m.moved, 0) OR lot.on_hand < 0""",
    "a level holds the sum of its lots": """
        SELECT product_id FROM stock_level s
        WHERE on_hand != (SELECT coalesce(sum(lot.on_hand), 0) FROM lot WHERE lot.product_id = s.product_id)""",
    "every product with movements has a level": """
        SELECT product_id FROM movement WHERE product_id NOT IN (SELECT product_id FROM stock_level)""",
    "a movement is of its lot's product": """
        SELECT movement.id FROM movement JOIN lot ON lot.id = lot_id WHERE lot.product_id != movement.product_id""",
    "what is promised is what such orders still need": f"""
        SELECT s.product_id FROM stock_level s LEFT JOIN (
            SELECT product_id, sum((quantity - sent) * factor) AS needed FROM order_line JOIN "order"
            ON "order".id = order_id
            WHERE state IN {HELD} GROUP BY product_id) n ON n.product_id = s.product_id
        WHERE s.reserved != coalesce(n.needed, 0)""",
    "an order is the sum of its lines": """
        SELECT o.id FROM "order" o WHERE total != (SELECT sum(amount) FROM order_line WHERE order_id = o.id)""",
    "an amount is price times quantity, rounded half up": """
        SELECT id FROM order_line WHERE amount != (unit_price * quantity + 50) / 100""",
    "the ledger of a billed order is what its lines and red entries say": """
        SELECT o.id FROM "order" o LEFT JOIN receivable r ON r.order_id = o.id WHERE
        (SELECT coalesce(sum(amount), 0) FROM ledger_entry WHERE order_id = o.id AND kind = 'sale')
            != CASE WHEN billed_on IS NULL THEN 0 ELSE total END
        OR (SELECT coalesce(sum(amount), 0) FROM ledger_entry WHERE order_id = o.id) != coalesce(r.amount, 0)
        OR (billed_on IS NULL) != (r.id IS NULL)""",
    "only what was billed has left the desk": """
        SELECT id FROM "order" WHERE (billed_on IS NOT NULL)
            != (state IN ('billed', 'part_sent', 'sent', 'delivered', 'closed', 'reversed'))""",
    "a receivable is settled by confirmed money": """
        SELECT paper FROM (
            SELECT coalesce(a.receivable_id, of_order.id) AS paper, a.amount - a.released AS net FROM allocation a
            JOIN receipt ON receipt.id = a.receipt_id AND receipt.state = 'confirmed'
            LEFT JOIN receivable of_order ON of_order.order_id = a.order_id
            UNION ALL SELECT id, -settled FROM receivable)
        WHERE paper IS NOT NULL GROUP BY paper HAVING sum(net) != 0
        UNION ALL SELECT id FROM receivable WHERE settled > amount""",
    "an order is paid by confirmed money": """
        SELECT paper FROM (
            SELECT coalesce(a.order_id, r.order_id) AS paper, a.amount - a.released AS net FROM allocation a
            JOIN receipt ON receipt.id = a.receipt_id AND receipt.state = 'confirmed'
            LEFT JOIN receivable r ON r.id = a.receivable_id
            UNION ALL SELECT id, -paid FROM "order")
        WHERE paper IS NOT NULL GROUP BY paper HAVING sum(net) != 0""",
    "prepaying customers have paid before billing": """
        SELECT o.id FROM "order" o JOIN receivable r ON r.order_id = o.id WHERE o.terms = 'prepay'
            AND r.settled != r.amount""",
    "no receipt is allocated beyond its amount": """
        SELECT receipt.id FROM receipt WHERE amount < (
            SELECT coalesce(sum(amount - released), 0) FROM allocation WHERE receipt_id = receipt.id)""",
    "no customer's advance is overdrawn": """
        SELECT customer_id FROM receipt LEFT JOIN (
            SELECT receipt_id, sum(amount - released) AS net FROM allocation GROUP BY 1) a ON a.receipt_id = receipt.id
        WHERE state = 'confirmed' GROUP BY customer_id
        HAVING sum(CASE kind WHEN 'advance' THEN 0 ELSE amount END) < sum(coalesce(net, 0))""",
    "what an order line has sent is on its dispatch notes": """
        SELECT l.id FROM order_line l LEFT JOIN (
            SELECT order_line_id, sum(quantity) AS gone FROM dispatch_line JOIN dispatch_note d
            ON d.id = dispatch_note_id
            WHERE state != 'draft' GROUP BY 1) d ON d.order_line_id = l.id
        WHERE l.sent != coalesce(d.gone, 0) OR l.sent > l.quantity""",
    "the parts of a line sum to its amount": """
        SELECT l.id FROM order_line l JOIN (
            SELECT order_line_id, sum(amount) AS worth FROM dispatch_line JOIN dispatch_note d
            ON d.id = dispatch_note_id
            WHERE state != 'draft' GROUP BY 1) d ON d.order_line_id = l.id
        WHERE l.sent = l.quantity AND l.amount != d.worth""",
    "a dispatch note is the sum of its lines": """
        SELECT d.id FROM dispatch_note d WHERE total != (SELECT sum(amount) FROM dispatch_line
            WHERE dispatch_note_id = d.id)""",
    "goods leave in the movement of their dispatch line": """
        SELECT d.id FROM dispatch_line d JOIN dispatch_note n ON n.id = dispatch_note_id JOIN order_line o
            ON o.id = order_line_id
        LEFT JOIN movement m ON m.paper_register = 'dispatch_notes' AND m.paper_line_id = d.id
        WHERE n.state != 'draft' AND (m.id IS NULL OR m.quantity != -d.quantity * o.factor OR m.lot_id != d.lot_id
            OR m.paper != n.number OR m."on" != n.dispatched_on)""",
    "goods come in by their goods-in line": """
        SELECT l.id FROM goods_in_line l JOIN goods_in g ON g.id = goods_in_id JOIN product p ON p.id = l.product_id
        LEFT JOIN movement m ON m.paper_register = 'goods_in' AND m.paper_line_id = l.id
        WHERE m.id IS NULL OR m.lot_id != l.lot_id OR m.kind != g.kind
            OR m.quantity != l.quantity * CASE WHEN l.unit = p.unit THEN 1 ELSE p.pack_size END""",
    "sound goods come back in the movement of their line, and no more than left": """
        SELECT l.id FROM goods_return_line l JOIN goods_return r ON r.id = l.goods_return_id
            JOIN dispatch_line d ON d.id = l.dispatch_line_id
        LEFT JOIN movement m ON m.paper_register = 'returns' AND m.paper_line_id = l.id
        WHERE l.quantity > d.quantity OR l.lot_id != d.lot_id OR r.dispatch_note_id != d.dispatch_note_id
            OR (m.id IS NOT NULL) != (r.state != 'draft' AND l.returned_as = 'sound')
            OR m.quantity != l.quantity * l.factor OR m.lot_id != l.lot_id OR m."on" != r.returned_on""",
    "the ledger takes back what credited returns say": """
        SELECT r.id FROM goods_return r WHERE (SELECT coalesce(sum(amount), 0) FROM ledger_entry
            WHERE number = r.number AND kind = 'return') != CASE WHEN state = 'credited' THEN -total ELSE 0 END
        OR total != (SELECT sum(amount) FROM goods_return_line WHERE goods_return_id = r.id)""",
    "samples leave in the movement of their line": """
        SELECT l.id FROM sample_line l JOIN sample s ON s.id = l.sample_id
        LEFT JOIN movement m ON m.paper_register = 'samples' AND m.paper_line_id = l.id
        WHERE (s.sampled_on IS NOT NULL) != (m.id IS NOT NULL)
            OR m.quantity != -l.quantity * l.factor OR m.lot_id != l.lot_id OR m."on" != s.sampled_on""",
    "nothing leaves after its expiry or before it came": """
        SELECT d.id FROM dispatch_line d JOIN dispatch_note n ON n.id = dispatch_note_id JOIN lot ON lot.id = d.lot_id
        WHERE n.state != 'draft' AND (lot.expires_on < n.dispatched_on OR lot.arrived_on > n.dispatched_on)""",
    "the legal record of regulated goods is whole": """
        SELECT d.id FROM dispatch_line d JOIN dispatch_note n ON n.id = dispatch_note_id JOIN product p
            ON p.id = d.product_id
        WHERE n.state != 'draft' AND d.is_regulated AND (d.product_name = '' OR d.model = '' OR d.spec = ''
            OR d.registration = ''
            OR d.registrant = '' OR d.maker_licence = '' OR d.lot_no = '' OR n.buyer_licence = ''
            OR n.buyer_address = ''
            OR (p.shelf_life_months IS NOT NULL AND d.expires_on IS NULL))""",
    "a customer's purchases are his ledger": """
        SELECT c.id FROM customer c LEFT JOIN (
            SELECT customer_id, sum(amount) AS bought, max(CASE WHEN kind != 'return' THEN "on" END) AS last
            FROM ledger_entry GROUP BY 1) l
            ON l.customer_id = c.id
        WHERE c.purchases_total != coalesce(l.bought, 0) OR c.last_purchase_on IS NOT l.last""",
    "an order's days follow each other": """
        SELECT o.id FROM "order" o LEFT JOIN (
            SELECT order_id, min(dispatched_on) AS first_sent, min(delivered_on) AS first_there,
                max(delivered_on) AS last_there
            FROM dispatch_note WHERE state != 'draft' GROUP BY 1) d ON d.order_id = o.id
        WHERE ordered_on > billed_on OR billed_on > first_sent OR first_sent > first_there
            OR (delivered_on IS NOT NULL AND delivered_on != last_there)""",
    "the delivery is dated when it came, and only then": """
        SELECT id FROM "order" WHERE (delivered_on IS NOT NULL) != (state IN ('delivered', 'closed'))""",
    "prices hold one at a time": """
        SELECT a.id FROM price a JOIN price b ON a.product_id = b.product_id AND a.level = b.level
            AND a.unit = b.unit AND a.id < b.id
        WHERE a.valid_from <= coalesce(b.valid_to, '9999') AND b.valid_from <= coalesce(a.valid_to, '9999')""",
    "no line ends before it begins": """
        SELECT id FROM customer_licence WHERE valid_to < issued_on
        UNION ALL SELECT id FROM goods_in_line WHERE expires_on < made_on""",
    "a special price is one that was approved": """
        SELECT l.id FROM order_line l JOIN "order" o ON o.id = order_id WHERE price_source = 'special' AND NOT EXISTS (
            SELECT 1 FROM special_price s JOIN special_price_line p ON p.special_price_id = s.id
            WHERE s.state = 'approved' AND s.customer_id = o.customer_id AND p.product_id = l.product_id
                AND o.ordered_on BETWEEN s.valid_from AND s.valid_to)""",
}
PAPERS = {
    "order": "entered",
    "dispatch_note": "draft",
    "goods_return": "draft",
    "receipt": "draft",
    "goods_in": "draft",
    "special_price": "draft",
    "contract": "draft",
    "requirement_record": "draft",
    "complaint": "",
    "sample": "draft",
    "site_visit": "draft",
}
PREFIXES = {
    "order": "SO",
    "dispatch_note": "CK",
    "goods_return": "TH",
    "receipt": "SK",
    "goods_in": "GI",
    "special_price": "TP",
    "contract": "HT",
    "requirement_record": "KY",
    "complaint": "TS",
    "sample": "YP",
    "site_visit": "CG",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Company, SampleSummary]]:
    company = FolderCompany.create(tmp_path_factory.mktemp("sample") / "company", metadata())
    summary = make_sample(company, today=TODAY)
    yield company, summary
    company.close()


@pytest.fixture
def session(made: tuple[Company, SampleSummary]) -> Iterator[Session]:
    with made[0].reading() as session:
        yield session


def rows(session: Session, query: str) -> list[Any]:
    return list(session.execute(text(query)).all())


@pytest.mark.parametrize("sentence", INVARIANTS)
def test_the_books_agree(session: Session, sentence: str) -> None:
    assert rows(session, INVARIANTS[sentence]) == []


def test_the_database_holds_together(session: Session) -> None:
    assert rows(session, "PRAGMA foreign_key_check") == []
    assert rows(session, "PRAGMA quick_check") == [("ok",)]


@pytest.mark.parametrize("table", PAPERS)
def test_papers_are_numbered_by_the_day_without_gaps(session: Session, table: str) -> None:
    draft, prefix = PAPERS[table], PREFIXES[table]
    assert rows(session, f"SELECT id FROM \"{table}\" WHERE (number IS NULL) != (state = '{draft}')") == []
    counted: dict[str, list[int]] = {}
    for (given,) in rows(session, f'SELECT number FROM "{table}" WHERE number IS NOT NULL'):
        series, count = given.rsplit("-", 1)
        counted.setdefault(series + "-#", []).append(int(count))
    kept = dict(rows(session, f"SELECT series, last FROM counter WHERE series LIKE '{prefix}-%'"))
    assert {series: max(counts) for series, counts in counted.items()} == kept
    assert all(sorted(counts) == list(range(1, len(counts) + 1)) for counts in counted.values())


def test_the_next_numbers_go_on_where_the_sample_ends(made: tuple[Company, SampleSummary], session: Session) -> None:
    last = rows(session, "SELECT max(number) FROM \"order\" WHERE number LIKE 'SO-20261122-%'")[0][0]
    with pytest.raises(ZeroDivisionError), made[0].writing() as writing:
        assert number.next_number(writing, "SO-{day}-{count:03}", TODAY) == f"SO-20261122-{int(last[-3:]) + 1:03}"
        assert number.next_number(writing, "C-{count:05}", TODAY) == "C-00081"
        raise ZeroDivisionError


def test_history_leads_from_state_to_state_to_where_the_paper_stands(session: Session) -> None:
    for register in business().registers:
        if register.workflow is None:
            continue
        query = f"""SELECT record_id, from_state, to_state, step, at FROM history
            WHERE register = '{register.name}' ORDER BY id"""
        paths: dict[int, list[Any]] = {}
        for row in rows(session, query):
            paths.setdefault(row.record_id, []).append(row)
        states = dict(rows(session, f'SELECT id, state FROM "{register.table_name}"'))
        assert set(paths) == set(states), register.name
        for key, path in paths.items():
            assert path[0].step == "created" and path[-1].to_state == states[key]
            for before, after in zip(path, path[1:], strict=False):
                assert before.to_state == after.from_state and before.at <= after.at
                step = register.workflow.step(after.step)
                assert after.from_state in step.sources


def test_every_step_was_taken_by_somebody_who_may(session: Session) -> None:
    people = {row.id: frozenset(row.roles.split(",")) for row in rows(session, "SELECT id, roles FROM employee")}
    for register in business().registers:
        if register.workflow is None:
            continue
        entered = dict(rows(session, f'SELECT id, entered_by_id FROM "{register.table_name}"'))
        query = f"""SELECT record_id, step, employee_id FROM history
            WHERE register = '{register.name}' AND step != 'created'"""
        for row in rows(session, query):
            step = register.workflow.step(row.step)
            allowed = step.roles | (register.access.own if step.own else frozenset())
            assert step.by_program or people[row.employee_id] & allowed
            assert not (step.second_person and entered[row.record_id] == row.employee_id), (register.name, row)


def test_no_act_lies_in_the_future_and_some_are_of_today(session: Session) -> None:
    newest = rows(session, "SELECT max(at) FROM history")[0][0]
    assert newest.startswith("2026-11-22 0")
    assert rows(session, "SELECT count(*) FROM \"order\" WHERE ordered_on = '2026-11-22'")[0][0] >= 3


def test_every_state_of_an_order_has_examples(session: Session) -> None:
    register = business().register("orders")
    assert register.workflow is not None
    found = dict(rows(session, 'SELECT state, count(*) FROM "order" GROUP BY state'))
    assert all(found.get(state.name, 0) >= 2 for state in register.workflow.states), found
    assert sum(found.values()) == 1600
    assert 4.5 < rows(session, "SELECT count(*) FROM order_line")[0][0] / 1600 < 5.5


def test_the_office_has_something_to_do(made: tuple[Company, SampleSummary], session: Session) -> None:
    for login in ("manager", "clerk", "clerk2", "service", "finance", "warehouse", "vp"):
        employee = session.query(Employee).filter_by(login=login).one()
        assert waiting(Desk(business(), made[0], employee)), login


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 1 FROM lot WHERE on_hand > 0 AND expires_on < '2026-11-22'",
        "SELECT 1 FROM lot WHERE on_hand > 0 AND expires_on BETWEEN '2026-11-22' AND '2027-05-20'",
        "SELECT 1 FROM customer_licence WHERE valid_to BETWEEN '2026-11-22' AND '2027-02-20'",
        "SELECT 1 FROM customer_licence l WHERE valid_to < '2026-11-22' AND NOT EXISTS ("
        "SELECT 1 FROM customer_licence n WHERE n.customer_id = l.customer_id AND n.kind = l.kind"
        " AND n.valid_to > l.valid_to)",
        "SELECT 1 FROM receivable WHERE amount > settled AND due_on < '2026-11-22'",
        "SELECT 1 FROM receipt WHERE state = 'bounced' AND kind = 'cheque'",
        "SELECT 1 FROM receipt WHERE state = 'submitted'",
        "SELECT 1 FROM receipt WHERE kind = 'advance'",
        "SELECT 1 FROM allocation WHERE released > 0",
        "SELECT order_id FROM dispatch_note WHERE state = 'delivered' GROUP BY order_id HAVING count(*) > 1",
        "SELECT 1 FROM dispatch_note WHERE state = 'draft'",
        'SELECT 1 FROM "order" WHERE credit_released',
        "SELECT 1 FROM order_line WHERE is_gift",
        "SELECT 1 FROM order_line WHERE price_source = 'special'",
        "SELECT 1 FROM order_line WHERE factor > 1",
        "SELECT 1 FROM special_price WHERE state = 'in_review' AND route_position = 2 AND turn = 'manager'",
        "SELECT 1 FROM complaint WHERE due_at < '2026-11-22' AND state = 'notified'",
        "SELECT 1 FROM complaint a JOIN complaint b USING (product_id, lot_no) WHERE a.id < b.id AND b.stop_proposed",
        "SELECT 1 FROM complaint WHERE state = 'archived' AND fine > 0",
        "SELECT 1 FROM customer WHERE state = 'to_review'",
        "SELECT 1 FROM price a JOIN price b USING (product_id, level, unit) WHERE a.id < b.id",
        "SELECT 1 FROM contract WHERE state = 'effective' AND archived_on IS NULL",
        "SELECT 1 FROM sample WHERE state = 'delivered' AND due_on < '2026-11-22'",
        "SELECT 1 FROM sample WHERE state = 'answered' AND nature = 'lent' AND return_by < '2026-11-22'",
        "SELECT 1 FROM sample WHERE state = 'in_review' AND route_position = 1",
        "SELECT 1 FROM goods_return WHERE state = 'draft'",
        "SELECT 1 FROM goods_return WHERE state = 'received'",
        "SELECT 1 FROM goods_return r JOIN order_line l USING (order_id) JOIN contract c ON c.id = l.contract_id"
        " WHERE r.state = 'credited' AND c.return_quota > 0",
        "SELECT 1 FROM site_visit WHERE state = 'approved' AND visit_on = '2026-11-23'",
        "SELECT 1 FROM site_visit WHERE state = 'followed' AND due_on < '2026-11-22'",
        "SELECT 1 FROM contract WHERE state = 'in_review' AND turn = 'contract_admin'",
        "SELECT 1 FROM contract_notice WHERE state = 'unseen'",
        "SELECT 1 FROM contract WHERE state = 'completed' AND archived_on IS NOT NULL",
        "SELECT 1 FROM contract WHERE state = 'terminated'",
        "SELECT 1 FROM contract s JOIN contract m ON m.id = s.supplement_to_id WHERE s.state = 'effective'",
        "SELECT 1 FROM contract c JOIN contract_deviation d ON d.contract_id = c.id WHERE c.state = 'effective'",
        "SELECT 1 FROM order_line l JOIN contract_line c USING (contract_id, product_id)"
        " WHERE l.price_source = 'contract'"
        " GROUP BY c.id HAVING sum(l.quantity * l.factor) < min(c.quantity * c.factor)",
        "SELECT 1 FROM target WHERE month_on = '2026-11-01'",
    ],
)
def test_what_a_demonstration_shows_is_there(session: Session, query: str) -> None:
    assert rows(session, query)


def test_visitors_come_while_the_office_works(session: Session) -> None:
    days = {date.fromisoformat(str(day)) for (day,) in rows(session, "SELECT visit_on FROM site_visit")}
    assert [day for day in days - {TODAY} if day.weekday() >= 5] == []


def test_master_data_passes_the_programs_own_checks(session: Session) -> None:
    for register in business().registers:
        if register.name in ("customers", "products", "prices", "targets", "special_prices", "employees", "suppliers"):
            for record in session.query(register.record):
                record.check()
                kept = record.search_text
                fill_search_text(record)
                assert record.search_text == kept
    session.rollback()
    for product in session.query(Product):
        assert product.model and product.spec
        if product.device_class != "none":
            assert REGISTRATION.fullmatch(product.registration)
        if product.device_class in "23":
            found = re.search(r"械注[准进]\d{4}(\d)(\d\d)\d{4}$", product.registration)
            assert found and found.group(1) == product.device_class and found.group(2) in ("17", "14")
            assert product.maker_licence


def test_the_twins_differ_only_in_a_few_letters(session: Session) -> None:
    names = [customer.name for customer in session.query(Customer).filter(Customer.name.contains("康砚"))]
    assert sorted(names) == ["石家庄市康砚口腔门诊部", "石家庄康砚口腔诊所"]


def test_everybody_signs_in_with_the_password_that_is_told(
    made: tuple[Company, SampleSummary], session: Session
) -> None:
    from argon2 import PasswordHasher

    people = list(session.query(Employee))
    assert [login for login, _roles in made[1].users] == [person.login for person in people]
    assert {role for person in people for role in person.role_set} == EVERYONE
    assert PasswordHasher().verify(people[0].password_hash, made[1].password)
    assert len({person.password_hash for person in people}) == 1


def test_vouchers_of_delivered_notes_are_kept(made: tuple[Company, SampleSummary], session: Session) -> None:
    missing = """SELECT id FROM dispatch_note d WHERE state = 'delivered' AND NOT EXISTS (
        SELECT 1 FROM attachment WHERE register = 'dispatch_notes' AND record_id = d.id)"""
    assert rows(session, missing) == []
    kept = {sha256 for (sha256,) in rows(session, "SELECT DISTINCT sha256 FROM attachment")}
    assert set(FolderAttachments(made[0].attachments).hashes()) == kept


def test_the_same_seed_and_day_make_the_same_rows(tmp_path: Path, made: tuple[Company, SampleSummary]) -> None:
    again = FolderCompany.create(tmp_path / "again", metadata())
    make_sample(again, today=TODAY)
    try:
        assert _dump(again) == _dump(made[0])
    finally:
        again.close()


CHANCE = {"seal", "key", "digest", "salt"}


def _dump(company: Company) -> dict[str, list[Any]]:
    """Return all rows; only the key of the history and its salts are others in each company, and so are the seals."""
    found = {}
    with company.reading() as session:
        for table in metadata().sorted_tables:
            names = ", ".join(f'"{name}"' for name in table.columns.keys() if name not in CHANCE)
            found[table.name] = rows(session, f'SELECT {names} FROM "{table.name}" ORDER BY 1')
    return found
