"""The members of a record's family laid out by what tells them apart, each with the number that stands under it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from dentalsales.blueprint.matrix import Matrix
from dentalsales.blueprint.record import child_class, fields_of
from dentalsales.blueprint.register import Register
from dentalsales.usecases.form_values import FormValues
from dentalsales.usecases.offered import offered
from dentalsales.usecases.own_records import own_records
from dentalsales.usecases.paths import code_of, title

FOLDS = (
    re.compile(r"([A-Za-z]+)\s*(\d+(?:\.\d+)?)"),  # A2: row A, column 2
    re.compile(r"(.+?)\s*[×xX*]\s*(.+)"),  # Φ4.1×10mm
    re.compile(r"(\S+)\s+(.+)"),  # #15 21mm
)
SIZES = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL")
FULL_ENOUGH = 0.5
"""A fold has to fill more than this share of its grid: one with many holes helps nobody."""
MOST = 400


@dataclass(frozen=True)
class Member:
    """One record of the family."""

    id: int
    title: str
    fact: Any


@dataclass(frozen=True)
class FamilyGrid:
    """Rows, columns and who stands where; places without a member are holes."""

    title: str
    down: Sequence[str]
    across: Sequence[str]
    members: dict[tuple[int, int], Member]

    def place_of(self, record_id: int) -> tuple[int, int]:
        """Return row and column of a member, the first one for a stranger."""
        return next((at for at, one in self.members.items() if one.id == record_id), min(self.members))


def matrix_of(form: Any, name: str, field: Any = None) -> Matrix | None:
    """Return the matrix that a lines field offers, for one of its links if given; None when it offers none."""
    matrix: Matrix | None = getattr(getattr(form, "register", None), "matrix", None)
    if matrix is None or (name and matrix.lines != name):
        return None
    link = fields_of(child_class(form.record, matrix.lines))[matrix.link]
    return matrix if field is None or field is link else None


def family_size(form: FormValues, matrix: Matrix, record_id: int) -> int:
    """Return how many members the family of a record has that may be chosen, itself included."""
    with form.desk.reading() as act:
        register = _register(form, matrix)
        kept = _kept(form, register, matrix, act, record_id)
        return act.session.scalar(select(func.count()).select_from(register.record).where(*kept)) or 0


def family_grid(form: FormValues, matrix: Matrix, record_id: int) -> FamilyGrid | None:
    """Return the family of a record; None when it is alone."""
    register = _register(form, matrix)
    table = register.record.__table__
    with form.desk.reading() as act:
        kept = _kept(form, register, matrix, act, record_id)
        named = (table.c.id, title(register.record, table).label("title"), code_of(register).label("code"))
        axes = [table.c[name] for name in matrix.axes]
        query = select(*named, *axes).where(*kept).order_by(code_of(register), table.c.id).limit(MOST)
        rows = act.session.connection().execute(query).all()
        if len(rows) < 2:
            return None
        shared = act.session.execute(select(*(table.c[name] for name in matrix.family)).where(table.c.id == record_id))
        words = " ".join(str(word) for word in shared.one() if word)
        facts = matrix.facts(act, [row.id for row in rows])
    labels = _labels([tuple(str(value or "") for value in row[3:]) for row in rows], [row.code or "" for row in rows])
    down, across = _sorted(one for one, _other in labels), _sorted(other for _one, other in labels)
    places = [(down.index(one), across.index(other)) for one, other in labels]
    members = {at: Member(row.id, row.title, facts.get(row.id)) for at, row in zip(places, rows, strict=True)}
    return FamilyGrid(words, down, across, members)


def _register(form: FormValues, matrix: Matrix) -> Register:
    link = fields_of(child_class(form.record, matrix.lines))[matrix.link]
    return form.desk.business.register_of_table(link.target or "")


def _kept(form: FormValues, register: Register, matrix: Matrix, act: Any, record_id: int) -> list[Any]:
    record, desk = register.record, form.desk
    table = record.__table__
    own = own_records(register, desk.roles, desk.employee_id)
    like = table.alias()
    same = [
        func.coalesce(table.c[name], "")
        == select(func.coalesce(like.c[name], "")).where(like.c.id == record_id).scalar_subquery()
        for name in matrix.family
    ]
    return [*same, *offered(register), *([] if own is None else [own])]


def _labels(values: list[tuple[str, ...]], codes: list[str]) -> list[tuple[str, str]]:
    """Return row and column of each member by the axes that differ; a single axis is folded where that fills a grid."""
    differing = [at for at in range(len(values[0])) if len({one[at] for one in values}) > 1]
    if len(differing) >= 2:
        *first, last = differing
        pairs = [(" ".join(one[at] for at in first).strip() or "-", one[last] or "-") for one in values]
    else:
        single = [one[differing[0]] if differing else "" for one in values]
        pairs = _folded(_without_common_words(single))
    if len(set(pairs)) == len(pairs):
        return pairs
    return [(f"{one} {code}".strip(), other) for (one, other), code in zip(pairs, codes, strict=True)]


def _without_common_words(labels: list[str]) -> list[str]:
    """Leave out the words at both ends that all labels share: #15 25mm 6支/板 is #15 among its like."""
    words = [label.split() for label in labels]
    while all(len(one) > 1 for one in words) and len({one[-1] for one in words}) == 1:
        words = [one[:-1] for one in words]
    while all(len(one) > 1 for one in words) and len({one[0] for one in words}) == 1:
        words = [one[1:] for one in words]
    return [" ".join(one) for one in words]


def _folded(single: list[str]) -> list[tuple[str, str]]:
    for fold in FOLDS:
        found = [fold.fullmatch(value.strip()) for value in single]
        if all(found):
            pairs = [(match[1], match[2]) for match in found if match is not None]
            rows, columns = len({one for one, _other in pairs}), len({other for _one, other in pairs})
            if rows > 1 and columns > 1 and len(set(pairs)) > FULL_ENOUGH * rows * columns:
                return pairs
    return [("", value or "-") for value in single]


def _sorted(words: Iterable[str]) -> list[str]:
    """Sizes by size, what holds numbers by them, the rest as the codes have it."""
    found = list(dict.fromkeys(words))
    if all(word.upper() in SIZES for word in found):
        return sorted(found, key=lambda word: SIZES.index(word.upper()))
    if all(any(letter.isdigit() for letter in word) for word in found):
        return sorted(found, key=_natural)
    return found


def _natural(word: str) -> list[tuple[int, float, str]]:
    parts = re.findall(r"\d+(?:\.\d+)?|\D+", word)
    return [(0, float(part), "") if part[0].isdigit() else (1, 0.0, part) for part in parts]
