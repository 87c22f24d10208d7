"""The eleventh migration: the history of an older company becomes a chain, in its order."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text
from test_signed_papers import put

from dentalsales.storage.engine import make_engine
from dentalsales.storage.history_chain import FIELDS, canonical_text, seal_of
from dentalsales.storage.migrate import MIGRATIONS, upgrade


def test_the_history_of_an_older_company_is_sealed_in_its_order_whatever_numbers_are_missing(tmp_path: Path) -> None:
    older = tmp_path / "migrations"
    (older / "versions").mkdir(parents=True)
    for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"):
        if path.name < "0011":
            shutil.copy(path, older / "versions")
    engine = make_engine(tmp_path / "a.db")
    upgrade(engine, lambda: None, older)
    for number in (1, 2, 5):
        entry: dict[str, Any] = {"record_id": number, "step": "created", "at": datetime(2026, 1, 1)}
        put(engine, "history", id=number, register="orders", note="三:1", **entry)
    assert upgrade(engine, lambda: None)
    with engine.connect() as connection:
        rows = connection.execute(text(f"SELECT {', '.join(FIELDS)}, seal FROM history ORDER BY id")).all()
        key = connection.execute(text("SELECT key FROM history_key")).scalar_one()
        head = connection.execute(text("SELECT last_id, seal, count FROM history_head")).one()
    seal = ""
    for *values, kept in rows:
        seal = seal_of(bytes.fromhex(key), values, seal)
        assert kept == seal
    assert tuple(head) == (5, seal, 3) and len(bytes.fromhex(key)) == 32
    engine.dispose()


def test_no_other_values_give_the_same_text() -> None:
    assert canonical_text(("ab", "c")) == "2:ab1:c" != canonical_text(("a", "bc"))
    assert canonical_text((None, "")) == "-0:" != canonical_text(("", None))
    assert canonical_text((1, "批号")) == "1:12:批号"
