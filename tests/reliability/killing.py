"""Lets another process work, and kills it without a warning (kill -9) at a moment that chance chooses.

The process has loaded the program once and forks for every round, so that a round costs little. What it has finished it
acknowledges through a pipe: that may never be lost again.
"""

import json
import os
import random
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
PATIENCE = 180
"""Seconds after which a silent worker is an error of the test."""
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="not run: this system cannot fork a loaded program")


class Workers:
    """A loaded program that sends one worker after the other."""

    def __init__(self) -> None:
        source = HERE.parents[1] / "src"
        paths = os.pathsep.join(map(str, (source, HERE.parent, HERE)))
        words = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "worker.py")], env=words, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._rest = b""
        self._lines: list[str] = []
        assert self._line() == "ready"

    def begin(self, work: str, **words: Any) -> "Work":
        """Start a worker; `worker.py` says what it can do."""
        assert self._process.stdin is not None
        self._process.stdin.write((json.dumps([work, words], default=str) + "\n").encode())
        self._process.stdin.flush()
        while not (line := self._line()).startswith("pid "):
            pass  # the last words of a worker to whom nobody listened any more
        return Work(self, int(line.removeprefix("pid ")))

    def finish(self) -> None:
        """End the program."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        assert self._process.wait(PATIENCE) == 0

    def _line(self, seconds: float = PATIENCE) -> str:
        line = self.read(seconds)
        assert line is not None, "the worker says nothing"
        return line

    def read(self, seconds: float) -> str | None:
        """Return the next line, or None when none came in so many seconds."""
        stream = self._process.stdout
        assert stream is not None
        while not self._lines:
            if not select.select([stream], [], [], seconds)[0]:
                return None
            read = os.read(stream.fileno(), 65536)
            assert read, "the worker's program has ended"
            *lines, self._rest = (self._rest + read).split(b"\n")
            self._lines = [line.decode() for line in lines]
        return self._lines.pop(0)


class Work:
    """One worker at its work."""

    def __init__(self, workers: Workers, pid: int) -> None:
        self._workers, self.pid = workers, pid
        self.acknowledged: list[str] = []
        self.ended = False

    def follow(self, lines: int) -> "Work":
        """Wait until so many things were acknowledged, or the work is done."""
        while len(self.acknowledged) < lines and not self.ended:
            self._take(PATIENCE)
        return self

    def kill(self, chance: random.Random, within: float = 0.0) -> list[str]:
        """Kill the worker after a moment of at most `within` seconds; return all that it acknowledged until then."""
        self._take(chance.random() * within)
        with suppress(ProcessLookupError):  # it may have ended by itself, and only not have said so yet
            if not self.ended:
                os.kill(self.pid, signal.SIGKILL)
        return self.follow(sys.maxsize).acknowledged

    def heard(self) -> list[str]:
        """Return what was acknowledged up to now by a worker that stands still."""
        while (line := self._workers.read(0)) is not None:
            self._hear(line)
        return list(self.acknowledged)

    def done(self) -> list[str]:
        """Wait until the work is done, however long it takes while it tells something; return what was acknowledged."""
        return self.follow(sys.maxsize).acknowledged

    def _take(self, seconds: float) -> None:
        line = self._workers.read(seconds)
        if line is None:
            assert seconds < PATIENCE, "the worker says nothing"
        else:
            self._hear(line)

    def _hear(self, line: str) -> None:
        if line.startswith("ended "):
            self.ended = True
        else:
            assert not line.startswith("broke "), json.loads(line.removeprefix("broke "))
            self.acknowledged.append(line)


@contextmanager
def workers() -> Iterator[Workers]:
    """A loaded program, ended at the end."""
    made = Workers()
    try:
        yield made
    finally:
        made.finish()
