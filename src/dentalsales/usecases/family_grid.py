"""The members of a record's family laid out by what tells them apart, each with the number that stands under it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os.path import commonprefix
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
_BEGUN = re.compile(r"[A-Za-z0-9.#]+$")


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
        return len(_members(form, _register(form, matrix), matrix, act, record_id))


def family_grid(form: FormValues, matrix: Matrix, record_id: int) -> FamilyGrid | None:
    """Return the family of a record; None when it is alone."""
    register = _register(form, matrix)
    table = register.record.__table__
    with form.desk.reading() as act:
        ids = _members(form, register, matrix, act, record_id)
        if len(ids) < 2:
            return None
        named = (table.c.id, title(register.record, table).label("title"), code_of(register).label("code"))
        axes = [table.c[name] for name in (matrix.or_by, *matrix.axes, matrix.name, *matrix.share)]
        query = select(*named, *axes).where(table.c.id.in_(ids)).order_by(code_of(register), table.c.id)
        rows = act.session.connection().execute(query).all()
        facts = matrix.facts(act, [row.id for row in rows])
    values = [tuple(str(value or "") for value in row[3:]) for row in rows]
    told = len(matrix.axes) + 1
    words = " ".join(filter(None, map(_shared, zip(*(one[told:] + one[:1] for one in values), strict=True))))
    labels = _labels([one[:told] for one in values], [one[told] for one in values], [row.code or "" for row in rows])
    down, across = _sorted(one for one, _other in labels), _sorted(other for _one, other in labels)
    places = [(down.index(one), across.index(other)) for one, other in labels]
    members = {at: Member(row.id, row.title, facts.get(row.id)) for at, row in zip(places, rows, strict=True)}
    return FamilyGrid(words, down, across, members)


def _register(form: FormValues, matrix: Matrix) -> Register:
    link = fields_of(child_class(form.record, matrix.lines))[matrix.link]
    return form.desk.business.register_of_table(link.target or "")


def _members(form: FormValues, register: Register, matrix: Matrix, act: Any, record_id: int) -> list[int]:
    """Return who belongs to a record's family: those of its series, or those called the same but for size and shade."""
    table = register.record.__table__
    own = own_records(register, form.desk.roles, form.desk.employee_id)
    names = (table.c[matrix.name], table.c[matrix.or_by])
    wanted = select(table.c[matrix.series], *names, *(table.c[name] for name in matrix.share))
    found = act.session.execute(wanted.where(table.c.id == record_id)).first()
    if found is None:
        return []
    series, name, model, *shared = found
    kept = [*offered(register), *([] if own is None else [own])]
    kept += [func.coalesce(table.c[one], "") == (value or "") for one, value in zip(matrix.share, shared, strict=True)]
    if series:
        query = select(table.c.id).where(table.c[matrix.series] == series, *kept)
        return list(act.session.scalars(query.order_by(table.c.id).limit(MOST)))
    called = _called(name, model)
    kept += [func.coalesce(table.c[matrix.series], "") == ""]
    kept.append(table.c[matrix.name].startswith(_shared((name, called[0])), autoescape=True))
    rows = act.session.execute(select(table.c.id, *names).where(*kept).order_by(table.c.id))
    return [one for one, *words in rows if _called(*words) == called][:MOST]


def _called(name: str | None, model: str | None) -> tuple[str, ...]:
    """Return name and model without their sizes and shades."""
    from dentalsales.usecases.messages.catalogue import without_marks  # its patterns are many: not for the first form

    return without_marks((name or "", model or ""))[0]


def _shared(words: Sequence[str]) -> str:
    """Return what texts have in common at their front, without a size or shade that was begun."""
    common = commonprefix(words)
    return common.strip() if len(set(words)) == 1 else _BEGUN.sub("", common).strip()


def _labels(values: list[tuple[str, ...]], names: list[str], codes: list[str]) -> list[tuple[str, str]]:
    """Return row and column of each member by the axes that differ; a single axis is folded where that fills a grid.

    What says the same as another axis is left out; names tell members apart where nothing else does.
    """
    axes = dict.fromkeys(zip(*values, strict=True))
    values = list(zip(*(axis for axis in axes if len(set(axis)) > 1), strict=True)) or [(name,) for name in names]
    differing = list(range(len(values[0])))
    if len(differing) >= 2:
        *first, last = differing
        pairs = [(" ".join(one[at] for at in first).strip() or "-", one[last] or "-") for one in values]
    else:
        pairs = _folded(_without_common_words([one[0] for one in values]))
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
