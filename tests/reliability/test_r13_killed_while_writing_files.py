"""R13: the program is killed while it writes a workbook, PDF, CSV or draft: the file is the old one or the new one."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from figures import Record, proved, rounds
from killing import Workers, needs_fork
from openpyxl import load_workbook

ROUNDS = rounds("R13", 30)
ROWS = 120


def of_draft(path: Path) -> int:
    (number,) = {*(kept := json.loads(path.read_text(encoding="utf-8"))["snapshot"])}
    assert len(kept) == ROWS
    return int(number)


def of_csv(path: Path) -> int:
    found = re.findall(r"^产品 \d+,(\d+)\r?$", path.read_text(encoding="utf-8-sig"), re.MULTILINE)
    assert len(found) == ROWS and len(set(found)) == 1
    return int(found[0])


def of_workbook(path: Path) -> int:
    book = load_workbook(path, read_only=True)
    found = [row[1] for row in book.worksheets[0].iter_rows(values_only=True) if str(row[0]).startswith("产品 ")]
    book.close()
    assert len(found) == ROWS and len(set(found)) == 1
    return int(str(found[0]))


def of_pdf(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert all(f"产品 {row}" in text for row in (0, ROWS - 1))
    (number,) = set(re.findall(r"no-(\d+)", text))
    return int(number)


READERS: dict[str, Callable[[Path], int]] = {"json": of_draft, "csv": of_csv, "xlsx": of_workbook, "pdf": of_pdf}


@needs_fork
def test_r13_a_file_is_the_old_one_or_the_complete_new_one_after_kill_9(
    program: Workers, tmp_path: Path, record_property: Record
) -> None:
    """Whole, and no older than what was acknowledged; the halves beside it never bear its name."""
    chance, last, torn, older = random.Random(13), dict.fromkeys(READERS, 0), 0, 0
    program.begin("files", folder=tmp_path, first=1).follow(len(READERS)).kill(chance)
    for number in range(ROUNDS):
        work = program.begin("files", folder=tmp_path, first=10 * (number + 1))
        for line in work.follow(chance.randrange(5)).kill(chance, 0.08):
            ending, written = line.split()
            last[ending] = int(written)
        for ending, read in READERS.items():
            path = next(path for path in tmp_path.glob(f"*.{ending}") if not path.name.startswith("."))
            try:
                older += read(path) < last[ending]
            except Exception as problem:
                print(ending, repr(problem))
                torn += 1
    halves = len([path for path in tmp_path.iterdir() if path.name.startswith(".~")])
    proved(
        record_property, "R13", rounds=ROUNDS, files=ROUNDS * len(READERS), torn=torn, lost=older, halves_beside=halves
    )
    assert (torn, older) == (0, 0)
