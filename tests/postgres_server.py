"""A PostgreSQL server of the tests' own: on loopback, on a free port, gone with the process that asked for it.

`python postgres_server.py FOLDER PORT ...` is its keeper: it starts the server, waits until its input ends, which it
does however the tests end, then stops the server and removes its files.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

OWNER = "owner"
PASSWORD = "dental-sample"
LOCKED = "locked"
"""A login that has to say its password; all others are let in without, as from this computer alone."""
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SETTINGS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "shared_buffers=64MB",
    "dynamic_shared_memory_type=mmap",  # in its folder, which goes with it
    "max_connections=60",
    "autovacuum=off",
    "deadlock_timeout=100ms",
    "jit=off",
    "logging_collector=off",
    "log_min_messages=fatal",
)
MISSING = (
    "The tests need PostgreSQL's initdb and postgres: install the package postgresql (make.py does it as root on "
    "Debian), or put its folder bin on PATH."
)


def programs() -> Path:
    """Return the folder of initdb and postgres; the tests fail where there is none."""
    found = shutil.which("initdb")
    places: Iterable[Path] = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in ([Path(found).resolve().parent] if found else []) + list(places):
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise RuntimeError(MISSING)


class PostgresServer:
    """A running server; `stop` ends it, and so does the end of this process."""

    def __init__(self, safe: bool = False) -> None:
        """Start one; a `safe` one flushes what it has promised, the others are quick."""
        self.port = _free_port()
        memory = None if safe else os.environ.get("PYTEST_DEBUG_TEMPROOT")  # where the tests' companies lie, too
        self.folder = Path(tempfile.mkdtemp(prefix="dentalsales-postgres-", dir=memory))
        command = [sys.executable, __file__, str(self.folder), str(self.port), *(() if safe else QUICK)]
        self._keeper = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self._keeper.stdout is not None
        answer = self._keeper.stdout.readline().strip()
        if answer != "ready":
            self.stop()
            raise RuntimeError(answer or MISSING)

    def url(self, database: str = "postgres", login: str = OWNER, words: str = "") -> str:
        """Return the address of one of its databases."""
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}{words}"

    def clerk(self, role: str) -> str:
        """Return a login that is a member of a company's role for clerks, which need not be there yet."""
        there = {name for (name,) in self.run("SELECT rolname FROM pg_roles")}
        login = f"{role}_clerk"
        self.run(
            *([] if role in there else [f"CREATE ROLE {role}"]),
            *([] if login in there else [f"CREATE ROLE {login} LOGIN IN ROLE {role}"]),
        )
        return login

    def run(self, *statements: str, database: str = "postgres") -> list[Any]:
        """Carry out statements outside any transaction and return the rows of the last one."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement.encode())
            return cursor.fetchall() if statements and cursor.description else []

    def stop(self) -> None:
        """End the server and remove its files; a second call does nothing."""
        if self._keeper.stdin is not None:
            self._keeper.stdin.close()
        with suppress(subprocess.TimeoutExpired):  # a busy disk; it ends by itself
            self._keeper.wait(60)
        if self._keeper.stdout is not None:
            self._keeper.stdout.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _own_user() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: of root's processes only its own get another user."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise RuntimeError("There is no user postgres or nobody, and PostgreSQL does not run as root.")


def _keep(folder: Path, port: int, settings: list[str]) -> None:
    """The keeper's whole life."""
    try:
        server = _started(folder, port, settings)
    except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        print(str(getattr(error, "stderr", None) or error).replace("\n", " "), flush=True)
        return
    print("ready", flush=True)
    try:
        sys.stdin.read()
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nobody comes back for the data
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path, port: int, settings: list[str]) -> "subprocess.Popen[bytes]":
    place, other = programs(), _own_user()
    if other:
        os.chown(folder, other["user"], other["group"])
    data, secret = folder / "data", folder / "secret"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    quiet: dict[str, Any] = {"cwd": folder, "env": {"PATH": str(place), "LC_ALL": "C.UTF-8", "TZ": "UTC"}, **other}
    how = ("--no-sync", "--no-instructions", "--encoding=UTF8", "--locale=C.UTF-8", f"--pwfile={secret}")
    made = [place / "initdb", "--pgdata", data, "--username", OWNER, "--auth=trust", *how]
    subprocess.run(made, check=True, capture_output=True, text=True, **quiet)
    hosts = f"host all {LOCKED} 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n"
    access = data / "pg_hba.conf"
    access.write_text(hosts)
    words = [word for one in (f"port={port}", *SETTINGS, *settings) for word in ("-c", one)]
    log = (folder / "log").open("wb")
    server = subprocess.Popen([place / "postgres", "-D", data, *words], stdout=log, stderr=log, **quiet)
    for _wait in range(600):
        if server.poll() is not None:
            raise RuntimeError((folder / "log").read_text())
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0 and (data / "postmaster.pid").read_text().count("ready"):
                return server
        time.sleep(0.05)
    server.kill()
    raise RuntimeError("PostgreSQL did not start within half a minute.")


if __name__ == "__main__":
    _keep(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
