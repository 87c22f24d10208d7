"""What every record has: an id, a version, and for papers a number, a state and a place in a route."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar, cast

from sqlalchemy import ForeignKey, Integer, MetaData, String, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from dentalsales.blueprint.column_types import Moment
from dentalsales.blueprint.fields import PERSONS, Field, Shown
from dentalsales.i18n import Text, _

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Base(DeclarativeBase):
    """The tables of the company."""

    metadata = MetaData(naming_convention=NAMES)


class RecordWords:
    """The columns and words of any record; mixed into a declarative base (tests have a base of their own)."""

    title_fields: ClassVar[tuple[str, ...]] = ("name",)
    """Fields whose values, joined by a space, name the record wherever another one links to it."""

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1)
    form_key: Mapped[str | None] = mapped_column(String(36), unique=True)
    """UUID given when the form was opened, so that a paper saved twice is one paper."""
    search_text: Mapped[str] = mapped_column(String, nullable=False, default="")
    """Normalised text and pinyin of the searchable fields; kept by the save."""

    def check(self) -> None:
        """Raise RuleBroken when the fields do not fit together; called before every save."""

    def caution(self, today: date) -> Text | None:
        """Return what to know before this record stands on a new paper; None when nothing speaks against it."""
        return None

    @property
    def record_title(self) -> str:
        """The words that name this record in a link, a tab and a message."""
        return " ".join(str(value) for name in self.title_fields if (value := getattr(self, name)))


class PaperWords(RecordWords):
    """A record with a number, a state and a history."""

    title_fields: ClassVar[tuple[str, ...]] = ("number",)

    number: Mapped[str | None] = mapped_column(
        String(40), unique=True, info={"field": Field("text", _("Number"), read_only=True, search=True, copied=False)}
    )
    state: Mapped[str] = mapped_column(
        String(30), nullable=False, default="", index=True, info={"field": Field("state", _("State"), read_only=True)}
    )
    route_position: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    entered_at: Mapped[datetime | None] = mapped_column(
        Moment, info={"field": Field("moment", _("Entered at"), read_only=True, copied=False)}
    )

    @declared_attr
    def entered_by_id(cls) -> Mapped[int | None]:
        """Who entered the paper."""
        field = Field("link", _("Entered by"), target="employee", read_only=True, copied=False)
        return mapped_column(Integer, ForeignKey("employee.id"), index=True, info={"field": field})


class Record(RecordWords, Base):
    """A record of the company: customer, product, price."""

    __abstract__ = True


class Tracked(PaperWords, Base):
    """A paper of the company: order, dispatch note, receipt."""

    __abstract__ = True


class Routed(Tracked):
    """A paper that several roles approve one after the other."""

    __abstract__ = True

    route: Mapped[str] = mapped_column(String(200), nullable=False, default="", server_default="")
    """The roles, with commas, as they were when it was submitted: a setting that changes later does not move it."""
    turn: Mapped[str] = mapped_column(String(40), nullable=False, default="", server_default="", index=True)
    """The role whose turn it is now; empty while the paper is in no review."""


class Entry(Base):
    """One row of a ledger that the program keeps: written once, never changed."""

    __abstract__ = True
    title_fields: ClassVar[tuple[str, ...]] = ("id",)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)


class Line(Base):
    """A child record in a grid: order line, licence, contact; it lives and dies with its owner."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    position: Mapped[int] = mapped_column(Integer, nullable=False, default=0)

    def check(self) -> None:
        """Raise RuleBroken when the line's fields do not fit together."""


def fields_of(record: Any) -> dict[str, Field]:
    """Return the declared fields of a record class by name: columns, lines and shown values, parents first."""
    cls: Any = record if isinstance(record, type) else type(record)
    cached = cls.__dict__.get("_fields_of")
    if cached is not None:
        return cast(dict[str, Field], cached)
    found: dict[str, Field] = {}
    for name, attribute in cls.__mapper__.all_orm_descriptors.items():
        field = getattr(attribute, "info", {}).get("field")
        if field is not None:
            found[name] = field
    for name in dir(cls):
        made = getattr(cls, name, None)
        if isinstance(made, Shown):
            found[name] = made.field
    cls._fields_of = found
    return found


def personal_columns(record: type[Any], kinds: Iterable[str] = PERSONS) -> tuple[str, ...]:
    """Return the columns of a class that hold data of such persons; one without a field says so in its `info`."""
    columns: Any = record.__mapper__.columns
    fields = fields_of(record)
    return tuple(
        name
        for name, column in columns.items()
        if (fields[name].personal if name in fields else column.info.get("personal")) in kinds
    )


def child_class(record: Any, name: str) -> type[Any]:
    """Return the class of the lines that the lines field `name` holds."""
    cls: Any = record if isinstance(record, type) else type(record)
    return cast(type[Any], cls.__mapper__.relationships[name].mapper.class_)


def has_changed(record: Any, *names: str) -> bool:
    """Say whether any of these fields differs from what the database holds; a new record has changed."""
    state = inspect(record)
    return not state.persistent or any(state.attrs[name].history.has_changes() for name in names)
