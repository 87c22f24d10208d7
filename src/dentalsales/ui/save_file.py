"""Asks where a file goes, and writes it beside the window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog

from dentalsales.i18n import Text, _, tr
from dentalsales.ui.shell import Shell

EXCEL, PDF = _("Excel workbook (*.xlsx)"), _("PDF file (*.pdf)")
MOST_BYTES = 240
"""A name of 255 bytes is the longest that all file systems take: 85 Chinese characters, its ending included."""


def save_workbook(shell: Shell, make: Callable[[], Any], name: str) -> None:
    """Ask where, then make a sheet and write it as an Excel file."""
    path = ask_where(shell, name, "xlsx", EXCEL)
    if path is None:
        return

    def write() -> Path:
        from dentalsales.exchange.excel_out import write_sheet

        write_sheet(make(), path)
        return path

    shell.runner.run(write, lambda written: say_saved(shell, written), label=_("Writing Excel"))


def ask_where(shell: Shell, name: str, ending: str, kind: Text) -> Path | None:
    """Ask for the place of a file; its folder is remembered."""
    proposed = shell.folder() / f"{file_name(name)}.{ending}"
    window = QApplication.activeWindow()
    chosen, _kind = QFileDialog.getSaveFileName(window, tr(_("Save as")), str(proposed), tr(kind))
    if not chosen:
        return None
    path = Path(chosen)
    shell.preferences.keep("folder", str(path.parent))
    return path if path.suffix.lower() == f".{ending}" else path.with_name(f"{path.name}.{ending}")


def say_saved(shell: Shell, path: Path) -> None:
    """Tell where the file is."""
    shell.toast(_("Saved as {name} in {folder}.").fill(name=path.name, folder=str(path.parent)), "success")


def open_file(path: Path) -> None:
    """Open a file with the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def file_name(words: str) -> str:
    """Return words as a file name on any system."""
    allowed = "".join("-" if sign in '\\/:*?"<>|' else sign for sign in " ".join(words.split()) if sign.isprintable())
    return allowed.encode(errors="ignore")[:MOST_BYTES].decode(errors="ignore").strip(" .") or "file"
