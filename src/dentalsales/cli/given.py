"""Files named on the command line: one that is none is refused before anything is begun, in one sentence."""

import stat
from pathlib import Path

from dentalsales.i18n import _

LONGEST_WORD = 10_000
"""Letters of a passphrase in a file."""
LONGEST_NAME = 200
NOT_READ = _("{file} cannot be read. Check its name and folder, and that you may read it.")
NOT_WRITTEN = _("{file} cannot be written. Check its name and folder, and that you may write there.")
"""Why, the system would say in a language of its own."""


def given_file(path: Path) -> Path:
    """Return a file that is there; WrongWord for a name without one, a folder, a device or a pipe."""
    from dentalsales.blueprint.rules import WrongWord

    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        raise WrongWord(_("There is no file {file}. Check the name and the folder."), file=_shown(path)) from None
    except (OSError, ValueError) as error:
        raise WrongWord(NOT_READ, file=_shown(path)) from error
    if stat.S_ISDIR(kind):
        raise WrongWord(_("{file} is a folder. Choose a file in it."), file=_shown(path))
    if not stat.S_ISREG(kind):
        raise WrongWord(_("{file} is a device or a pipe, no file. Choose a file."), file=_shown(path))
    return path


def given_target(path: Path | None) -> None:
    """Refuse a name under which no file can be written: a folder, a device, or one in a folder that is not there."""
    from dentalsales.blueprint.rules import WrongWord

    if path is None:
        return
    try:
        if not path.exists():
            if not path.parent.is_dir():
                raise WrongWord(_("The folder of {file} is not there. Choose another one."), file=_shown(path))
            return
    except (OSError, ValueError) as error:
        raise WrongWord(NOT_WRITTEN, file=_shown(path)) from error
    given_file(path)


def words_in(path: Path) -> str:
    """Return the first line of a text, such as a passphrase; it may come through a pipe."""
    from dentalsales.blueprint.rules import WrongWord

    try:
        with path.open(encoding="utf-8-sig") as file:
            return file.readline(LONGEST_WORD).rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise WrongWord(NOT_READ, file=_shown(path)) from error


def _shown(path: Path) -> str:
    name = path.name or str(path)
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME] + "…"
