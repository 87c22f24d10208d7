"""Signing in: one answer whatever was wrong, a delay that a restart does not forget, argon2id."""

from datetime import timedelta
from functools import partial

import argon2
import pytest
from desks import reopened

from dentalsales import app
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.usecases import sign_in

PASSWORD = "correct horse"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes at a hundredth of the cost, for dozens are tried here; what the program spends is tested below."""
    cheap = partial(argon2.PasswordHasher, time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(argon2, "PasswordHasher", cheap)


@pytest.fixture
def clerk(quick, desks):
    sign_in.set_password(desks["manager"], desks["clerk"].employee_id, PASSWORD)
    return desks["clerk"]


def enter(desks, password: str, login: str = "clerk"):
    return sign_in.sign_in(desks.company, desks.business, login, password, desks.clock)


def test_the_right_password_opens_the_desk_with_the_roles(desks, clerk) -> None:
    desk = enter(desks, PASSWORD)
    assert (desk.login, desk.roles) == ("clerk", frozenset({"clerk"}))


def test_a_wrong_password_an_unknown_name_and_a_disabled_employee_get_the_same_answer(desks, clerk) -> None:
    said = set()
    for login, password in (("clerk", "wrong"), ("nobody", "wrong"), ("office", "wrong")):
        with pytest.raises(RuleBroken) as caught:
            enter(desks, password, login)
        said.add(str(caught.value))
    with desks.company.writing() as session:
        session.query(Employee).filter_by(login="clerk").one().disabled = True
    with pytest.raises(RuleBroken) as caught:
        enter(desks, PASSWORD)
    assert said == {str(caught.value)} == {str(sign_in.WRONG)}


def test_an_unknown_name_costs_a_whole_password_check() -> None:
    parameters = argon2.extract_parameters(sign_in.hashed("x"))
    assert argon2.extract_parameters(sign_in.UNKNOWN) == parameters
    assert parameters.type is argon2.Type.ID and parameters.memory_cost >= 64 * 1024 and parameters.time_cost >= 3


def test_after_five_failures_even_the_right_password_waits_also_after_a_restart(desks, clerk) -> None:
    for _failure in range(5):
        with pytest.raises(RuleBroken, match="wrong"):
            enter(desks, "wrong")
    with pytest.raises(RuleBroken, match="Too many wrong passwords. Try again in 9 seconds"):
        enter(desks, PASSWORD)
    again = reopened(desks.company)
    try:
        with pytest.raises(RuleBroken, match="Too many wrong passwords"):
            sign_in.sign_in(again, desks.business, "clerk", PASSWORD, desks.clock)
        desks.clock.now += timedelta(seconds=10)
        sign_in.sign_in(again, desks.business, "clerk", PASSWORD, desks.clock)
    finally:
        again.close()


def test_a_password_is_kept_as_argon2id_and_has_a_least_length(desks, clerk) -> None:
    with desks.company.reading() as session:
        kept = session.query(Employee.password_hash).filter_by(login="clerk").scalar()
    assert kept.startswith("$argon2id$") and PASSWORD not in kept
    with pytest.raises(RuleBroken, match="at least 8 characters"):
        sign_in.change_password(clerk, PASSWORD, "short")
    with pytest.raises(RuleBroken, match="old password is wrong"):
        sign_in.change_password(clerk, "wrong", "long enough")
    sign_in.change_password(clerk, PASSWORD, "long enough")
    enter(desks, "long enough")


def test_only_a_manager_sets_passwords(desks) -> None:
    with pytest.raises(NotAllowed):
        sign_in.set_password(desks["clerk"], desks["rep"].employee_id, "long enough")


def test_the_first_start_makes_a_manager_and_the_letterhead_and_happens_once(business, tmp_path) -> None:
    company = FolderCompany.create(tmp_path / "new", app.metadata())
    try:
        assert sign_in.is_new(company)
        letterhead = {"company_name": "新公司", "company_phone": "010-88001"}
        desk = sign_in.first_start(company, business, letterhead, "boss", "老板", PASSWORD)
        assert desk.letterhead().name == "新公司" and "manager" in desk.roles
        with pytest.raises(RuleBroken, match="works here already"):
            sign_in.first_start(company, business, letterhead, "other", "x", PASSWORD)
    finally:
        company.close()


@pytest.fixture
def beside(desks, clerk):
    """The company, opened a second time only to read, as the command line does beside an open window."""
    opened = FolderCompany.open(desks.company.folder, app.metadata(), read_only=True)
    yield lambda password: sign_in.sign_in(opened, desks.business, "clerk", password, desks.clock)
    opened.close()


@pytest.mark.only_in("file")
def test_wrong_passwords_given_beside_an_open_window_count_too(desks, beside) -> None:
    for _failure in range(5):
        with pytest.raises(RuleBroken, match="wrong"):
            beside("wrong")
    for act in (beside, lambda password: enter(desks, password)):
        with pytest.raises(RuleBroken, match="Too many wrong passwords. Try again in 9 seconds"):
            act(PASSWORD)
    desks.clock.now += timedelta(seconds=10)
    with pytest.raises(RuleBroken, match="wrong"):
        beside("wrong")
    with pytest.raises(RuleBroken, match="Try again in 17 seconds"):
        beside(PASSWORD)
    desks.clock.now += timedelta(seconds=20)
    beside(PASSWORD)
    beside(PASSWORD)


@pytest.mark.only_in("file")
def test_wrong_passwords_of_window_and_command_line_are_added_up(desks, beside) -> None:
    for act in (lambda: enter(desks, "wrong"), lambda: beside("wrong")) * 2:
        with pytest.raises(RuleBroken, match="Name or password is wrong"):
            act()
    with pytest.raises(RuleBroken, match="Name or password is wrong"):
        enter(desks, "wrong")
    with pytest.raises(RuleBroken, match="Too many wrong passwords"):
        beside(PASSWORD)
    sign_in.set_password(desks["manager"], desks["clerk"].employee_id, PASSWORD)
    beside(PASSWORD)
    with pytest.raises(RuleBroken, match="Name or password is wrong"):
        beside("wrong")
    beside(PASSWORD)


@pytest.mark.only_in("file")
def test_where_nothing_can_be_written_the_right_password_still_opens(desks, beside) -> None:
    blocked = desks.company.folder / "wrong-passwords.log"
    blocked.mkdir()
    with pytest.raises(RuleBroken, match="Name or password is wrong"):
        beside("wrong")
    assert beside(PASSWORD).login == "clerk"


@pytest.mark.only_in("file")
def test_the_last_sign_in_is_noted_from_the_first_start_on(desks, clerk, quick, tmp_path) -> None:
    company = app.create_company(tmp_path / "new")
    letterhead = {"company_name": "新公司"}
    first = sign_in.first_start(company, desks.business, letterhead, "boss", "老板", PASSWORD, desks.clock)
    with company.reading() as session:
        assert session.get_one(Employee, first.employee_id).last_sign_in_at == desks.clock()
    company.close()
    enter(desks, PASSWORD)
    with desks.company.reading() as session:
        assert session.get_one(Employee, clerk.employee_id).last_sign_in_at == desks.clock()
