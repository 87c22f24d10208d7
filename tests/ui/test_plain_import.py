"""Modules are imported without being read a second time by PySide6."""

import subprocess
import sys

PROGRAM = """
import linecache
from PySide6.QtWidgets import QApplication
from dentalsales.ui.plain_import import import_plainly
import_plainly()
application = QApplication([])
import dentalsales.ui.main_window, dentalsales.ui.report_page, dentalsales.ui.record_form
from PySide6.QtWidgets import QLabel
label = QLabel("seen")
assert label.text() == "seen"
print(len([name for name in linecache.cache if "sqlalchemy/" in name or "usecases" in name or "ui/record" in name]))
"""


def test_no_source_is_kept_of_what_is_imported_after_pyside() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert int(done.stdout.splitlines()[-1]) == 0
