"""P5: what a few letters may mean, against FTS5 and an index prefix in the sqlite3 module; and the pop-up, painted."""

import os
import sys
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.ground import Ground, desk_in, raw_in
from benchmarks.measure import Cost, Result, Turn, compare, result_of, turns
from dentalsales.usecases import search
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.form import new_form

LIMIT = 3.0
PAINTED = 0.050
"""Seconds from the last key until the suggestions stand painted."""
SHOWN = 12
SEARCHES = (
    ("customer", "kq", "customers by initials"),
    ("customer", "口腔", "customers by characters"),
    ("customer", "zzzzq", "customers, no match"),
    ("product", "fhsz", "products by initials"),
    ("product", "树脂", "products by characters"),
    ("product", "zzzzq", "products, no match"),
    ("order", "SO-2026111", "papers by the beginning of the number"),
)
"""Table, what is typed, and its name for the reader."""


def measure(ground: Ground) -> Iterator[Result]:
    """One line for each search, and one for the pop-up in its field."""
    with desk_in(ground.company, "clerk", read_only=True) as desk, raw_in(ground.company) as raw:
        for table in ("customer", "product"):
            _index(raw, table)
            search.make_ready(desk, table)  # as the field does when it is entered
        for table, typed, name in SEARCHES:
            ours = turns(lambda table=table, typed=typed: search.suggest(desk, table, typed, SHOWN))  # type: ignore[misc]
            yield compare("P5", name, ours, _baseline(raw, table, typed), ground.rounds * 10, LIMIT, warm_ups=5)
        yield _popup(desk, ground)


def _index(raw: Any, table: str) -> None:
    """Make the best index there is for words and their beginnings, one token to a Chinese character."""
    raw.execute(f"CREATE VIRTUAL TABLE temp.{table}_words USING fts5(words, prefix='1 2 3')")
    rows = raw.execute(f"SELECT id, search_text FROM {table}").fetchall()
    raw.executemany(
        f"INSERT INTO temp.{table}_words (rowid, words) VALUES (?, ?)", ((key, _apart(text)) for key, text in rows)
    )


def _apart(text: str) -> str:
    return "".join(f" {letter} " if letter > "\u2e80" else letter for letter in text)


def _baseline(raw: Any, table: str, typed: str) -> Turn:
    if table == "order":
        query = """SELECT paper.id, paper.number, customer.name
                   FROM "order" AS paper JOIN customer ON customer.id = customer_id
                   WHERE paper.number >= ?1 AND paper.number < ?1 || char(1114111) ORDER BY paper.id DESC LIMIT ?2"""
        return turns(lambda: raw.execute(query, (typed, SHOWN)).fetchall())
    names = {"customer": "number, name, region, phone", "product": "code, name, brand, model, spec, shade, unit"}
    query = f"""SELECT id, {names[table]} FROM {table}
                WHERE id IN (SELECT rowid FROM temp.{table}_words WHERE words MATCH ?) ORDER BY name LIMIT ?"""
    words = '"' + _apart(typed).strip() + '"*'
    return turns(lambda: raw.execute(query, (words, SHOWN)).fetchall())


def _popup(desk: Desk, ground: Ground) -> Result:
    """Type into a product's field; the pause after the last key, in which fast typing asks once, is counted."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from dentalsales.ui import theme
    from dentalsales.ui.editors.link import LinkEditor
    from dentalsales.ui.link_choices import LinkChoices

    application = QApplication.instance() or QApplication(sys.argv[:1])
    theme.apply(application, "light")
    form = new_form(desk, "orders")
    form.add_line("lines")
    field = form.line_fields("lines")["product_id"]
    editor = LinkEditor(LinkChoices(desk, field, form, "lines.0.product_id"))
    editor.show()
    editor.activateWindow()
    editor.setFocus()

    def turn() -> Cost:
        editor.clear()
        for letter in "fhs":
            QTest.keyClick(editor, letter)
        QTest.qWait(200)
        wall, cpu = time.perf_counter(), time.process_time()
        QTest.keyClick(editor, "z")
        while editor._asked != "fhsz":
            QApplication.processEvents()
        editor._popup.repaint()
        return Cost(time.perf_counter() - wall, time.process_time() - cpu)

    pairs = [(turn(), Cost(PAINTED, 0)) for _round in range(ground.rounds)]
    return result_of("P5", "last key until the suggestions are painted", pairs, 1.0)
