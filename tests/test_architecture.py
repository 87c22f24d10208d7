"""Who may import whom, as a table, checked against every import of the program; there is no list of exceptions."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import sources
from sources import SOURCE, module_of, nodes_of

HOUSE = "dentalsales"
LOW = {"i18n", "resources"}
EVERYTHING = {"*"}
MAY_IMPORT: dict[str, set[str]] = {
    "__main__": EVERYTHING,
    "app": EVERYTHING,
    "cli": EVERYTHING,
    "sample_company": EVERYTHING,
    "ui": {"exchange", "usecases", "settings", "blueprint", "safe_file", "log", "no_values", "error_report", *LOW},
    "exchange": {"usecases", "blueprint", "safe_file", *LOW},
    "usecases": {"storage", "settings", "blueprint", *LOW},
    "reports": {"registers", "settings", "blueprint", *LOW},
    "printouts": {"registers", "settings", "blueprint", *LOW},
    "imports": {"registers", "settings", "blueprint", *LOW},
    "registers": {"settings", "blueprint", *LOW},
    "storage": {"blueprint", "safe_file", *LOW},
    "settings": {"blueprint", *LOW},
    "blueprint": LOW,
    "safe_file": {"blueprint", *LOW},
    "log": {"no_values", *LOW},
    "no_values": LOW,
    "error_report": {"log", *LOW},
    "i18n": {"resources"},
    "resources": set(),
    "__init__": set(),
}
ONLY_IN = {
    "PySide6": {"ui", "app"},
    "shiboken6": {"ui"},
    "xlsxwriter": {"exchange"},
    "openpyxl": {"exchange"},
    "python_calamine": {"exchange"},
    "reportlab": {"exchange"},
    "pypdfium2": {"exchange"},
    "alembic": {"storage"},
    "keyring": {"storage"},
    "rapidfuzz": {"usecases"},
}
NEVER_IN = {"sqlalchemy": {"ui", "cli", "app", "exchange", "i18n", "resources", "settings"}}
SLOW = {
    "alembic",
    "reportlab",
    "openpyxl",
    "xlsxwriter",
    "pypinyin",
    "cn2an",
    "rapidfuzz",
    "keyring",
    "psycopg",
    "argon2",
    "pypdfium2",
    "stdnum",
}


def files() -> list[Path]:
    return [path for path in sources.files() if "migrations" not in path.parts]


@cache
def rooms() -> frozenset[str]:
    return frozenset(map(room, files()))


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path, top_only: bool = False) -> Iterator[str]:
    for node in module_of(path).body if top_only else nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def wrong_imports(path: Path) -> list[str]:
    here, found = room(path), []
    for name in imports(path):
        first, *rest = name.split(".")
        if first == HOUSE and rest:
            allowed = MAY_IMPORT[here]
            if rest[0] in rooms() - {here} and allowed != EVERYTHING and rest[0] not in allowed:
                found.append(f"{here} imports {rest[0]}")
        elif first in ONLY_IN and here not in ONLY_IN[first]:
            found.append(f"{first} in {here}")
        elif first in NEVER_IN and here in NEVER_IN[first]:
            found.append(f"{first} in {here}")
    return found


def test_a_file_imports_only_what_its_floor_may() -> None:
    for path in files():
        assert room(path) in MAY_IMPORT, f"{room(path)} is not in the house's table"
        assert wrong_imports(path) == [], path.relative_to(SOURCE)


def test_only_the_top_of_the_house_imports_app() -> None:
    guilty = [
        str(path)
        for path in files()
        if room(path) not in ("__main__", "app", "cli", "sample_company")
        for name in imports(path)
        if name.split(".")[:2] == [HOUSE, "app"]
    ]
    assert guilty == []


def test_slow_libraries_are_imported_inside_functions() -> None:
    guilty = [
        f"{path.relative_to(SOURCE)}: {name}"
        for path in files()
        for name in imports(path, top_only=True)
        if name.split(".")[0] in SLOW and room(path) != "ui"
    ]
    assert guilty == []


def module(path: Path) -> str:
    parts = [HOUSE, *path.relative_to(SOURCE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_no_files_import_each_other_in_a_circle() -> None:
    names = {module(path): path for path in files()}
    arrows = {
        name: {found for found in imports(path) if found in names and found != name} for name, path in names.items()
    }
    done: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, f"circle: {' -> '.join([*trail[trail.index(name) :], name])}"
        if name not in done:
            for target in arrows[name]:
                walk(target, (*trail, name))
            done.add(name)

    for name in names:
        walk(name, ())


def test_registers_know_only_registers_above_them() -> None:
    from dentalsales import registers

    order = [register.record.__module__.split(".")[2] for register in registers.REGISTERS]
    order[0] = "employees"
    knows: dict[str, set[str]] = {}
    for path in files():
        parts = path.relative_to(SOURCE).parts
        if parts[0] != "registers" or len(parts) < 2 or parts[1] in ("__init__.py", "tiles.py"):
            continue
        found = {name.split(".")[2] for name in imports(path) if name.startswith(f"{HOUSE}.registers.")}
        knows.setdefault(parts[1].removesuffix(".py"), set()).update(found)
    for here in knows.keys() & {*order}:
        shared = {one for there in knows[here] - {*order} for one in knows[there]}  # words of several
        for there in ((knows[here] | shared) & set(order)) - {here}:
            assert order.index(there) < order.index(here), f"{here} knows {there}"


def test_every_file_opens_with_one_sentence() -> None:
    for path in files():
        docstring = ast.get_docstring(module_of(path))
        assert docstring, f"{path.name} does not say what it is"
