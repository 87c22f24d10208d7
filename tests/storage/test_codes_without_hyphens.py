"""The ninth migration: products of an older company are found by their codes without hyphens."""

import shutil
from pathlib import Path

from sqlalchemy import text
from test_signed_papers import put

from dentalsales.storage.engine import make_engine
from dentalsales.storage.migrate import MIGRATIONS, upgrade


def test_products_of_an_older_company_are_found_by_codes_without_hyphens(tmp_path: Path) -> None:
    older = tmp_path / "migrations"
    (older / "versions").mkdir(parents=True)
    for path in (MIGRATIONS / "versions").glob("000[1-8]_*.py"):
        shutil.copy(path, older / "versions")
    engine = make_engine(tmp_path / "a.db")
    upgrade(engine, lambda: None, older)
    put(engine, "product", id=1, code="NI-30", name="锉", search_text="ni-30 锉 cuo")
    put(engine, "product", id=2, code="A1", name="锉", search_text="a1 锉 cuo")
    assert upgrade(engine, lambda: None)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT search_text FROM product ORDER BY id")).scalars().all()
    assert found == ["ni-30 锉 cuo ni30", "a1 锉 cuo"]
    engine.dispose()
