"""The licences of all locked libraries; run as a program, it writes docs/licences.md anew."""

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LOCK, PAGE = PROJECT / "requirements.lock", PROJECT / "docs" / "licences.md"
ALLOWED = {
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Zlib",
    "MPL-2.0", "LGPL-2.1-or-later", "LGPL-3.0-only",
}  # fmt: skip
"""What lets us give the program to anybody; libraries under MPL and LGPL stay files of their own, unchanged."""
SAID_OTHERWISE = {
    "backports-tarfile": "MIT",
    "cn2an": "MIT",
    "colorama": "BSD-3-Clause",
    "et-xmlfile": "MIT",
    "jaraco-classes": "MIT",
    "pathspec": "MPL-2.0",
    "proces": "MIT",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pysqlite3": "Zlib",
    "python-stdnum": "LGPL-2.1-or-later",
    "pywin32-ctypes": "BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "sortedcontainers": "Apache-2.0",
}
"""Libraries that name no licence by its usual sign; read in what they bring along."""
HEAD = """# Licences of the libraries

Every library that `requirements.lock` names, with the licence it is under. Written by `python3 make.py licences`;
a test compares it with the lock and with the licences that are allowed. PySide6 and psycopg (LGPL) are used as they
are and can be exchanged.

| library | version | licence |
|---|---|---|
"""


def locked() -> dict[str, tuple[str, int]]:
    """Return version and number of hashes of every locked library."""
    found: dict[str, tuple[str, int]] = {}
    for block in re.split(r"\n(?=[a-zA-Z0-9])", LOCK.read_text(encoding="utf-8")):
        if named := re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", block):
            found[named[1]] = (named[2], len(re.findall(r"--hash=sha256:[0-9a-f]{64}", block)))
    return found


def licence_of(name: str) -> str:
    """Return the licence of a library as an SPDX expression, "" when it is not known."""
    if name in SAID_OTHERWISE:
        return SAID_OTHERWISE[name]
    try:
        told = metadata(name)
    except PackageNotFoundError:  # as on another system
        return ""
    return told.get("License-Expression") or (told.get("License") or "").split("\n")[0].removesuffix(" License")


def is_allowed(licence: str) -> bool:
    """Say whether an expression leaves us a licence that is allowed."""
    return any(all(part in ALLOWED for part in choice.split(" AND ")) for choice in licence.split(" OR "))


def page() -> str:
    """Return the page; what is not installed here keeps its line."""
    kept = rows()
    lines = [
        f"| {name} | {version} | {licence_of(name) or kept.get(name, ('', ''))[1]} |"
        for name, (version, _hashes) in sorted(locked().items())
    ]
    return HEAD + "\n".join(lines) + "\n"


def rows() -> dict[str, tuple[str, str]]:
    """Return version and licence of every library on the page."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    return {row[0]: (row[1], row[2]) for row in re.findall(r"^\| ([\w.-]+) \| (\d\S*) \| ([^|]+) \|$", text, re.M)}


if __name__ == "__main__":
    sys.stdout.write(f"{PAGE.relative_to(PROJECT)}\n")
    PAGE.write_text(page(), encoding="utf-8")
