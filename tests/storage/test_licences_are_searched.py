"""The eighth migration: customers of an older company are found by the numbers of their licences."""

import shutil
from pathlib import Path

from sqlalchemy import text
from test_signed_papers import put

from dentalsales.storage.engine import make_engine
from dentalsales.storage.migrate import MIGRATIONS, upgrade
from dentalsales.usecases.search_text import open_words


def test_customers_of_an_older_company_are_found_by_their_licences(tmp_path: Path) -> None:
    older = tmp_path / "migrations"
    (older / "versions").mkdir(parents=True)
    for path in (MIGRATIONS / "versions").glob("000[1-7]_*.py"):
        shutil.copy(path, older / "versions")
    engine = make_engine(tmp_path / "a.db")
    upgrade(engine, lambda: None, older)
    put(engine, "customer", id=1, name="甲", search_text="甲 jia 91110000")
    put(engine, "customer", id=2, name="乙", search_text="乙 yi")
    for number, licence in ((1, "PDY100"), (1, "91110000"), (1, "京药监械经营许2024号")):
        put(engine, "customer_licence", customer_id=number, number=licence, kind="clinic")
    assert upgrade(engine, lambda: None)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT search_text FROM customer ORDER BY id")).scalars().all()
    assert [open_words(one).strip() for one in found] == ["甲 jia 91110000 pdy100 京药监械经营许2024号", "乙 yi"]
    engine.dispose()
