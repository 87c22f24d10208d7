"""Walks every screen of the sample company in several languages, looks and sizes and says what is cut off or nameless.

    python tests/ui/scale_matrix.py COMPANY [--language en] [--scheme dark] [--size 960x540] [--pictures FOLDER]

With --by-keys Tab is pressed through every screen too, and its stops are told.

The scale is QT_SCALE_FACTOR, which Qt reads once: one process per scale. Prints one line of JSON per finding.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import focus_walk
from PySide6.QtWidgets import QApplication, QWidget
from seen import clipped, nameless

from dentalsales.app import business, open_company
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.roles import ROLES
from dentalsales.i18n import use_language
from dentalsales.ui import theme
from dentalsales.ui.key_sheet import KeySheet
from dentalsales.ui.screenshots import scenes, window_in
from dentalsales.ui.sign_in_dialog import SignInDialog
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.sign_in import sign_in


def walk(
    desk: Any, language: str, scheme: str, size: tuple[int, int], pictures: Path | None, by_keys: bool = False
) -> list[dict[str, str]]:
    """Open every screen once and return what is wrong with each."""
    use_language(language)
    theme.apply(QApplication.instance(), scheme)
    found: list[dict[str, str]] = []

    def look(name: str, widget: QWidget) -> None:
        for _round in range(3):
            QApplication.processEvents()
        place = {"screen": name, "language": language, "scheme": scheme, "size": "x".join(map(str, size))}
        found.extend(place | {"cut": words} for words in clipped(widget))
        found.extend(place | {"nameless": words} for words in nameless(widget))
        if pictures is not None:
            pictures.mkdir(parents=True, exist_ok=True)
            widget.grab().save(str(pictures / f"{language}-{scheme}-{place['size']}-{name}.png"))

    window = window_in(desk, scheme, size)
    ringed: set[QWidget] = set()
    for name, prepare in scenes(window):
        prepare()
        window.runner.settle()
        look(name, window)
        if by_keys:
            window.activateWindow()
            stops, problems = focus_walk.walk(window, ringed)
            place = {"screen": name, "language": language}
            found.append(place | {"stops": " | ".join(stops)})
            found.extend(place | {"by keys": problem} for problem in problems)
        for tab in tuple(window.shell.workspace.records):
            window.shell.workspace.close_record(tab, ask=False)
    dialogs = {"sign-in": SignInDialog(company=desk.letterhead().name, login=desk.login), "keys": KeySheet(window)}
    for name, dialog in dialogs.items():
        dialog.show()
        look(name, dialog)
        dialog.close()
    window.close()
    return found


@contextmanager
def at_the_sample(folder: Path) -> Iterator[Desk]:
    """The manager of a sample company at the desk, holding every role, so that every form can be begun."""
    company = open_company(folder)
    try:
        with company.writing() as session:
            session.query(Employee).filter_by(login="manager").one().roles = ",".join(role.name for role in ROLES)
        yield sign_in(company, business(), "manager", "dental-sample")
    finally:
        company.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("company", type=Path)
    parser.add_argument("--language", action="append")
    parser.add_argument("--scheme", action="append")
    parser.add_argument("--size", action="append")
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--by-keys", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QApplication(sys.argv[:1])
    with at_the_sample(options.company) as desk:
        for language in options.language or ["zh_CN", "en"]:
            for scheme in options.scheme or ["light"]:
                for size in options.size or ["960x540"]:
                    width, height = map(int, size.split("x"))
                    size_asked = (width, height)
                    for finding in walk(desk, language, scheme, size_asked, options.pictures, options.by_keys):
                        print(json.dumps(finding, ensure_ascii=False))


if __name__ == "__main__":
    main()
