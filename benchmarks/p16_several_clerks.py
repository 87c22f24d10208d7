"""P16: eight clerks who save orders on one PostgreSQL server against one clerk; what counts is the time of an order."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

from benchmarks.ground import Ground
from benchmarks.measure import Cost, Result, result_of
from dentalsales import app
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_company import ServerCompany
from dentalsales.storage.server_roles import clerks_role
from tests.postgres_server import PostgresServer

CLERKS = 8
LINES = 20
ORDERS = 48
"""So many are saved by all together in a turn."""
LIMIT = 0.77
"""An order takes that part of a single clerk's time when eight save 1.3 times as many."""
PRODUCTS = """SELECT DISTINCT product_id FROM lot JOIN product ON product.id = product_id
              WHERE NOT disabled AND condition = 'ok' AND lot.expires_on > current_date + 365
              AND product_id IN (SELECT product_id FROM price WHERE level = 'list') ORDER BY product_id LIMIT 20"""


def measure(ground: Ground) -> Iterator[Result]:
    """One line for the saves alone, one for orders that are filled in and saved; the server flushes every commit."""
    server = PostgresServer(safe=True)
    with ExitStack() as ends:
        ends.callback(server.stop)
        server.run("CREATE DATABASE office")
        with closing(ServerCompany.create(_address(server), ground.scratch / "p16", app.metadata())) as company:
            app.fill_with_sample(company)
        words = _prepared(server)
        for filled, what in (("before", "saves"), ("meanwhile", "orders filled in and saved")):
            pairs = [(_turn(CLERKS, words, filled), _turn(1, words, filled)) for _round in range(ground.rounds)]
            yield result_of("P16", f"{CLERKS} clerks on PostgreSQL: {what}", pairs, LIMIT)


def _address(server: PostgresServer) -> ServerAddress:
    return ServerAddress.parse(server.url("office"))


def _prepared(server: PostgresServer) -> tuple[str, str, str]:
    """Put enough on the shelf; return address, customer and products as a clerk's process takes them."""
    products: list[Any] = [str(row[0]) for row in server.run(PRODUCTS, database="office")]
    assert len(products) == LINES
    among = f"product_id IN ({','.join(products)})"
    more = [f"UPDATE {table} SET on_hand = on_hand + 1000000 WHERE {among}" for table in ("lot", "stock_level")]
    query = "SELECT id FROM customer WHERE state = 'active' ORDER BY purchases_total DESC LIMIT 1"
    ((customer,),) = server.run(*more, "VACUUM ANALYZE", query, database="office")
    login = server.clerk(clerks_role("office"))
    return server.url("office", login), str(customer), ",".join(products)


def _turn(clerks: int, words: tuple[str, str, str], filled: str) -> Cost:
    """Let so many clerks share the turn's orders; return the seconds of one order, from the word to the last save."""
    command = [sys.executable, "-m", "benchmarks.p16_clerk", *words, str(ORDERS // clerks), filled]
    begun: list[subprocess.Popen[str]] = []
    with ExitStack() as ends:
        for _clerk in range(clerks):  # one after the other: nobody opens the office in the same second as seven others
            clerk = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            begun.append(ends.enter_context(clerk))
            assert clerk.stdout is not None and clerk.stdout.readline() == "ready\n", "a clerk was shown an error"
        for clerk in begun:
            assert clerk.stdin is not None
            clerk.stdin.write("go\n")
            clerk.stdin.flush()
        took = [float(clerk.stdout.readline()) for clerk in begun if clerk.stdout is not None]
    return Cost(max(took) / ORDERS, 0.0)
