"""The goals of backups, each with its figure: while others write, on a full disk, and when files are damaged."""

import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from figures import Record, proved, rounds
from sqlalchemy import MetaData, text

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.storage.backup import make_backup
from dentalsales.storage.backup_file import BackupInfo, verify
from dentalsales.storage.database_file import check_database
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.storage.refusals import DamagedCompany
from dentalsales.storage.restore import restore
from dentalsales.storage.sealed_file import new_key
from dentalsales.storage.second_place import copy_to
from dentalsales.usecases.find_good_copy import find_good_copy

ROUNDS_R9, ROUNDS_R11, POINTS_R8 = rounds("R9", 5), rounds("R11", 40), rounds("R8", 20)


def pay(company: FolderCompany, amounts: list[int]) -> None:
    with company.writing() as session:
        session.execute(text("INSERT OR IGNORE INTO shop (id, name, closed) VALUES (1, 'a', 0)"))
        for amount in amounts:
            session.execute(text("INSERT INTO receipt (shop_id, amount) VALUES (1, :amount)"), {"amount": amount})


def test_r9_a_backup_made_while_others_write_restores_to_one_moment(
    company: FolderCompany, toys: MetaData, tmp_path: Path, record_property: Record
) -> None:
    """Every transaction writes two amounts that cancel out, so a torn copy has a sum or an odd count."""
    pay(company, [0] * 5_000)
    stop, stalls = threading.Event(), [0.0]

    def write() -> None:
        while not stop.is_set():
            begun = time.perf_counter()
            pay(company, [7, -7])
            stalls.append(time.perf_counter() - begun)

    writer, failures = threading.Thread(target=write), 0
    writer.start()
    try:
        made = [make_backup(company, company.backups) for _round in range(ROUNDS_R9)]
    finally:
        stop.set()
        writer.join()
    for number, info in enumerate(made):
        restored = restore(info.path, tmp_path / f"restored-{number}").folder
        opened = FolderCompany.open(restored, toys)
        with opened.reading() as session:
            count, total = session.execute(text("SELECT count(*), sum(amount) FROM receipt")).one()
        opened.close()
        failures += (count, total) != (info.counts["receipt"], 0) or count % 2 != 0 or not verify(info.path).verified
    proved(record_property, "R9", rounds=ROUNDS_R9, failures=failures, saves=len(stalls), stall=f"{max(stalls):.3f} s")
    assert failures == 0 and len(stalls) > ROUNDS_R9


CHILD = """
import resource, signal, sys
from pathlib import Path
from sqlalchemy import MetaData
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.storage.backup import make_backup
from dentalsales.storage.folder_company import FolderCompany

folder, backups, limit = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
company = FolderCompany.open(folder, MetaData(), read_only=True)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
for number in map(int, sys.stdin.read().split()):
    resource.setrlimit(resource.RLIMIT_FSIZE, (number, resource.RLIM_INFINITY))
    try:
        make_backup(company, backups)
        print("made", flush=True)
    except RuleBroken as refused:
        print("refused", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the limit of a file's size is Unix's")
def test_r8_a_disk_that_is_full_at_any_write_leaves_the_older_backups_as_they_are(
    company: FolderCompany, tmp_path: Path, record_property: Record
) -> None:
    pay(company, list(range(3_000)))
    (tmp_path / "scan.pdf").write_bytes(random.Random(8).randbytes(300_000))
    company.files.keep(tmp_path / "scan.pdf")
    older = make_backup(company, company.backups)
    content = older.path.read_bytes()
    whole = max(older.size, company.database.stat().st_size + 200_000)
    limits = [1 + whole * point // (POINTS_R8 + 1) for point in range(POINTS_R8)]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(company.folder), str(company.backups), "0"],
        input=" ".join(map(str, limits)), capture_output=True, text=True,
    )  # fmt: skip
    assert resource.getrlimit(resource.RLIMIT_FSIZE) == before and signal.getsignal(signal.SIGXFSZ) is not None
    answers = child.stdout.split()
    made = sorted(company.backups.glob("*.dsbackup"))
    damaged = [path for path in made if not _is_good(path)]
    destroyed = int(older.path.read_bytes() != content)
    proved(
        record_property, "R8 backup", points=len(limits), refused=answers.count("refused"), destroyed=destroyed,
        damaged=len(damaged), left_over=len([path for path in company.backups.iterdir() if path not in made]),
    )  # fmt: skip
    assert len(answers) == POINTS_R8, child.stderr
    assert answers.count("refused") >= POINTS_R8 // 2 and not damaged and not destroyed
    assert set(company.backups.iterdir()) == set(made) and len(made) == 1 + answers.count("made")


def _is_good(path: Path) -> bool:
    try:
        return verify(path).verified
    except RuleBroken:
        return False


def flip(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]


def blank_pages(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(max(1, len(content) // 4096)) * 4096
    return content[:place] + bytes(min(4096, len(content) - place)) + content[place + 4096 :]


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def emptied(content: bytes, chance: random.Random) -> bytes:
    return b""


def other_format(content: bytes, chance: random.Random) -> bytes:
    return b"PK\3\4" + chance.randbytes(5000)


DAMAGES = (flip, blank_pages, cut, emptied, other_format)


@pytest.fixture
def books(company: FolderCompany, tmp_path: Path) -> BackupInfo:
    """A company with a backup; closed, so that its file is all there is."""
    with company.writing() as session:
        for number in range(400):
            session.execute(text("INSERT INTO shop (name, closed) VALUES (:name, 0)"), {"name": f"门诊 {number}"})
    pay(company, list(range(2_000)))
    made = make_backup(company, company.backups)
    company.close()
    return made


def test_r11_a_damaged_database_never_ends_the_program_and_is_never_written_over(
    books: BackupInfo, folder: Path, toys: MetaData, tmp_path: Path, record_property: Record
) -> None:
    """It is refused in a sentence, or read as it is; the file keeps every byte, and the newest good copy is found."""
    content, chance = (folder / "company.db").read_bytes(), random.Random(11)
    crashes, overwritten, refused, offered = [], 0, 0, 0
    for number in range(ROUNDS_R11):
        damaged = DAMAGES[number % len(DAMAGES)](content, chance)
        (folder / "company.db").write_bytes(damaged)
        for left in ("company.db-wal", "company.db-shm"):
            (folder / left).unlink(missing_ok=True)
        try:
            opened = FolderCompany.open(folder, toys, read_only=True)
            with opened.reading() as session:
                session.execute(text("SELECT sum(amount) FROM receipt")).scalar()
                session.execute(text("SELECT max(name) FROM shop")).scalar()
            opened.close()
            check_database(folder / "company.db", thorough=True)
        except RuleBroken as broken:
            refused += 1
            assert isinstance(broken, DamagedCompany) or "newer" in str(broken) or "older" in str(broken)
        except Exception as error:
            crashes.append((DAMAGES[number % len(DAMAGES)].__name__, repr(error)))
        overwritten += (folder / "company.db").read_bytes() != damaged
        found = find_good_copy(folder)
        offered += found is not None and found.path == books.path
    proved(
        record_property, "R11 databases", rounds=ROUNDS_R11, crashes=len(crashes), overwritten=overwritten,
        refused=refused, offered=offered,
    )  # fmt: skip
    assert not crashes and not overwritten and offered == ROUNDS_R11
    assert refused >= ROUNDS_R11 * 3 // 5


def test_r11_a_journal_that_is_missing_loses_no_more_than_it_held(
    company: FolderCompany, folder: Path, toys: MetaData, tmp_path: Path
) -> None:
    pay(company, [1, 2, 3])
    company.checkpoint()
    pay(company, [4])
    other = tmp_path / "copied"
    other.mkdir()
    shutil.copy(folder / "company.db", other)
    opened = FolderCompany.open(other, toys)
    with opened.reading() as session:
        assert session.execute(text("SELECT count(*) FROM receipt")).scalar() == 3
    opened.close()


def test_r11_every_damaged_backup_is_detected_sealed_or_not(
    books: BackupInfo, folder: Path, tmp_path: Path, record_property: Record
) -> None:
    """Also the newest one beside a good older one: the good one is offered."""
    (tmp_path / "stick").mkdir()
    sealed = copy_to(books.path, tmp_path / "stick", new_key("correct horse battery"))
    chance, undetected, rounds = random.Random(12), 0, 0
    newest = folder / "backups" / "20991231-235959.dsbackup"
    for source in (books.path, sealed):
        content = source.read_bytes()
        for number in range(ROUNDS_R11):
            damaged: Any = DAMAGES[number % len(DAMAGES)](content, chance)
            if damaged == content:
                continue
            newest.write_bytes(damaged)
            rounds += 1
            undetected += _is_good(newest)
    found = find_good_copy(folder)
    proved(record_property, "R11 backups", rounds=rounds, undetected=undetected)
    assert undetected == 0 and rounds >= 2 * ROUNDS_R11 - 4
    assert found is not None and found.path == books.path
