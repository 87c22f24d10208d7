"""The attached files of a company on a server: in the database itself, so that every clerk reaches them."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Column, Engine, LargeBinary, MetaData, String, Table, func, select
from sqlalchemy.dialects.postgresql import insert

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.attachment_store import AttachmentStore, checked, file_hash
from dentalsales.storage.engine import for_reading
from dentalsales.storage.refusals import said_clearly

SERVER_TABLES = MetaData()
"""Tables that only a company on a server has."""
BYTES = Table(
    "attachment_bytes",
    SERVER_TABLES,
    Column("sha256", String(64), primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
)


class ServerAttachments(AttachmentStore):
    """Bytes under their SHA-256 in a table; rows only ever come, so that nobody has to wait for a writer."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine, self._reader = engine, for_reading(engine)

    def file_of(self, sha256: str) -> Path | None:
        """Return a copy on this PC, taken out once and gone after the run."""
        copy = self._folder_of_copies() / checked(sha256)
        if not copy.is_file():
            with said_clearly(files=False), self._reader.connect() as connection:
                found = connection.scalar(select(BYTES.c.bytes).where(BYTES.c.sha256 == sha256))
            if found is None:
                return None
            copy.write_bytes(found)
        return copy if file_hash(copy) == sha256 else None

    def is_sound(self, sha256: str) -> bool:
        """Let the server count, so that no bytes travel."""
        with said_clearly(files=False), self._reader.connect() as connection:
            found = select(func.encode(func.sha256(BYTES.c.bytes), "hex")).where(BYTES.c.sha256 == checked(sha256))
            return bool(connection.scalar(found) == sha256)

    def hashes(self) -> Iterator[str]:
        """Yield the SHA-256 of every kept file, in order."""
        with said_clearly(files=False), self._reader.connect() as connection:
            yield from connection.scalars(select(BYTES.c.sha256).order_by(BYTES.c.sha256)).all()

    def _put(self, sha256: str, file: BinaryIO, name: str) -> None:
        data = file.read()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise RuleBroken(_("{name} changed while it was read. Attach it again."), name=name)
        row = insert(BYTES).values(sha256=sha256, bytes=data).on_conflict_do_nothing()
        with said_clearly(files=False), self._engine.begin() as connection:
            connection.execute(row)
