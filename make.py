"""Prepares the program on this computer and carries out its tasks; needs nothing but Python 3.11 or later."""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
LOCK = PROJECT / "requirements.lock"
VENV = PROJECT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.txt"
LOCALE = PROJECT / "resources" / "locale"
ON_LINUX = sys.platform == "linux"

# What Qt loads at run time and its wheel does not carry: library and Debian package.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}


SERVER = "postgresql"
"""The Debian package of the server on which the tests try what several clerks do."""


def run(arguments: list[str]) -> int:
    """Open the program; without a screen, do its main work and write the papers and pictures to out/."""
    if arguments or has_screen():
        prepare(QT_LIBRARIES | WINDOW_LIBRARIES if has_screen() else QT_LIBRARIES)
        return python("-m", "dentalsales", *arguments)
    prepare(QT_LIBRARIES)
    print("This computer has no screen, so the program works without a window and writes to out/.", flush=True)
    return python("-m", "dentalsales", "tour", str(PROJECT / "out"), offscreen=True)


def test(arguments: list[str]) -> int:
    """Run all tests and checks; with arguments, only pytest with these arguments."""
    prepare(QT_LIBRARIES, server=True)
    if arguments:
        return python("-m", "pytest", "-q", *arguments, offscreen=True)
    # Beside the tests, since it keeps one core busy for half a minute; what it finds is said below theirs.
    lint_beside = [sys.executable, __file__, "lint"]
    with subprocess.Popen(lint_beside, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as beside:
        two = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")  # what a file of tests shares is made once
        tests_failed = python("-m", "pytest", "-q", *two, offscreen=True)
        found, _nothing = beside.communicate()
    print(found.decode(errors="replace"), end="", flush=True)
    return beside.returncode or tests_failed


def lint(arguments: list[str]) -> int:
    """Check style (ruff) and types (mypy)."""
    prepare({})
    style_failed = python("-m", "ruff", "check", *(arguments or ["."]))
    return python("-m", "mypy") or style_failed


def texts(arguments: list[str]) -> int:
    """Collect the English texts from the code and bring the Chinese catalogue up to them."""
    prepare({})
    template = str(LOCALE / "dentalsales.pot")
    LOCALE.mkdir(exist_ok=True)
    pybabel = ("-m", "babel.messages.frontend", "--quiet")
    marks = ("--keywords=c_:1c,2", "--keywords=n_:1,2")  # beside _, which Babel knows
    extract = ("extract", "--mapping-file=babel.cfg", *marks, "--no-location", "--sort-output", "--width=120")
    update = ("update", "--locale=zh_CN", "--domain=dentalsales", "--init-missing", "--no-fuzzy-matching")
    exact = ("--ignore-obsolete", "--ignore-pot-creation-date", "--width=120")
    return python(*pybabel, *extract, "--project=Dental Sales", f"--output-file={template}", "src") or python(
        *pybabel, *update, *exact, f"--input-file={template}", f"--output-dir={LOCALE}", *arguments
    )


def migration(arguments: list[str]) -> int:
    """Write the next migration, named by the argument, from what the registers hold now."""
    prepare({})
    code = (
        "import sys; from dentalsales.app import metadata; "
        "from dentalsales.storage.write_migration import write_migration; write_migration(metadata(), sys.argv[1])"
    )
    versions = "src/dentalsales/storage/migrations/versions"
    name = " ".join(arguments) or sys.exit("Say what changes: python3 make.py migration NAME")
    return python("-c", code, name) or python("-m", "ruff", "format", "--quiet", versions)


def bench(arguments: list[str]) -> int:
    """Measure the program against its baselines."""
    prepare(QT_LIBRARIES)
    return python("-m", "benchmarks", *arguments, offscreen=True)


def reliability(arguments: list[str]) -> int:
    """Kill, fill and damage what the promises are about, and write the figures into docs/reliability.md."""
    prepare(QT_LIBRARIES, server=True)
    return python("tests/reliability/measure.py", *arguments, offscreen=True)


def lock(arguments: list[str]) -> int:
    """Choose the newest allowed libraries anew and write requirements.lock; needs uv."""
    uv = shutil.which("uv") or sys.exit("Install uv first (pip install uv): it writes requirements.lock.")
    what = ("pip", "compile", "pyproject.toml", "--extra", "postgres", "--group", "dev")
    how = ("--universal", "--python-version=3.11", "--generate-hashes", "--no-emit-index-url", "--quiet")
    signed = ("--custom-compile-command=python3 make.py lock", f"--output-file={LOCK.name}")
    return call([uv, *what, *how, *signed, *arguments])


def licences(arguments: list[str]) -> int:
    """Write docs/licences.md anew from requirements.lock and what the libraries say of themselves."""
    prepare({})
    return python(str(PROJECT / "tests" / "licences.py"), *arguments)


TASKS = {
    "run": run,
    "test": test,
    "lint": lint,
    "texts": texts,
    "migration": migration,
    "bench": bench,
    "reliability": reliability,
    "lock": lock,
    "licences": licences,
}


def prepare(libraries: dict[str, str], server: bool = False) -> None:
    """Make sure of the system libraries, the .venv of requirements.lock, and the compiled translations."""
    uv = shutil.which("uv")
    missing = [package for library, package in libraries.items() if ON_LINUX and not is_loadable(library)]
    if server and ON_LINUX and not has_server():
        missing.append(SERVER)
    installed = PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted_stamp()
    if ON_LINUX and not installed and not uv and not importlib.util.find_spec("ensurepip"):
        missing.append("python3-venv")
    if missing:
        install_system_packages(missing)
    if not installed:
        install_libraries(uv)
    compile_texts()


def wanted_stamp() -> str:
    """What .venv was made from: the locked libraries and the Python that runs them."""
    return "{}.{} ".format(*sys.version_info) + hashlib.sha256(LOCK.read_bytes()).hexdigest()


def is_loadable(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_server() -> bool:
    """Say whether PostgreSQL is on this computer; it need not run, the tests start one of their own."""
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def has_screen() -> bool:
    return not ON_LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def install_system_packages(packages: list[str]) -> None:
    """Install Debian packages when that is allowed; otherwise leave with the one line that installs them."""
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        sys.exit(f"Some system packages are missing: run `sudo apt-get install {' '.join(packages)}` and start again.")
    print(f"Installing the missing system packages {' '.join(packages)} ...", flush=True)
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    call([apt, "-qq", "update"], quiet, unseen=True)
    if call([apt, "-qq", "install", "-y", "--no-install-recommends", *packages], quiet, unseen=True):
        sys.exit(f"The system packages are still missing: run `apt-get install {' '.join(packages)}` and start again.")


def install_libraries(uv: str | None) -> None:
    """Build .venv anew from requirements.lock, refusing any file whose hash is not in it."""
    print("Installing the program's libraries into .venv (only when they changed, about a minute) ...", flush=True)
    if not (uv and install_with_uv(uv)) and not install_with_pip():
        sys.exit("The libraries could not be installed: check the connection to the package index and start again.")
    STAMP.write_text(wanted_stamp())


def install_with_uv(uv: str) -> bool:
    remove_old_venv()
    made = call([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)]) == 0
    return made and call([uv, "pip", "install", "--quiet", "--python", str(PYTHON), *LOCKED_WHEELS]) == 0


def install_with_pip() -> bool:
    remove_old_venv()
    made = call([sys.executable, "-m", "venv", str(VENV)]) == 0
    return made and call([str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", *LOCKED_WHEELS]) == 0


# No source packages: what they need for building stands in no lock.
LOCKED_WHEELS = ("--require-hashes", "--only-binary", ":all:", "--requirement", LOCK.name)


def remove_old_venv() -> None:
    if VENV.exists():
        shutil.rmtree(VENV)


def compile_texts() -> None:
    """Compile every translation that is newer than its compiled form."""
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
            files = (f"--input-file={source}", f"--output-file={compiled}")
            if python("-m", "babel.messages.frontend", "--quiet", "compile", *files):
                sys.exit(f"{source.relative_to(PROJECT)} could not be compiled: mend the line named above.")


def python(*arguments: str, offscreen: bool = False) -> int:
    """Run the Python of .venv on this checkout and return its exit code."""
    environment = dict(os.environ, PYTHONPATH=str(PROJECT / "src"))
    # Whoever wants no compiled files among the sources still gets them, in .venv: the tests start Python often.
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        environment["PYTHONPYCACHEPREFIX"] = str(VENV / "compiled")
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
        if ON_LINUX:
            environment["LC_ALL"] = "C.UTF-8"  # in the locale C, Qt warns, and a Qt warning fails a test
    return call([str(PYTHON), *arguments], environment)


def call(command: list[str], environment: dict[str, str] | None = None, unseen: bool = False) -> int:
    """Run a command in the project's folder; an unseen one shows only its complaints and is asked nothing."""
    stream = subprocess.DEVNULL if unseen else None
    return subprocess.run(command, cwd=PROJECT, env=environment, check=False, stdin=stream, stdout=stream).returncode


def main() -> int:
    if sys.version_info < (3, 11):
        sys.exit("Dental Sales needs Python 3.11 or later.")
    name, *arguments = sys.argv[1:] or ["help"]
    if name not in TASKS:
        print("\n".join(f"python3 make.py {task:11} {function.__doc__}" for task, function in TASKS.items()))
        return 2
    try:
        return TASKS[name](arguments)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
