"""R9 and R10 on both engines: a copy of 300 MB under 10 s, and back by the window's way and by command under 5 min."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from benchmarks.ground import Ground
from benchmarks.measure import Result
from dentalsales.app.companies import open_company, own_folder, restore_company
from dentalsales.storage.server_address import ServerAddress
from dentalsales.usecases import back_up
from tests.postgres_server import PostgresServer

MEASURED = 300_000_000
COPY, DRILL = 10.0, 300.0
PASSWORD = "dental-sample"
"""Of all employees of a sample company."""


def measure(ground: Ground) -> Iterator[Result]:
    """Each figure is that of 300 MB of database, from the measured size on; the server flushes every commit."""
    folder = ground.copied("r10")
    size = (folder / "company.db").stat().st_size
    os.environ |= {
        "QT_QPA_PLATFORM": "offscreen",
        "DENTALSALES_PASSWORD": PASSWORD,
        "XDG_DATA_HOME": str(ground.scratch),
    }
    with ExitStack() as ends:
        server = PostgresServer(safe=True)
        ends.callback(server.stop)
        server.run("CREATE DATABASE office")
        places: tuple[tuple[str, Any], ...] = (("file", folder), ("server", ServerAddress.parse(server.url("office"))))
        file = None
        for name, place in places:
            if file is not None:
                restore_company(file, place)
            with closing(open_company(place)) as company:
                seconds, made = _timed(back_up.back_up_company, company)
            file = file or shutil.copy(made.path, ground.scratch / "r10.dsbackup")
            yield _against("R9", f"{name}: a verified copy of 300 MB", seconds * MEASURED / size, COPY)
            for way, act in (("window", _by_window), ("command", _by_command)):
                seconds, _nothing = _timed(act, Path(file), place)
                yield _against("R10", f"{name}: 300 MB restored by the {way}", seconds * MEASURED / size, DRILL)
        shutil.rmtree(folder)
        shutil.rmtree(own_folder(places[1][1]), ignore_errors=True)


def _by_window(file: Path, place: Any) -> None:
    """What the window does once it has closed: the copy of before, then the restore, then a sentence to be closed."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMessageBox

    from dentalsales.app.closing import back_up_at_close, restore

    application = QApplication.instance() or QApplication(["benchmarks"])
    told: list[str] = []

    def close() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            told.append(box.text())
            box.accept()

    timer = QTimer(application)
    timer.timeout.connect(close)
    timer.start(50)
    with closing(open_company(place)) as company:
        assert back_up_at_close(company, unchanged=False, restoring=True)
    restore(file, place, "")
    timer.stop()
    assert told, "nothing was restored"


def _by_command(file: Path, place: Any) -> None:
    where = ["--data", str(place)]
    if isinstance(place, ServerAddress):
        where = ["--database", place.url.set(drivername="postgresql").render_as_string()]
    command = [sys.executable, "-m", "dentalsales", *where, "--user", "manager", "restore", str(file)]
    subprocess.run(command, check=True, capture_output=True)


def _timed(act: Callable[..., Any], *words: Any) -> tuple[float, Any]:
    begun = time.perf_counter()
    result = act(*words)
    return time.perf_counter() - begun, result


def _against(goal: str, what: str, ours: float, limit: float) -> Result:
    """The goal is a figure of its own, so it is the other side."""
    return Result(goal, what, ours, limit, ours / limit, None, 1.0)
