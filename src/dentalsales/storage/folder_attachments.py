"""The attached files of a company in a folder: files named by their SHA-256."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.safe_file import write_safely
from dentalsales.storage.attachment_store import BLOCK, AttachmentStore, checked, file_hash


class FolderAttachments(AttachmentStore):
    """Files in folders of two letters, the first of their hash."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def path_of(self, sha256: str) -> Path:
        """Return where the bytes lie; ValueError when the text is no SHA-256."""
        return self.folder / checked(sha256)[:2] / sha256[2:]

    def file_of(self, sha256: str) -> Path | None:
        """Return the kept file itself."""
        kept = self.path_of(sha256)
        return kept if kept.is_file() and file_hash(kept) == sha256 else None

    def hashes(self) -> Iterator[str]:
        """Yield the SHA-256 of every kept file, in order."""
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            if re.fullmatch("[0-9a-f]{62}", path.name):
                yield path.parent.name + path.name

    def keep_all(self, store: AttachmentStore) -> int:
        """Take in what another store of the company keeps, but for what is damaged there; return how many."""
        kept = 0
        for sha256 in store.hashes():
            file = store.file_of(sha256)
            if file is not None:
                with file.open("rb") as source:
                    self._put(sha256, source, file.name)
                kept += 1
        return kept

    def _put(self, sha256: str, file: BinaryIO, name: str) -> None:
        if self.file_of(sha256) is not None:
            return
        place = self.path_of(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        with write_safely(place, name) as draft:
            with draft.open("wb") as copy:
                shutil.copyfileobj(file, copy, BLOCK)
            if file_hash(draft) != sha256:
                raise RuleBroken(_("{name} changed while it was read. Attach it again."), name=name)
