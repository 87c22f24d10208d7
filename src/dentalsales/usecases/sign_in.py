"""Signing in: argon2id, one answer and time for every mistake, a delay after failures that survives a restart."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dentalsales.blueprint.business import Business
from dentalsales.blueprint.house_records import Employee, SettingValue
from dentalsales.blueprint.roles import MANAGER, MANAGERS
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.company import Company
from dentalsales.storage.wrong_passwords import WrongPasswords
from dentalsales.usecases.company_settings import read_settings
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.exports import take_in
from dentalsales.usecases.keep_history import write_entry, write_history
from dentalsales.usecases.search_text import fill_search_text

FREE_FAILURES = 5
LONGEST_WAIT = timedelta(minutes=15)
UNKNOWN = "$argon2id$v=19$m=65536,t=3,p=4$ZGVudGFsLXNhbGVzLTAwMQ$qr7vz8c3n5ePVNvkHBsHb0Vj8Cq6aH7W6j1Yk4b7J3E"
"""A hash that fits no password, so that an unknown name costs the same time as a wrong password."""
WRONG = _("Name or password is wrong. Try again, or ask the sales manager to set a new password.")


def is_new(company: Company) -> bool:
    """Say whether nobody works here yet, so that the first start begins."""
    with company.reading() as session:
        return not session.scalar(select(func.count()).select_from(Employee))


def first_start(
    company: Company,
    business: Business,
    letterhead: Mapping[str, str],
    login: str,
    name: str,
    password: str,
    clock: Callable[[], datetime] | None = None,
) -> Desk:
    """Write the letterhead and the first employee, a sales manager, and sign them in; RuleBroken if not the first."""
    if not is_new(company):
        raise RuleBroken(_("Somebody works here already. Sign in."))
    long_enough(password, 8)
    for text, field in ((login, "login"), (name, "name"), (letterhead.get("company_name", ""), "company_name")):
        if not text.strip():
            raise RuleBroken(_("Enter company name, your name and a sign-in name."), field=field)
    with company.writing() as session:
        employee = Employee(login=login.strip(), name=name.strip(), roles=MANAGER, password_hash=hashed(password))
        employee.last_sign_in_at = (clock or _now)()
        fill_search_text(employee)
        session.add(employee)
        _began(session, employee)
        session.add_all(SettingValue(key=key, value=value) for key, value in letterhead.items() if value)
    return Desk(business, company, employee, clock)


def sign_in(
    company: Company, business: Business, login: str, password: str, clock: Callable[[], datetime] | None = None
) -> Desk:
    """Return the desk of an employee; RuleBroken with one answer whatever was wrong."""
    now = (clock or _now)()
    with company.reading() as session:
        employee = session.scalar(select(Employee).where(Employee.login == login.strip()))
    if employee is not None:
        _demand_patience(company, employee, now)
    right = fits(password, employee.password_hash if employee and employee.password_hash else UNKNOWN)
    if employee is None or not right or employee.disabled:
        if employee is not None:
            _failed(company, employee.id, now)
        raise RuleBroken(WRONG, field="password")
    _succeeded(company, employee, password, now)
    return Desk(business, company, employee, clock)


def change_password(desk: Desk, old: str, new: str) -> None:
    """Give oneself a new password; RuleBroken when the old one is wrong."""
    with desk.writing() as act:
        if not fits(old, act.employee.password_hash):
            raise RuleBroken(_("The old password is wrong."), field="old")
        long_enough(new, act.setting("password_length"))
        act.employee.password_hash = hashed(new)
        write_history(act, "employees", act.employee.id, "password", "", "")


def set_password(desk: Desk, employee_id: int, new: str) -> None:
    """Give somebody a new password, a manager's act."""
    if not desk.roles & MANAGERS:
        raise NotAllowed(_("Only the sales manager or director sets passwords."))
    with desk.writing() as act:
        act.by_right_of(MANAGERS)
        long_enough(new, act.setting("password_length"))
        employee = act.session.get_one(Employee, employee_id)
        employee.password_hash, employee.failures, employee.locked_until = hashed(new), 0, None
        WrongPasswords(desk.company.folder).forget(employee_id, act.now)
        write_history(act, "employees", employee_id, "password", "", "")
        act.touched.add("employees")


def confirm_password(desk: Desk, password: str) -> bool:
    """Say whether this is the signed-in employee's password, to unlock the idle window."""
    with desk.company.reading() as session:
        return fits(password, session.get_one(Employee, desk.employee_id).password_hash)


def long_enough(password: str, length: int) -> None:
    """Raise RuleBroken for a password shorter than the company asks for."""
    if len(password) < length:
        raise RuleBroken(_("The password needs at least {length} characters."), field="password", length=length)


def hashed(password: str) -> str:
    """Return the argon2id hash; takes a third of a second, so never on the window's thread."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(password)


def fits(password: str, kept: str) -> bool:
    """Say whether a password belongs to a hash."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def minimum_length(company: Company) -> int:
    """Return how long a password has to be."""
    with company.reading() as session:
        return int(read_settings(session)["password_length"])


def _demand_patience(company: Company, employee: Employee, now: datetime) -> None:
    """Raise RuleBroken while the wait after wrong passwords is not over, whichever program they were given to."""
    beside = WrongPasswords(company.folder).since_right(employee.id)
    until = [employee.locked_until] if employee.locked_until is not None else []
    if beside:
        until.append(beside[-1] + _wait(employee.failures + len(beside)))
    left = max(until, default=now) - now
    if left > timedelta(0):
        raise RuleBroken(
            _("Too many wrong passwords. Try again in {seconds} seconds."), seconds=int(left.total_seconds()) + 1
        )


def _wait(failures: int) -> timedelta:
    """Return how long to wait: after five failures every further one doubles it, up to a quarter of an hour."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - FREE_FAILURES + 3, 10)), LONGEST_WAIT)


def _failed(company: Company, employee_id: int, now: datetime) -> None:
    """Count a wrong password in the database, or beside it when the company is open only to read."""
    beside = WrongPasswords(company.folder)
    if not company.may_write:
        beside.note(employee_id, now)
        return
    with company.writing() as session:
        employee = session.get_one(Employee, employee_id)
        employee.failures += 1
        wait = _wait(employee.failures + len(beside.since_right(employee_id)))
        if wait:
            employee.locked_until = now + wait


def _succeeded(company: Company, employee: Employee, password: str, now: datetime) -> None:
    from argon2 import PasswordHasher

    WrongPasswords(company.folder).forget(employee.id, now)
    if not company.may_write:
        return
    with suppress(RuleBroken):  # a history that can't go on is no reason to keep out who has to mend it
        take_in(company)
    with company.writing() as session:
        kept = session.get_one(Employee, employee.id)
        kept.failures, kept.locked_until, kept.last_sign_in_at = 0, None, now
        if PasswordHasher().check_needs_rehash(kept.password_hash):
            kept.password_hash = hashed(password)


def _now() -> datetime:
    return datetime.now(UTC)


def _began(session: Session, employee: Employee) -> None:
    """The first employee stands in the history as their own work."""
    session.flush()
    at = employee.last_sign_in_at or _now()
    write_entry(session, employee.id, at, register="employees", record_id=employee.id, step="created", version=1)


def join_sample(
    company: Company, business: Business, letterhead: Mapping[str, str], login: str, name: str, password: str
) -> Desk:
    """Put the first employee, a sales manager, and the letterhead into a sample company, and sign them in."""
    long_enough(password, minimum_length(company))
    with company.writing() as session:
        if session.scalar(select(Employee.id).where(Employee.login == login.strip())) is not None:
            raise RuleBroken(
                _("“{login}” is one of the sample company's users. Choose another sign-in name."),
                field="login",
                login=login.strip(),
            )
        employee = Employee(login=login.strip(), name=name.strip(), roles=MANAGER, password_hash=hashed(password))
        employee.last_sign_in_at = _now()
        fill_search_text(employee)
        session.add(employee)
        _began(session, employee)
        for key, value in letterhead.items():
            if value:
                session.merge(SettingValue(key=key, value=value))
    return Desk(business, company, employee)
