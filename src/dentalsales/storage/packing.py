"""Packs a big file with all processors at once; the result is an ordinary .gz file of many blocks."""

import gzip
import hashlib
import os
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO

BLOCK = 4 * 1024 * 1024
FASTEST = 1
WITH_GZIP_HEADER = 31


def pack(source: IO[bytes], target: IO[bytes]) -> tuple[str, list[int]]:
    """Pack a file into another; return the SHA-256 of what was read and the packed size of each block."""
    digest, sizes = hashlib.sha256(), []

    def blocks() -> Iterator[bytes]:
        while block := source.read(BLOCK):
            digest.update(block)
            yield block

    for packed in _in_order(lambda block: gzip.compress(block, FASTEST, mtime=0), blocks()):
        target.write(packed)
        sizes.append(len(packed))
    return digest.hexdigest(), sizes


def unpack(source: IO[bytes], sizes: Iterable[int], target: IO[bytes] | None = None) -> str:
    """Unpack blocks of these sizes, into another file if there is one; return the SHA-256 of what they held.

    ValueError or zlib.error when a block is not what `pack` makes.
    """
    digest = hashlib.sha256()
    for block in _in_order(_unpacked, (source.read(size) for size in sizes)):
        digest.update(block)
        if target is not None:
            target.write(block)
    return digest.hexdigest()


def _unpacked(packed: bytes) -> bytes:
    """A stranger's block may claim to be endless, so it is unpacked no further than ours go."""
    worker = zlib.decompressobj(WITH_GZIP_HEADER)
    block = worker.decompress(packed, BLOCK + 1)
    if len(block) > BLOCK or not worker.eof or worker.unused_data:
        raise ValueError("not a packed block")
    return block


def _in_order(work: Callable[[bytes], bytes], blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the results in the order of the blocks, holding only a few in memory."""
    processors = os.cpu_count() or 1
    waiting: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(processors) as pool:
        for block in blocks:
            waiting.append(pool.submit(work, block))
            if len(waiting) > processors:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
