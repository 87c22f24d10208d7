"""A prepared question gives what the database holds now, in the program's own values, and is refused in sentences."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Column, Date, Integer, MetaData, String, Table, insert, select

from dentalsales.blueprint.among import one_of, placed, places_for
from dentalsales.blueprint.column_types import Money
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.storage.engine import make_engine
from dentalsales.storage.prepared import Prepared

BILLS = Table(
    "bill",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("state", String),
    Column("amount", Money),
    Column("on", Date),
)
OPEN = select(BILLS.c.id, BILLS.c.amount, BILLS.c.on).where(
    BILLS.c.state.not_in(["void", "draft"]), BILLS.c.amount > Decimal("1.00"), one_of(BILLS.c.id, "id", 4)
)


def test_values_come_as_the_program_knows_them_and_change_with_the_database(tmp_path: Path) -> None:
    engine, asked = make_engine(tmp_path / "company.db"), Prepared(OPEN.order_by(BILLS.c.id))
    rows = [
        {"id": key, "state": state, "amount": Decimal(amount), "on": date(2026, 11, key)}
        for key, state, amount in ((1, "billed", "5.50"), (2, "void", "9.00"), (3, "billed", "0.50"), (4, "paid", "7"))
    ]
    with engine.begin() as connection:
        BILLS.metadata.create_all(connection)
        connection.execute(insert(BILLS), rows[:3])
    assert asked.rows(engine, placed("id", [1, 2, 3, 4])) == [[1, Decimal("5.50"), date(2026, 11, 1)]]
    with engine.begin() as connection:
        connection.execute(insert(BILLS), rows[3:])
    assert [row[0] for row in asked.rows(engine, placed("id", [4, 1, 3]))] == [1, 4]
    with engine.begin() as connection:
        BILLS.metadata.drop_all(connection)
    engine.dispose()


def test_a_database_that_cannot_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "company.db").write_bytes(b"no database" * 1000)
    engine = make_engine(tmp_path / "company.db", read_only=True)
    with pytest.raises(RuleBroken, match="damaged"):
        Prepared(select(BILLS.c.id)).rows(engine)
    engine.dispose()


def test_values_are_filled_up_to_a_few_sizes_of_statements() -> None:
    assert [places_for(range(count)) for count in (0, 1, 2, 3, 5, 20, 1024, 1500)] == [1, 1, 2, 4, 8, 32, 1024, 1500]
    assert placed("id", [7, 8, 9]) == {"id_0": 7, "id_1": 8, "id_2": 9, "id_3": 9}
