"""What this machine remembers between two starts: language, look of the sign-in, last sign-in name, folder."""

import json
import os
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from dentalsales.ui import theme


class Preferences:
    """A small JSON file in the user's folder; one that cannot be read counts as empty, for it holds no record."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, Any] = {}
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = {}
        if isinstance(found, dict):
            self._values = found

    def get(self, key: str, default: Any = None) -> Any:
        """Return a remembered value."""
        return self._values.get(key, default)

    def keep(self, key: str, value: Any) -> None:
        """Remember a value that JSON can write; a folder that cannot be written to is no reason to stop the user."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        beside = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(beside, self._path)
        except OSError:
            beside.unlink(missing_ok=True)


class Remembering(Protocol):
    """What a window asks of its preferences, whoever keeps them."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return a remembered value."""

    def keep(self, key: str, value: Any) -> None:
        """Remember a value that JSON can write."""


def system_scheme() -> str:
    """Return the colours that the system wants now."""
    dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def apply_look(preferences: Remembering) -> None:
    """Give the program the look that is remembered."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        get = preferences.get
        theme.apply(app, get("scheme", "auto"), get("density", "standard"), get("percent", 100))
