"""The report of an error that may be sent to whoever mends the program: versions and log, no secrets, no customers."""

import locale
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from dentalsales import __version__, log

MOST_LETTERS = 200_000
"""So much of the log goes along; its beginning is older."""
PACKAGES = ("PySide6-Essentials", "sqlalchemy", "psycopg", "pysqlite3", "openpyxl", "python-calamine", "reportlab")
OF_WHAT = "a report asked for by the user"


def text_of(number: str, kept_in: str, language: str) -> str:
    """Return the report on one error; `kept_in` is "file" or "server", and "" as number means that none happened."""
    told = {
        "Report": number or OF_WHAT,
        "Written (UTC)": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}",
        "Dental Sales": __version__,
        "Language": language,
        "Company kept in": kept_in,
        "System": f"{platform.system()} {platform.release()} {platform.machine()}",
        "Python": f"{platform.python_version()} {sys.maxsize.bit_length() + 1} bit",
        "Encoding": f"{sys.getfilesystemencoding()}, {locale.getpreferredencoding(False)}",
        **{name: found for name in PACKAGES if (found := _version_of(name))},
    }
    head = "\n".join(f"{name}: {value}" for name, value in told.items())
    return f"{head}\n\n{log.to_send(MOST_LETTERS)}"


def _version_of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
