"""The scan of a signed delivery voucher: a drawn sheet of paper that stands for all of them."""

import struct
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

from dentalsales.storage.attachment_store import Kept
from dentalsales.storage.company import Company

WIDTH, HEIGHT = 240, 160
PAPER, INK = 245, 90
RULES = (30, 50, 64, 78, 92, 106, 130)
"""Rows of the picture where a line is drawn."""


def keep_voucher(company: Company) -> Kept:
    """Keep the picture in the company's attachments and return what its rows name."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "签收单.png"
        path.write_bytes(_picture())
        return company.files.keep(path)


def _picture() -> bytes:
    """Return a grey PNG with the lines of a form."""
    rows = bytearray()
    for row in range(HEIGHT):
        ruled = bytes([INK]) * (WIDTH - 40)
        inner = ruled if row in RULES else bytes([PAPER]) * (WIDTH - 40)
        rows += b"\x00" + bytes([PAPER]) * 20 + inner + bytes([PAPER]) * 20
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
