"""Opens a copy: out of its passphrase, verified, unpacked, and compared with what its manifest says."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.backup import refuse_unlike
from dentalsales.storage.backup_file import ENDING, BackupInfo, unpack_backup, verify
from dentalsales.storage.layout import DATABASE
from dentalsales.storage.migrate import refuse_newer
from dentalsales.storage.refusals import said_clearly
from dentalsales.storage.sealed_file import is_sealed, unseal_file


class PassphraseNeeded(RuleBroken):
    """The copy is under a passphrase, and none was given."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{file} is under a passphrase. Enter the passphrase of the backups."), "passphrase", file=path.name
        )


@contextmanager
def opened(path: Path, passphrase: str = "", place: Path | None = None) -> Iterator[tuple[Path, BackupInfo]]:
    """Give the copy as a file without passphrase, and what is in it, for as long as the block runs.

    What is unsealed lies in `place` meanwhile, readable by nobody else. PassphraseNeeded, or RuleBroken when the
    passphrase is wrong, the copy damaged or newer than this program.
    """
    with said_clearly():
        if not path.is_file() or not is_sealed(path):
            info = verify(path)
            refuse_newer(info.revision)
            yield path, info
            return
        verify(path)
        if not passphrase:
            raise PassphraseNeeded(path)
        with TemporaryDirectory(prefix=".opened-", dir=place, ignore_cleanup_errors=True) as temporary:
            plain = Path(temporary) / ("copy" + ENDING)
            with plain.open("wb") as file:
                unseal_file(path, file, passphrase)
            info = verify(plain)
            refuse_newer(info.revision)
            yield plain, info


def unpack(plain: Path, info: BackupInfo, folder: Path) -> None:
    """Write what an opened copy holds into a folder, in the layout of a company; RuleBroken when some is missing."""
    unpack_backup(plain, folder)
    facts: dict[str, Any] = {"revision": info.revision, "counts": info.counts, "sums": info.sums}
    if info.history_head:  # older copies say nothing of it
        facts["history_head"] = info.history_head
    refuse_unlike(folder / DATABASE, facts)
