"""What the clerks' role of a server refuses, statement by statement, after a day of the office that it allows whole."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from desks import Desks
from makers import a_customer, a_product, a_scan, an_order, deliver_all, dispatch, moved_to, some_stock

from dentalsales.usecases import attach
from dentalsales.usecases.check_company import check
from dentalsales.usecases.form import open_form
from dentalsales.usecases.verify_history import verify

pytestmark = pytest.mark.only_in("server")
"""A file has no logins."""

FORBIDDEN = """
DELETE FROM history
UPDATE history SET note = 'x'
UPDATE history SET seal = ''
UPDATE history SET changes = '{}', salt = ''
SELECT history_sealed(history, '') FROM history
INSERT INTO history (register, record_id, step, at) VALUES ('orders', 1, 'void', now())
UPDATE history_head SET count = 0
DELETE FROM history_head
UPDATE history_turn SET first_id = 0
SELECT key FROM history_key
UPDATE history_key SET key = 'ff'
SELECT history_pad(54)
SELECT write_history('[{"register": "customers", "step": "anonymised", "changes": "{\\"entries\\": []}"}]')
SELECT write_history('[{"register": "customers", "record_id": 1, "step": "changed", "changes": "[]"}]')
SELECT blank_history('{"register": "customers", "record_id": 1, "changes": "[]"}', '[]')
TRUNCATE history
TRUNCATE "order" CASCADE
UPDATE counter SET series = 'x'
DELETE FROM counter
UPDATE ledger_entry SET amount = 0
DELETE FROM ledger_entry
UPDATE movement SET quantity = 0
DELETE FROM movement
DELETE FROM receivable
DELETE FROM employee
DELETE FROM customer
DELETE FROM product
DELETE FROM lot
DELETE FROM imported_file
UPDATE attachment_bytes SET bytes = ''
DELETE FROM attachment_bytes
UPDATE alembic_version SET version_num = '0001'
DROP TABLE "order"
DROP FUNCTION write_history(jsonb)
ALTER TABLE "order" DROP COLUMN total
ALTER TABLE "order" DISABLE TRIGGER ALL
CREATE TABLE mine (id integer)
CREATE TEMPORARY TABLE mine (id integer)
CREATE OR REPLACE FUNCTION history_has_key() RETURNS boolean LANGUAGE sql AS 'SELECT true'
SET session_replication_role = replica
SET ROLE company_owner
GRANT company_owner TO company_clerks_clerk
CREATE ROLE another LOGIN
"""
"""One statement a line."""
PAST_THE_HISTORY = """
UPDATE "order" SET total = 1 WHERE state = 'billed'
UPDATE "order" SET number = 'SO-1' WHERE state = 'billed'
UPDATE "order" SET number = NULL WHERE state = 'billed'
UPDATE "order" SET customer_name = '别人' WHERE state = 'billed'
UPDATE "order" SET ship_to = '别处' WHERE state = 'delivered'
UPDATE "order" SET phone = '***' WHERE state = 'billed'
UPDATE dispatch_note SET buyer_name = '***' WHERE state <> 'draft'
UPDATE "order" SET entered_by_id = 1
UPDATE "order" SET state = 'void' WHERE state = 'billed'
UPDATE "order" SET state = 'entered', version = version + 1 WHERE state = 'billed'
UPDATE "order" SET version = version + 1
UPDATE "order" SET paid = paid + 1 WHERE state = 'billed'
UPDATE "order" SET billed_on = '2026-01-01' WHERE state = 'billed'
DELETE FROM "order" WHERE state = 'billed'
DELETE FROM "order" WHERE state = 'entered'
INSERT INTO "order" SELECT (jsonb_populate_record(o, '{"id":9,"number":null,"form_key":null}')).* FROM "order" o LIMIT 1
UPDATE order_line SET unit_price = 1 FROM "order" WHERE order_id = "order".id AND state = 'billed'
UPDATE order_line SET quantity = 1, amount = 1 FROM "order" WHERE order_id = "order".id AND state = 'billed'
UPDATE order_line SET product_name = '别的' FROM "order" WHERE order_id = "order".id AND state = 'billed'
UPDATE order_line SET sent = 0 FROM "order" WHERE order_id = "order".id AND state = 'delivered'
UPDATE order_line SET order_id = (SELECT min(id) FROM "order" WHERE state = 'entered')
DELETE FROM order_line USING "order" WHERE order_id = "order".id AND state = 'billed'
INSERT INTO order_line SELECT (jsonb_populate_record(one, '{"id": 999}')).* FROM order_line one WHERE sent > 0 LIMIT 1
UPDATE dispatch_line SET lot_no = 'L2'
UPDATE dispatch_line SET quantity = 1
DELETE FROM dispatch_line
UPDATE dispatch_note SET buyer_licence = ''
UPDATE dispatch_note SET signed_by = '别人'
UPDATE dispatch_note SET state = 'draft'
DELETE FROM dispatch_note
UPDATE receipt SET amount = 1
UPDATE allocation SET amount = 1
DELETE FROM allocation
UPDATE goods_in_line SET cost = 1
UPDATE customer SET state = 'disabled'
UPDATE customer SET version = version + 1
UPDATE receivable SET version = 9
UPDATE counter SET last = last - 1
"""
"""What columns and tables alone do not tell: which paper it is, and what its history says."""


@pytest.fixture
def office(desks: Desks) -> Desks:
    """A day's work, from the goods that came in to the money that did, all of it as the clerks' role."""
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 40)
    order = moved_to(desks, an_order(desks, customer, (product, 6)), "billed")
    dispatch(desks, order.id or 0)
    deliver_all(desks, order.id or 0)
    moved_to(desks, an_order(desks, customer, (product, 2)), "billed")
    draft = an_order(desks, customer, (product, 1))
    attach.add(desks["clerk"], "orders", draft.id or 0, a_scan(desks))
    an_order(desks, customer, (product, 3)).delete()
    open_form(desks["clerk"], "orders", draft.id).set("remarks", "周五前送到")
    return desks


@pytest.fixture
def clerk(office: Desks) -> Iterator[psycopg.Connection[Any]]:
    """Somebody with a clerk's login and a tool for databases."""
    company: Any = office.company
    url = company.address.url.set(drivername="postgresql").render_as_string()
    with psycopg.connect(url, autocommit=True) as raw:
        yield raw


def test_the_day_of_the_office_is_allowed_and_nothing_past_the_program(
    office: Desks, clerk: psycopg.Connection[Any]
) -> None:
    allowed = []
    for statement in (FORBIDDEN + PAST_THE_HISTORY.lstrip()).strip().splitlines():
        try:
            clerk.execute(statement.encode())
        except psycopg.errors.InsufficientPrivilege:
            continue
        allowed.append(statement)
    assert allowed == []
    assert check(office.company) == [] and verify(office["manager"]).is_sound
