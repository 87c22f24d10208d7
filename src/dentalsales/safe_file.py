"""Writes a file so that it is either the old one or the complete new one, whatever happens meanwhile."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _

DRAFT = ".~"
"""How the name of a file in the making begins."""

FULL = _("The disk is full, so {file} was not written. Free some space, or choose another folder.")
OPEN_ELSEWHERE = _(
    "{file} can't be replaced. If it is open in another program such as Excel, close it there, "
    "or choose another name or folder."
)
NO_FOLDER = _("The folder of {file} does not exist. Choose another folder.")
READ_ONLY = _("{file} can't be written here, because nothing may be written to this folder. Choose another folder.")
NO_FILE = _("{file} is a folder, a device or a pipe, so no file can take its place. Choose another name.")
NAME_TOO_LONG = _("The name {file} is too long. Choose a shorter one.")
SENTENCES = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EACCES: OPEN_ELSEWHERE,
    errno.EPERM: OPEN_ELSEWHERE,
    errno.EBUSY: OPEN_ELSEWHERE,
    errno.ENOENT: NO_FOLDER,
    errno.ENOTDIR: NO_FOLDER,
    errno.EROFS: READ_ONLY,
    errno.ENAMETOOLONG: NAME_TOO_LONG,
}


@contextmanager
def write_safely(path: Path, name: str = "") -> Iterator[Path]:
    """Give the path of a draft to write to; when the block ends without an error, the draft takes the file's place.

    The draft has the file's ending. RuleBroken when the disk is full, the file is open elsewhere, no file or
    the folder unfit; `name` is what the refusal calls the file when its own name means nothing to the user.
    """
    path = Path(path)
    draft = path.with_name(f"{DRAFT}{secrets.token_hex(6)}{path.suffix}")
    try:
        if path.exists() and not path.is_file():  # with enough rights a report would take the place of /dev/null
            raise RuleBroken(NO_FILE, file=name or path.name)
        yield draft
        flush_file(draft)
        os.replace(draft, path)
        flush_folder(path.parent)
    except OSError as error:
        sentence = _sentence_for(error, {str(draft), str(path), str(path.parent)})
        if sentence is None:
            raise
        raise RuleBroken(sentence, file=name or path.name) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def flush_file(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sentence_for(error: OSError, ours: set[str]) -> Text | None:
    """Errors of other files are not ours."""
    return SENTENCES.get(error.errno or 0) if error.filename is None or str(error.filename) in ours else None
