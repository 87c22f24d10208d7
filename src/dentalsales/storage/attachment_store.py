"""Keeps the bytes of attached files under their SHA-256, so that no name of a stranger ever becomes a path."""

import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
import weakref
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.refusals import said_clearly

BLOCK = 1024 * 1024
MOST_BYTES = 50 * BLOCK
"""How large a file may be unless the company says otherwise."""
PROGRAMS = frozenset(
    "exe com scr bat cmd ps1 psm1 psd1 vbs vbe vb js jse mjs ws wsf wsc wsh hta msi msp mst msix appx appref- "
    "ms jar lnk url scf pif cpl reg inf gadget application chm hlp sct shb shs msc dll ocx sys drv sh bash csh "
    "zsh run bin appimage deb rpm desktop py pyw pyz pl rb php command app dmg pkg apk xll xlam iqy slk "
    "settingcontent-ms library-ms iso img vhd vhdx".split()
)
PROGRAM_BYTES = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[\d¹²³])\s*(\..*)?", re.IGNORECASE)
INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
LONGEST_NAME = 150
"""Bytes of a name in UTF-8; leaves room for the folder in Windows' 260 letters."""


@dataclass(frozen=True)
class Kept:
    """What the row of an attachment says about its bytes."""

    sha256: str
    size: int
    name: str


class AttachmentStore(ABC):
    """The attached files of one company; bytes are kept before the row that names them is written."""

    def __init__(self) -> None:
        self._copies: Path | None = None

    @abstractmethod
    def hashes(self) -> Iterator[str]:
        """Yield the SHA-256 of every kept file, in order."""

    @abstractmethod
    def file_of(self, sha256: str) -> Path | None:
        """Return a file with the bytes, only to be read; None when they are missing or no longer what they were."""

    def is_sound(self, sha256: str) -> bool:
        """Say whether the bytes are there and what they were."""
        return self.file_of(sha256) is not None

    @abstractmethod
    def _put(self, sha256: str, file: BinaryIO, name: str) -> None:
        """Keep the bytes of a file that is open at its beginning, unless they are there."""

    def keep(self, source: Path, name: str = "", most: int = MOST_BYTES) -> Kept:
        """Take a file in under its safe name; RuleBroken for programs, scripts, empty, unreadable and too big files."""
        name = safe_name(name or source.name)
        refuse_program_name(name)
        try:
            if not source.is_file():  # a device or a pipe would never end
                raise FileNotFoundError(source)
            file = source.open("rb")
        except (OSError, ValueError) as error:  # no file can bear a name with a zero byte
            raise RuleBroken(
                _("{name} can't be read. Check that it exists and is not open elsewhere."), name=name
            ) from error
        with file, said_clearly():
            return self._keep(file, os.fstat(file.fileno()).st_size, name, most)

    def open_copy(self, sha256: str, name: str) -> Path:
        """Return a read-only copy under the file's own name, to be shown by another program; it is gone after the run.

        RuleBroken when the bytes are missing or no longer what they were.
        """
        kept = self.file_of(sha256)
        if kept is None:
            raise RuleBroken(_("The file {name} is missing or damaged. Restore it from a backup."), name=name)
        name = safe_name(name)
        refuse_program_name(name)
        copy = Path(tempfile.mkdtemp(dir=self._folder_of_copies())) / name
        shutil.copyfile(kept, copy)
        copy.chmod(0o444)
        return copy

    def _keep(self, file: BinaryIO, size: int, name: str, most: int) -> Kept:
        if size > most:
            raise RuleBroken(_("{name} is larger than {most} MB. Make it smaller, or keep only the pages that matter."),
                             name=name, most=most // BLOCK)  # fmt: skip
        if size == 0:
            raise RuleBroken(_("{name} is empty. Choose another file."), name=name)
        sha256 = hash_of(file)
        file.seek(0)
        if file.read(8).startswith(PROGRAM_BYTES):
            raise RuleBroken(_("{name} is a program or a script, which can't be attached."), name=name)
        file.seek(0)
        self._put(sha256, file, name)
        return Kept(sha256, size, name)

    def _folder_of_copies(self) -> Path:
        if self._copies is None:
            self._copies = Path(tempfile.mkdtemp(prefix="dentalsales-"))
            weakref.finalize(self, shutil.rmtree, self._copies, ignore_errors=True)
        return self._copies


def checked(sha256: str) -> str:
    """Return a text that is a SHA-256; ValueError for all others, so that none becomes a path."""
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise ValueError(sha256)
    return sha256


def refuse_program_name(name: str) -> None:
    """Raise RuleBroken when a name ends like a program or a script."""
    if name.rstrip(". ").rpartition(".")[2].casefold() in PROGRAMS and "." in name:
        raise RuleBroken(_("{name} is a program or a script, which can't be attached."), name=name)


def safe_name(name: str) -> str:
    """Return a stranger's file name without folders, invisible letters and what Windows does not allow."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = "".join(letter for letter in name if unicodedata.category(letter) not in INVISIBLE)
    name = re.sub(r'[<>:"|?*]', "_", name).strip(" ").strip(".").strip(" ")
    if RESERVED.fullmatch(name):
        name = "_" + name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 12:
        stem, ending = name, ""
    room = LONGEST_NAME - len((dot + ending).encode())
    return (stem.encode()[:room].decode(errors="ignore") + (dot + ending if ending else "")) or "file"


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hash_of(file)


def hash_of(file: BinaryIO) -> str:
    """Return the SHA-256 of what an open file still has to give."""
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
