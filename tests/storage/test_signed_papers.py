"""The third migration: papers of an older company keep what the cards say now, and know what was sent of them."""

import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, Table, insert, text

from dentalsales.storage.engine import for_writing, make_engine
from dentalsales.storage.migrate import MIGRATIONS, upgrade


def test_papers_of_an_older_company_are_filled_from_their_cards_and_notes(tmp_path: Path) -> None:
    engine = make_engine(tmp_path / "a.db")
    upgrade(engine, lambda: None, older(tmp_path))
    fill(engine)
    assert upgrade(engine, lambda: None)
    with engine.connect() as connection:
        line = connection.execute(text("SELECT product_code, brand, product_name, maker, sent_amount FROM order_line"))
        assert line.all() == [("A1", "可乐美", "树脂", "甲公司", 150)]
        assert connection.execute(text('SELECT customer_number, customer_name FROM "order"')).all() == [("C-1", "甲")]
        assert connection.execute(text("SELECT customer_name FROM receipt")).scalar() == "甲"
    engine.dispose()


def older(tmp_path: Path) -> Path:
    """Return the migrations as they were before the third one."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for path in (MIGRATIONS / "versions").glob("000[12]_*.py"):
        shutil.copy(path, folder / "versions")
    return folder


def fill(engine: Engine) -> None:
    """A customer's order of which two notes sent something, a draft does not count, and a receipt."""
    put(engine, "customer", id=1, number="C-1", name="甲")
    put(engine, "product", id=1, code="A1", brand="可乐美", name="树脂", maker="甲公司")
    put(engine, "order", id=1, customer_id=1)
    put(engine, "order_line", id=1, order_id=1, product_id=1)
    for number, (state, amount) in enumerate((("sent", 100), ("delivered", 50), ("draft", 30)), 1):
        put(engine, "dispatch_note", id=number, order_id=1, customer_id=1, state=state, number=f"CK-{number}")
        put(engine, "dispatch_line", dispatch_note_id=number, order_line_id=1, product_id=1, amount=amount)
    put(engine, "receipt", id=1, customer_id=1)


def put(engine: Engine, into: str, **values: Any) -> None:
    """Write a row; what it does not name and may not be empty is 0 or an empty text."""
    table = Table(into, MetaData(), autoload_with=engine)
    blanks = {
        column.name: 0 if "INT" in str(column.type).upper() else ""
        for column in table.columns
        if not column.nullable and not column.primary_key
    }
    with for_writing(engine).begin() as connection:
        connection.execute(insert(table).values({**blanks, **values}))
