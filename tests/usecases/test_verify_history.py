"""The history is a chain: whatever is done to it past the program is found, and told for what it is (goal S3)."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from desks import another_program
from figures import proved, rounds
from makers import a_customer, saved
from sqlalchemy import text

from dentalsales.blueprint.anchor import Anchor, read_anchor
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import tr
from dentalsales.storage.backup_file import verify as check_copy
from dentalsales.storage.blanked_history import Blank, blank_history
from dentalsales.storage.company import Company
from dentalsales.usecases.back_up import back_up
from dentalsales.usecases.form import open_form
from dentalsales.usecases.run_report import run
from dentalsales.usecases.verify_history import HistoryReport, verify

POSITIONS = rounds("S3", 10)
KEPT = ("history", "history_head", "history_key", "supplier", "customer")


@pytest.fixture
def office(desks: Any) -> Any:
    """An office with some forty entries: suppliers made and changed, customers made and reviewed."""
    for number in range(POSITIONS):
        words = {"name": f"供应商{number}", "phone": "021-55550000", "address": "上海市"}
        supplier = saved(desks["manager"], "suppliers", **words)
        form = open_form(desks["manager"], "suppliers", supplier)
        form.set("phone", f"021-{66660000 + number}")
        form.save()
        a_customer(desks, f"北京第{number}口腔门诊部")
    return desks


@contextmanager
def past_the_program(company: Company) -> Iterator[Any]:
    """A connection of somebody with another program; what was there comes back at the end."""
    with another_program(company) as raw:
        for table in KEPT:
            raw.execute(f"CREATE TEMP TABLE kept_{table} AS SELECT * FROM {table}")
        yield raw
        for table in KEPT:
            raw.execute(f"DELETE FROM {table}")
            raw.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")


def change(raw: Any, at: int) -> str:
    """One value of an entry, another one each time; the seal too."""
    values = ("note = 'x'", "changes = '{}'", "employee_id = 9", "at = '2026-01-01 00:00:00.000000'", "step = 'x'",
              "to_state = 'x'", "from_state = 'x'", "record_id = 999", "version = 77", "seal = '00'")  # fmt: skip
    raw.execute(f"UPDATE history SET {values[at % 10]} WHERE id = {at}")
    return rf"^Entry {at} .* was changed"


def remove(raw: Any, at: int) -> str:
    """An entry goes; every other time the later ones are numbered anew to hide it."""
    raw.execute(f"DELETE FROM history WHERE id = {at}")
    if at % 2:
        renumber(raw, at, -1)
    return r"1 entry is missing before entry \d+"


def insert(raw: Any, at: int) -> str:
    """A copy of an entry comes between others, which are numbered anew; every other time it comes behind the last."""
    if at % 2:
        at = raw.execute("SELECT max(id) + 1 FROM history").fetchone()[0]
    else:
        renumber(raw, at, 1)
    names = "register, record_id, step, from_state, to_state, employee_id, on_behalf_of_id, at, note, changes, seal"
    raw.execute(f"INSERT INTO history (id, {names}) SELECT {at}, {names} FROM history WHERE id = 1")
    return rf"^Entry {at} .* was not written by the program"


def reorder(raw: Any, at: int) -> str:
    """Two entries change places, neighbours or not."""
    other = at + 1 + at % 4
    for old, new in ((at, -1), (other, at), (-1, other)):
        raw.execute(f"UPDATE history SET id = {new} WHERE id = {old}")
    return rf"^Entries {at} and {other} have changed places"


def cut_off(raw: Any, at: int) -> str:
    """The newest entries go."""
    raw.execute(f"DELETE FROM history WHERE id > {at}")
    return rf"missing; the history ends with entry {at}"


def change_head(raw: Any, at: int) -> str:
    """The end of the chain says something else, or is not there."""
    values = ("last_id = last_id - 1", "seal = ''", "count = count - 1", "count = count + 1", "last_id = 0")
    if at % 10 == 9:
        raw.execute("DELETE FROM history_head")
        return "The head of the history is missing"
    seal = f"seal = (SELECT seal FROM history WHERE id = {at})"
    raw.execute(f"UPDATE history_head SET {values[at % 10] if at % 10 < 5 else seal}")
    return "The head of the history was changed"


def lose_key(raw: Any, at: int) -> str:
    """The key is another one, by one letter, or not there."""
    if at % 10 == 9:
        raw.execute("DELETE FROM history_key")
        return "The key of the history is missing"
    (key,) = raw.execute("SELECT key FROM history_key").fetchone()
    place = at % len(key)
    other = key[:place] + ("0" if key[place] != "0" else "1") + key[place + 1 :]
    raw.execute(f"UPDATE history_key SET key = '{other}'")
    return "the key was changed"


def change_record(raw: Any, at: int) -> str:
    """A record changes, goes or moves, and the history knows nothing of it."""
    row = at % 10 + 1
    if at % 3 == 0:
        raw.execute(f"UPDATE supplier SET name = 'x', version = version + 1 WHERE id = {row}")
        return r"Suppliers x was changed without the history: version 3 now, 2 in its last entry"
    if at % 3 == 1:
        raw.execute(f"DELETE FROM supplier WHERE id = {row}")
        return rf"Suppliers #{row} was deleted without the history"
    raw.execute(f"UPDATE customer SET state = 'disabled' WHERE id = {row}")
    return r"Customers .* was moved without the history: “Disabled” now, “Active” in its last entry"


def renumber(raw: Any, start: int, by: int) -> None:
    raw.execute(f"UPDATE history SET id = -id WHERE id >= {start}")
    raw.execute(f"UPDATE history SET id = {by} - id WHERE id < 0")


KINDS: tuple[Callable[[Any, int], str], ...] = (
    change, remove, insert, reorder, cut_off, change_head, lose_key, change_record)  # fmt: skip


def told(report: HistoryReport) -> list[str]:
    return [tr(one) for one in report.findings]


def test_eight_kinds_of_tampering_at_ten_places_are_each_found_and_called_by_their_name(
    office: Any, record_property: Any
) -> None:
    manager = office["manager"]
    clean = verify(manager)
    assert clean.is_sound and clean.entries == clean.head.count >= 4 * POSITIONS
    figures, places = {}, POSITIONS if office.company.exclusive else 2
    for kind in KINDS:
        named = 0
        for at in range(3, 3 + 3 * places, 3):
            with past_the_program(office.company) as raw:
                wanted = kind(raw, at)
                found = told(verify(manager))
            assert found, f"{kind.__name__} at {at} was not found"
            named += any(re.search(wanted, one) for one in found)
        figures[kind.__name__] = named
        assert named == places, figures
    assert verify(manager).is_sound
    proved(record_property, f"S3 of {places} places each", **figures)


def take_out(desks: Any, customer: int, *fields: str) -> None:
    with desks["manager"].writing() as act:
        entry = {"register": "customers", "record_id": customer, "step": "", "from_state": "", "to_state": "",
                 "employee_id": act.desk.employee_id, "on_behalf_of_id": None, "at": act.now, "note": "",
                 "changes": "", "version": None}  # fmt: skip
        blank_history(act.session, entry, [Blank("customers", customer, fields)], {})


def blanked(desks: Any, *fields: str) -> int:
    """Let an anonymisation take a customer's fields out of the history; return the entry that held them."""
    customer = a_customer(desks, "北京无名口腔门诊部")
    form = open_form(desks["manager"], "customers", customer)
    form.set("phone", "13912345678")
    form.set("grade", "a")
    form.save()
    take_out(desks, customer, *fields)
    with desks.company.reading() as session:
        return int(session.scalar(text("SELECT max(id) - 1 FROM history")))


def test_what_an_anonymisation_took_out_of_the_history_is_allowed_and_nothing_else(desks: Any) -> None:
    manager = desks["manager"]
    at = blanked(desks, "phone", "state")
    with desks.company.reading() as session:
        (changes,) = session.execute(text(f"SELECT changes FROM history WHERE id = {at}")).one()
    assert "139" not in changes and re.search(r'"grade": ?\["", ?"a"\]', changes), changes
    assert verify(manager).is_sound
    saved(manager, "suppliers", name="供应商", phone="1", address="1")
    again = blanked(desks, "phone")
    with desks.company.reading() as session:
        (after,) = session.execute(text("SELECT changes FROM history ORDER BY id DESC LIMIT 1")).one()
    assert verify(manager).is_sound and f'"{again}"' in after
    other = changes.replace("a", "b")
    for tampering in (
        f"UPDATE history SET changes = '{other}' WHERE id = {at}",
        f"UPDATE history SET changes = '' WHERE id = {at}",
        f"UPDATE history SET salt = '00' WHERE id = {at}",
        f"UPDATE history SET digest = '', changes = digest WHERE id = {at}",
        f"UPDATE history SET employee_id = 9 WHERE id = {at}",
        f"UPDATE history SET changes = '{{}}', salt = '' WHERE id = {at + 1}",
        f"UPDATE history SET changes = replace(changes, '\"{at}\"', '\"{at - 1}\"') WHERE id = {at + 1}",
    ):
        with past_the_program(desks.company) as raw:
            raw.execute(tampering)
            found = told(verify(manager))
        wanted = rf"^Entr(y|ies) ({at}|{at + 1}) .* changed after"
        assert any(re.search(wanted, one) for one in found), (tampering, found)
    with past_the_program(desks.company) as raw:  # an entry that names others is one of the chain itself
        names = "register, record_id, step, from_state, to_state, employee_id, at, note, seal, changes"
        raw.execute(f"INSERT INTO history (id, {names}) SELECT id + 50, {names} FROM history WHERE id = {at + 1}")
        assert any("was not written by the program" in one for one in told(verify(manager)))
    assert verify(manager).is_sound


def test_nothing_is_taken_out_of_an_entry_that_somebody_changed_before(desks: Any) -> None:
    customer = a_customer(desks, "北京门诊部")
    form = open_form(desks["manager"], "customers", customer)
    form.set("phone", "13912345678")
    form.save()
    with another_program(desks.company) as raw:
        raw.execute("UPDATE history SET changes = replace(changes, '139', '138') WHERE changes LIKE '%phone%'")
    with pytest.raises(RuleBroken, match="changed past the program"):
        take_out(desks, customer, "phone")


def test_paper_and_records_give_away_what_somebody_did_who_knows_how_the_chain_is_made(office: Any) -> None:
    """The end is cut off with its head; and the history goes on, so that the paper is one of the past."""
    manager = office["manager"]
    paper = before = verify(manager).head
    with past_the_program(office.company) as raw:
        raw.execute("DELETE FROM history WHERE id > 20")
        raw.execute("UPDATE history_head SET (last_id, count, seal) = (SELECT 20, 20, seal FROM history WHERE id = 20)")
        found = verify(manager, paper)
    assert tr(found.paper or "") == f"The paper says {paper.count} entries; there are only 20 now."
    assert any("came without the history" in one for one in told(found))

    saved(manager, "suppliers", name="后来的供应商", phone="1", address="1")
    stands = verify(manager, read_anchor(f" {before.count} ：{before.seal.upper()}。"))
    assert stands.is_sound and tr(stands.paper or "") == (
        f"The {before.count} entries up to the one on the paper stand as they were printed."
    )
    wrong = verify(manager, Anchor(before.count - 1, before.seal))
    assert not wrong.is_sound and not wrong.findings
    assert tr(wrong.paper or "").startswith(f"Entry {before.count - 1} is not the one on the paper: something up to it")

    with another_program(office.company) as raw:
        raw.execute("DELETE FROM history WHERE id > 30")
    saved(manager, "suppliers", name="更后来的供应商", phone="1", address="1")
    assert any("are missing before entry" in one for one in told(verify(manager)))  # work goes on; it stays to be seen

    def stop(done: int, total: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        verify(manager, progress=stop)


@pytest.mark.only_in("file")
def test_the_daily_report_and_every_backup_bear_the_seal_of_the_history(desks: Any, tmp_path: Path) -> None:
    manager = desks["manager"]
    saved(manager, "suppliers", name="供应商", phone="1", address="1")
    head = str(verify(manager).head)
    sheet = run(manager, "sales_daily", Period.day(manager.today))
    assert tr(sheet.notes[-1]) == f"Seal of the history when the report was made: {head}."
    copy = back_up(manager, tmp_path)
    head = str(verify(manager).head)  # the entry of the copy that is carried away is in the copy
    assert copy.history_head == head and check_copy(copy.path).history_head == head
    assert verify(manager, read_anchor(copy.history_head)).is_sound


def test_only_who_manages_verifies_and_what_is_no_seal_is_refused(desks: Any) -> None:
    with pytest.raises(NotAllowed, match="sales manager"):
        verify(desks["clerk"])
    for words in ("", "12", "12:xyz", "x:9f3a6c21b04d"):
        with pytest.raises(RuleBroken, match="as it stands on the paper"):
            read_anchor(words)


def test_without_its_key_the_history_takes_no_entry_and_the_act_leaves_nothing(desks: Any) -> None:
    with another_program(desks.company) as raw:
        raw.execute("DELETE FROM history_key")
    with pytest.raises(RuleBroken, match="restore the newest backup"):
        saved(desks["manager"], "suppliers", name="供应商", phone="1", address="1")
    with desks.company.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM supplier")) == 0
