"""Finds the files that travel with the program: icons, fonts, translations and templates."""

import sys
from functools import cache
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a file or folder, `resource("icons", "home.svg")`; FileNotFoundError names a missing one."""
    path = _folder().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError("/".join(("resources", *parts)))
    return path


@cache
def _folder() -> Path:
    """The folder of all resources: of a frozen program, of an installed package, or of a checkout."""
    package = Path(__file__).resolve().parent
    frozen = Path(getattr(sys, "_MEIPASS", package)) / "resources"
    for folder in (frozen, package / "_resources", package.parents[1] / "resources"):
        if (folder / "icons").is_dir():
            return folder
    raise FileNotFoundError("resources")
