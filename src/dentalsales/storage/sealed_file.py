"""A copy under a passphrase: made with a public key, so that automatic copies ask nobody; read with the passphrase.

The private key lies in every copy, wrapped by the passphrase (argon2id, AES-GCM). Each copy has a key of its own
(X25519, HKDF) and is written in numbered blocks of AES-GCM, the last one marked, so that no block can be changed,
moved or left away. The last bytes are the SHA-256 of all before, which shows damage without the passphrase.
"""

import hashlib
import json
import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _

MAGIC = b"DENTALSALES SEALED 1\n"
BLOCK = 1024 * 1024
TAG = 16
SEAL_LENGTH = 64
"""The last bytes of every backup, sealed or not, are the SHA-256 of all before."""
LONGEST_HEADER = 64 * 1024
SHORTEST_PASSPHRASE = 10
COST = {"time": 3, "memory": 65536, "lanes": 4}
"""argon2id: about a third of a second, 64 MB."""
HIGHEST_COST = {"time": 20, "memory": 1024 * 1024, "lanes": 16}
"""A stranger's file may not ask for more than this."""
WRONG = _("The passphrase does not open this copy. Check capital letters and the input method, and enter it again.")
DAMAGED = _("The backup {file} is damaged or incomplete. Choose another one.")
TOO_SHORT = _("The passphrase needs {count} characters at least; several words make a good one.")


@dataclass(frozen=True)
class SealKey:
    """What the company keeps and every copy carries: the public key, and the private one under the passphrase."""

    public: bytes
    salt: bytes
    wrapped: bytes
    cost: tuple[int, int, int] = (COST["time"], COST["memory"], COST["lanes"])

    def told(self) -> dict[str, Any]:
        """Return it as JSON can hold it; none of it is a secret."""
        words = {"public": self.public, "salt": self.salt, "wrapped": self.wrapped}
        return {name: b64encode(value).decode() for name, value in words.items()} | {"cost": list(self.cost)}

    @classmethod
    def of(cls, told: dict[str, Any]) -> "SealKey":
        """Return what `told` says; ValueError when it asks for more work than any of ours does."""
        time, memory, lanes = (int(one) for one in told["cost"])
        if not 0 < time <= HIGHEST_COST["time"] or not 0 < lanes <= HIGHEST_COST["lanes"]:
            raise ValueError("cost")
        if not 8 <= memory <= HIGHEST_COST["memory"]:
            raise ValueError("cost")
        public, salt, wrapped = (b64decode(told[name], validate=True) for name in ("public", "salt", "wrapped"))
        return cls(public, salt, wrapped, (time, memory, lanes))


def new_key(passphrase: str) -> SealKey:
    """Make the keys of a company under a passphrase; RuleBroken when that is too short."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise RuleBroken(TOO_SHORT, count=SHORTEST_PASSPHRASE)
    private = X25519PrivateKey.generate()
    public, salt = private.public_key().public_bytes_raw(), os.urandom(16)
    key = SealKey(public, salt, b"")
    wrapped = _aes(_from_passphrase(key, passphrase)).encrypt(bytes(12), private.private_bytes_raw(), public)
    return SealKey(public, salt, wrapped)


def private_key(key: SealKey, passphrase: str) -> Any:
    """Return the private key; RuleBroken when the passphrase is another one."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    try:
        raw = _aes(_from_passphrase(key, passphrase)).decrypt(bytes(12), key.wrapped, key.public)
    except InvalidTag as error:
        raise RuleBroken(WRONG, "passphrase") from error
    return X25519PrivateKey.from_private_bytes(raw)


def seal_file(source: Path, target: Path, key: SealKey, told: dict[str, Any]) -> bytes:
    """Write a file sealed; `told` stands before it for everybody to read. Return the key of this one file."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once = X25519PrivateKey.generate()
    mine = once.public_key().public_bytes_raw()
    file_key = _file_key(once.exchange(X25519PublicKey.from_public_bytes(key.public)), mine, key.public)
    header = json.dumps({**told, "key": key.told(), "once": b64encode(mine).decode()}, sort_keys=True).encode()
    digest, bound, aes = hashlib.sha256(), hashlib.sha256(header).digest(), _aes(file_key)
    with source.open("rb") as plain, target.open("wb") as sealed:

        def write(part: bytes) -> None:
            digest.update(part)
            sealed.write(part)

        write(MAGIC + len(header).to_bytes(4, "big") + header)
        for nonce, block in _numbered(plain, 0, plain.seek(0, 2), BLOCK):
            write(aes.encrypt(nonce, block, bound))
        sealed.write(digest.hexdigest().encode())
    return file_key


def is_sealed(path: Path) -> bool:
    """Say whether a file is under a passphrase."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def read_header(path: Path) -> dict[str, Any]:
    """Return what stands before a sealed file; ValueError when that is not ours."""
    with path.open("rb") as file:
        header: dict[str, Any] = json.loads(_header(file))
    SealKey.of(header["key"])
    return header


def refuse_damaged(path: Path) -> None:
    """Read a sealed file through; RuleBroken when a bit of it has changed. Needs no passphrase."""
    with path.open("rb") as file:
        try:
            seal = hash_before_seal(file)
        except (ValueError, EOFError) as error:
            raise RuleBroken(DAMAGED, file=path.name) from error
        if file.read(SEAL_LENGTH) != seal:
            raise RuleBroken(DAMAGED, file=path.name)


def hash_before_seal(file: IO[bytes]) -> bytes:
    """Return the seal that the bytes deserve, and leave the file at the seal that it bears."""
    left = file.seek(0, 2) - SEAL_LENGTH
    if left < 0:
        raise ValueError("no seal")
    file.seek(0)
    digest = hashlib.sha256()
    while left:
        block = file.read(min(BLOCK, left))
        if not block:
            raise EOFError
        digest.update(block)
        left -= len(block)
    return digest.hexdigest().encode()


def unseal_file(path: Path, target: IO[bytes] | None, passphrase: str = "", file_key: bytes = b"") -> str:
    """Write what is sealed into an open file, or only read it; return the SHA-256 of what was inside.

    RuleBroken when the passphrase is wrong or anything was changed.
    """
    from cryptography.exceptions import InvalidTag

    try:
        with path.open("rb") as sealed:
            header = _header(sealed)
            aes = _aes(file_key or _key_of(json.loads(header), passphrase))
            bound, digest, begin = hashlib.sha256(header).digest(), hashlib.sha256(), sealed.tell()
            for nonce, block in _numbered(sealed, begin, sealed.seek(0, 2) - SEAL_LENGTH, BLOCK + TAG):
                part = aes.decrypt(nonce, block, bound)
                digest.update(part)
                if target is not None:
                    target.write(part)
            return digest.hexdigest()
    except (InvalidTag, ValueError, KeyError, TypeError) as error:
        raise RuleBroken(DAMAGED, file=path.name) from error


def _key_of(header: dict[str, Any], passphrase: str) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    key, once = SealKey.of(header["key"]), b64decode(header["once"], validate=True)
    private = private_key(key, passphrase)
    return _file_key(private.exchange(X25519PublicKey.from_public_bytes(once)), once, key.public)


def _header(file: IO[bytes]) -> bytes:
    if file.read(len(MAGIC)) != MAGIC:
        raise ValueError("not sealed")
    length = int.from_bytes(file.read(4), "big")
    if length > LONGEST_HEADER:
        raise ValueError("header")
    return file.read(length)


def _numbered(file: IO[bytes], start: int, end: int, length: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield the blocks between two places, each with its nonce: its number, and whether it is the last one."""
    file.seek(start)
    for number in range(max(1, -(-(end - start) // length))):
        block = file.read(min(length, end - file.tell()))
        yield number.to_bytes(11, "big") + (b"\1" if file.tell() >= end else b"\0"), block


def _from_passphrase(key: SealKey, passphrase: str) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    time, memory, lanes = key.cost
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    return hash_secret_raw(secret, key.salt, time, memory, lanes, 32, Type.ID)


def _file_key(shared: bytes, once: bytes, public: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, once + public, b"dentalsales backup 1").derive(shared)


def _aes(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
