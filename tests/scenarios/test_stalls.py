"""No key and no click keeps the window from listening for longer than 50 ms, whatever it opens."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
WATCHED = {
    "acts": (
        "test_ten_lines_by_keys.py::test_ten_lines_from_the_list_to_the_recorded_consent",
        "../ui/watched_acts.py",
    ),
    "key budgets": ("../ui/test_key_budgets.py",),
}
"""What is tried under the watch."""


@pytest.mark.parametrize("what", WATCHED)
def test_the_window_never_stands_still(what: str) -> None:
    """The stalls are counted in a program of its own (see `conftest.qapp_cls`)."""
    words = os.environ | {"DENTALSALES_STALLS": "1", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *WATCHED[what]],
        env=words, cwd=HERE, capture_output=True, text=True, encoding="utf-8", timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
