"""The fourteenth migration: a paper that was under way on a route still waits for the role whose turn it was."""

import shutil
from pathlib import Path

from sqlalchemy import text
from test_signed_papers import put

from dentalsales.storage.engine import make_engine
from dentalsales.storage.migrate import MIGRATIONS, upgrade

PAPERS = {  # state and how many had approved -> whose turn it is, and the route that it keeps
    ("draft", 0): ("", ""),
    ("in_review", 0): ("vp", "vp,general_manager,manager"),
    ("in_review", 2): ("manager", "vp,general_manager,manager"),
    ("approved", 3): ("", "vp,general_manager,manager"),
}


def test_a_paper_under_way_waits_for_whom_it_waited_for(tmp_path: Path) -> None:
    older = tmp_path / "migrations"
    (older / "versions").mkdir(parents=True)
    for path in (MIGRATIONS / "versions").glob("*.py"):
        if path.name[:4] < "0014":
            shutil.copy(path, older / "versions")
    engine = make_engine(tmp_path / "a.db")
    upgrade(engine, lambda: None, older)
    put(engine, "customer", id=1, name="康美齿科")
    for number, (state, position) in enumerate(PAPERS, 1):
        put(engine, "special_price", id=number, customer_id=1, state=state, route_position=position)
    assert upgrade(engine, lambda: None)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT turn, route FROM special_price ORDER BY id")).all()
    assert [tuple(row) for row in found] == list(PAPERS.values())
    engine.dispose()
