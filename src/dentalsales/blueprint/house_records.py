"""The records that the acts themselves write: employee, delegation, history, counter, attachment, settings, view."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, ForeignKey, Index, Integer, String, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column

from dentalsales.blueprint.column_types import Moment
from dentalsales.blueprint.fields import CONTACT, choices, day, link, moment, optional_unique_text, text, yes_no
from dentalsales.blueprint.record import Base, Record
from dentalsales.blueprint.roles import ROLES
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, c_


class Employee(Record):
    """Who works here; disabled when they leave, never deleted (M120, M127)."""

    __tablename__ = "employee"
    title_fields: ClassVar[tuple[str, ...]] = ("name",)

    login: Mapped[str] = text(
        _("Sign-in name"),
        required=True,
        unique=True,
        length=40,
        search=True,
        pattern=r"[^\s]+",
        pattern_help=_("A sign-in name has no spaces."),
        personal=CONTACT,
    )
    name: Mapped[str] = text(_("Name"), required=True, length=60, search=True, personal=CONTACT)
    work_number: Mapped[str | None] = optional_unique_text(_("Work number"), length=20, search=True, personal=CONTACT)
    certificate: Mapped[str] = text(c_("employee", "Certificate"), length=100, personal=CONTACT)
    phone: Mapped[str] = text(_("Phone"), length=40, personal=CONTACT)
    roles: Mapped[str] = choices(_("Roles"), *((role.name, role.label) for role in ROLES), required=True)
    joined_on: Mapped[date | None] = day(_("Joined on"))
    disabled: Mapped[bool] = yes_no(_("Disabled"))
    password_hash: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    must_change_password: Mapped[bool] = mapped_column(nullable=False, default=False)
    failures: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)
    last_sign_in_at: Mapped[datetime | None] = moment(_("Last sign-in"), read_only=True)
    language: Mapped[str] = mapped_column(String(10), nullable=False, default="")

    @property
    def role_set(self) -> frozenset[str]:
        """The roles held."""
        return frozenset(self.roles.split(",")) if self.roles else frozenset()


class Delegation(Record):
    """Who stands in for an absent colleague, with which of his roles, from when to when (P19, M123)."""

    __tablename__ = "delegation"
    title_fields: ClassVar[tuple[str, ...]] = ("starts_on", "ends_on")

    absent_id: Mapped[int] = link(_("Absent"), "employee", required=True)
    deputy_id: Mapped[int] = link(_("Deputy"), "employee", required=True)
    roles: Mapped[str] = choices(_("Roles"), *((role.name, role.label) for role in ROLES), required=True)
    starts_on: Mapped[date] = day(_("From"), required=True, default="today")
    ends_on: Mapped[date] = day(_("Until"), required=True)
    reason: Mapped[str] = text(_("Reason"), search=True)
    withdrawn: Mapped[bool] = yes_no(_("Withdrawn"))

    def check(self) -> None:
        """An absence does not end before it starts, and nobody is his own deputy."""
        if self.ends_on < self.starts_on:
            raise RuleBroken(_("The absence ends before it starts."), field="ends_on")
        if self.absent_id == self.deputy_id:
            raise RuleBroken(_("Choose a colleague: nobody stands in for himself."), field="deputy_id")


class History(Base):
    """One entry for everything that happened to any record (M121, M122); `changes` is JSON: field -> [old, new]."""

    __tablename__ = "history"
    __table_args__ = (Index("ix_history_record", "register", "record_id", "id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    register: Mapped[str] = mapped_column(String(40), nullable=False)
    record_id: Mapped[int] = mapped_column(Integer, nullable=False)
    step: Mapped[str] = mapped_column(String(40), nullable=False)
    from_state: Mapped[str] = mapped_column(String(30), nullable=False, default="")
    to_state: Mapped[str] = mapped_column(String(30), nullable=False, default="")
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    at: Mapped[datetime] = mapped_column(Moment, nullable=False, index=True)
    note: Mapped[str] = mapped_column(String, nullable=False, default="")
    changes: Mapped[str] = mapped_column(String, nullable=False, default="")
    version: Mapped[int | None] = mapped_column(Integer)
    """The record's version after what happened; none for what changes no version, and in older entries."""
    seal: Mapped[str] = mapped_column(String(64), nullable=False, server_default="")
    digest: Mapped[str] = mapped_column(String(64), nullable=False, server_default="")
    salt: Mapped[str] = mapped_column(String(32), nullable=False, server_default="")
    """HMAC over the entry and the seal before it; of changes it covers a salted digest: storage/history_chain.py."""


class HistoryHead(Base):
    """The end of the history, so that it is noticed when its newest entries are missing; the table has one row."""

    __tablename__ = "history_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    last_id: Mapped[int] = mapped_column(Integer, nullable=False)
    seal: Mapped[str] = mapped_column(String(64), nullable=False)
    count: Mapped[int] = mapped_column(Integer, nullable=False)


class HistoryKey(Base):
    """The company's own key of the seals, in hex; the table has one row, which only the database itself may need."""

    __tablename__ = "history_key"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), nullable=False)


class Counter(Base):
    """The last number given out of a series, such as "SO-20261122-"."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(String(60), primary_key=True)
    last: Mapped[int] = mapped_column(Integer, nullable=False)


TAKEN_OFF, GONE = "off", "gone"
"""Kinds of a file that its record has no more: one is still seen, of a paper that left draft; the other one is not."""


class Attachment(Base):
    """A file that belongs to a record; its bytes lie in the store under their SHA-256, and its row stays."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_record", "register", "record_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    register: Mapped[str] = mapped_column(String(40), nullable=False)
    record_id: Mapped[int] = mapped_column(Integer, nullable=False)
    name: Mapped[str] = mapped_column(String(200), nullable=False)
    kind: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    """What it is for: "" a file of the record, TAKEN_OFF or GONE one that was, other words what the program prints."""
    sha256: Mapped[str] = mapped_column(String(64), nullable=False)
    size: Mapped[int] = mapped_column(Integer, nullable=False)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    added_at: Mapped[datetime] = mapped_column(Moment, nullable=False)

    @classmethod
    def of(cls, register: str, record_id: int) -> ColumnElement[bool]:
        """Return the condition of the files that a record has; what was taken off is not among them."""
        return and_(cls.register == register, cls.record_id == record_id, cls.kind.not_in((TAKEN_OFF, GONE)))


class SettingValue(Base):
    """A company's own value of a setting; what has no row has its default."""

    __tablename__ = "setting_value"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String, nullable=False)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    changed_at: Mapped[datetime | None] = mapped_column(Moment)


class PersonalValue(Base):
    """What one employee chose for the own desk: look, keys, layouts; its value is JSON."""

    __tablename__ = "personal_value"

    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    value: Mapped[str] = mapped_column(String, nullable=False)


class SavedView(Base):
    """A named view of a list, with its filters and its look; the employee's own, or shared with everybody."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("employee_id", "register", "name"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), nullable=False)
    register: Mapped[str] = mapped_column(String(40), nullable=False)
    name: Mapped[str] = mapped_column(String(60), nullable=False)
    shared: Mapped[bool] = mapped_column(nullable=False, default=False)
    position: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    """Place among the employee's views of the list."""
    content: Mapped[str] = mapped_column(String, nullable=False)


class PrintTemplate(Base):
    """How the company wants a paper on one size; what has no row is as the paper declares it."""

    __tablename__ = "print_template"
    __table_args__ = (UniqueConstraint("printout", "size"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    printout: Mapped[str] = mapped_column(String(40), nullable=False)
    size: Mapped[str] = mapped_column(String(40), nullable=False)
    is_usual: Mapped[bool] = mapped_column(nullable=False, default=False)
    """The size that is taken unless somebody wants another."""
    content: Mapped[str] = mapped_column(String, nullable=False, default="")
    """Canonical JSON of what was chosen; empty is as usual."""


class PrintRun(Base):
    """One print of one paper, on paper or as PDF, however many copies; the first is clean, later ones are marked."""

    __tablename__ = "print_run"
    __table_args__ = (UniqueConstraint("printout", "record_id", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    printout: Mapped[str] = mapped_column(String(40), nullable=False)
    record_id: Mapped[int] = mapped_column(Integer, nullable=False)
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    way: Mapped[str] = mapped_column(String(10), nullable=False)
    """paper or pdf."""
    size: Mapped[str] = mapped_column(String(40), nullable=False)
    copies: Mapped[int] = mapped_column(Integer, nullable=False)
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    at: Mapped[datetime] = mapped_column(Moment, nullable=False)


class ImportTemplate(Base):
    """How the columns of a kind of workbook were matched last time."""

    __tablename__ = "import_template"
    __table_args__ = (UniqueConstraint("kind", "headings"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), nullable=False)
    headings: Mapped[str] = mapped_column(String, nullable=False)
    columns: Mapped[str] = mapped_column(String, nullable=False)


class ImportedFile(Base):
    """A file that was taken in, so that the same one is not taken in twice."""

    __tablename__ = "imported_file"
    __table_args__ = (UniqueConstraint("kind", "sha256"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), nullable=False)
    sha256: Mapped[str] = mapped_column(String(64), nullable=False)
    name: Mapped[str] = mapped_column(String(200), nullable=False)
    rows: Mapped[int] = mapped_column(Integer, nullable=False)
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    imported_at: Mapped[datetime] = mapped_column(Moment, nullable=False)
