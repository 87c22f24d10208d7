"""Tab goes through every screen and comes back: each stop has a name, is seen, and shows that it has the focus."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = HERE.parent.parent / "src"


def test_the_keyboard_reaches_everything_and_is_seen_where_it_is(sample: Path, tmp_path: Path) -> None:
    company = shutil.copytree(sample, tmp_path / "company")
    words = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        [sys.executable, str(HERE / "focus_walk.py"), str(company)],
        env=words, capture_output=True, text=True, encoding="utf-8", timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith("PROBLEM")] == []
    assert len(lines) > 40, "every screen, form and report was walked"
