"""S4: whatever a file holds, an import takes it whole or says in one sentence why not, and never ends the program."""

import os
import random
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import func, select
from strange_files import strange_csv, strange_workbook

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange import import_file
from dentalsales.i18n import tr
from dentalsales.registers.customers import Customer
from dentalsales.registers.products import Product
from tests.imports.files import CUSTOMER_HEADINGS, customer, workbook

ROUNDS = int(os.environ.get("DENTALSALES_FUZZ", "120"))
"""How many strange files; DENTALSALES_FUZZ=3000 tries as many as we promise to try by hand."""
WORKBOOKS = 12
"""Every so many files is a workbook: each is read in a process of its own, which takes its time."""
TOO_LONG = 60.0
PRODUCT_TEXT = (
    "产品名称,规格,单位,厂家,注册证号\n树脂,4g,支,登士柏,国械注准20203170001\n车针,TR-13,支,松风,国械备20150001\n"
)


def counted(desk: Any) -> tuple[int, int]:
    """How many customers and products there are."""
    with desk.reading() as act:
        return tuple(act.session.scalar(select(func.count()).select_from(one)) for one in (Customer, Product))


def test_strange_files_are_taken_whole_or_refused_in_words(
    desk: Any, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    rows = [customer(f"诊所{at}", f"K{at}", f"1380013800{at}") for at in range(4)]
    good_book = workbook(tmp_path / "good.xlsx", CUSTOMER_HEADINGS, *rows).read_bytes()
    good_text = "\n".join(",".join(str(cell or "") for cell in row) for row in (CUSTOMER_HEADINGS, *rows))
    crashes, hangs, partial, unnamed, refused, taken = [], 0, 0, 0, 0, 0
    for seed in range(ROUNDS):
        dice = random.Random(seed)
        is_book = seed % WORKBOOKS == 0
        kind, text = ("products", PRODUCT_TEXT) if seed % 3 == 1 else ("customers", good_text)
        path = tmp_path / f"strange-{seed}.{'xlsx' if is_book else 'csv'}"
        path.write_bytes(strange_workbook(good_book, dice) if is_book else strange_csv(text, dice))
        before, begun = counted(desk), monotonic()
        try:
            report = import_file.run(desk, "customers" if is_book else kind, path)
        except RuleBroken as refusal:
            refused += 1
            unnamed += not tr(refusal.text).strip()
            partial += counted(desk) != before
        except Exception as error:  # whatever else it is counts as a crash
            crashes.append((seed, repr(error)[:200]))
        else:
            taken += report.kept
            grown = sum(counted(desk)) - sum(before)
            partial += grown != (report.new if report.kept else 0)
            unnamed += sum(not (problem.row and tr(problem.text)) for problem in report.problems)
        hangs += monotonic() - begun > TOO_LONG
        path.unlink()
    figure = (
        f"S4: strange files {ROUNDS}, taken {taken}, refused {refused}, crashes {len(crashes)}, hangs {hangs}, "
        f"partial imports {partial}, problems without row or words {unnamed}"
    )
    print(figure)
    record_property("figure", figure)
    assert (crashes, hangs, partial, unnamed) == ([], 0, 0, 0)
    assert refused and taken, "the generator makes files of both kinds"
