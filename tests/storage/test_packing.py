import gzip
import io
import random
import zlib

import pytest

from dentalsales.storage.packing import BLOCK, pack, unpack


@pytest.mark.parametrize("size", [0, 1, BLOCK, 2 * BLOCK + 5])
def test_what_is_packed_is_unpacked_and_any_program_can_do_so(size: int) -> None:
    content = random.Random(size).randbytes(1000) * (size // 1000) + b"x" * (size % 1000)
    packed, unpacked = io.BytesIO(), io.BytesIO()
    sha256, sizes = pack(io.BytesIO(content), packed)
    assert sum(sizes) == len(packed.getvalue()) <= len(content) // 10 + 1100
    assert unpack(io.BytesIO(packed.getvalue()), sizes, unpacked) == sha256
    assert unpacked.getvalue() == content == gzip.decompress(packed.getvalue())


def test_an_endless_block_and_a_cut_one_are_refused() -> None:
    endless = gzip.compress(bytes(BLOCK * 3))
    cut = gzip.compress(b"content")[:-3]
    for block in (endless, cut, b"no block at all"):
        with pytest.raises((ValueError, zlib.error)):
            unpack(io.BytesIO(block), [len(block)])
