"""A copy under a passphrase: made without it, opened only with it, and no bit of it changes unnoticed."""

import io
import random
from pathlib import Path

import pytest

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.storage import sealed_file
from dentalsales.storage.sealed_file import SealKey, new_key, private_key, read_header, seal_file, unseal_file

WORDS = "牙科 耗材 两百 盒"


@pytest.fixture(scope="module")
def key() -> SealKey:
    return new_key(WORDS)


@pytest.fixture
def sealed(key: SealKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three and a half blocks under the passphrase."""
    monkeypatch.setattr(sealed_file, "BLOCK", 1024)
    (tmp_path / "plain").write_bytes(bytes(range(256)) * 14)
    seal_file(tmp_path / "plain", tmp_path / "sealed", key, {"company": "爱牙"})
    return tmp_path / "sealed"


def test_what_was_sealed_with_the_public_key_opens_with_the_passphrase(sealed: Path) -> None:
    found = io.BytesIO()
    unseal_file(sealed, found, WORDS)
    assert found.getvalue() == bytes(range(256)) * 14
    assert read_header(sealed)["company"] == "爱牙"
    assert bytes(range(256)) not in sealed.read_bytes()


def test_full_width_and_half_width_letters_are_the_same_passphrase(tmp_path: Path) -> None:
    key = new_key("ABC 12345678")
    assert private_key(key, "ＡＢＣ　１２３４５６７８")


def test_a_wrong_passphrase_says_so_and_a_short_one_is_not_taken(sealed: Path) -> None:
    with pytest.raises(RuleBroken, match="The passphrase does not open this copy"):
        unseal_file(sealed, None, WORDS + "!")
    with pytest.raises(RuleBroken, match="needs 10 characters at least"):
        new_key("kurz")


def test_the_passphrase_and_the_private_key_stand_nowhere_in_a_copy(sealed: Path, key: SealKey) -> None:
    content = sealed.read_bytes()
    assert WORDS.encode() not in content
    assert private_key(key, WORDS).private_bytes_raw() not in content


def test_changed_moved_and_missing_blocks_are_noticed_even_by_whoever_mends_the_outer_seal(sealed: Path) -> None:
    content, chance = sealed.read_bytes()[: -sealed_file.SEAL_LENGTH], random.Random(7)
    file_key = sealed_file._key_of(read_header(sealed), WORDS)  # the passphrase takes a third of a second each time
    start = len(content) - (3 * 1040 + 512 + 16)
    swapped = content[:start] + content[start + 1040 : start + 2080] + content[start : start + 1040]
    forged = [swapped + content[start + 2080 :], content[: start + 1040], content[: start + 2080], content[:start]]
    for _round in range(20):
        place = chance.randrange(start, len(content))
        forged.append(content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :])
    for wrong in forged:
        sealed.write_bytes(wrong + b"0" * sealed_file.SEAL_LENGTH)
        with pytest.raises(RuleBroken, match="is damaged or incomplete"):
            unseal_file(sealed, None, file_key=file_key)
        with pytest.raises(RuleBroken, match="is damaged or incomplete"):
            sealed_file.refuse_damaged(sealed)


def test_a_strangers_file_may_not_ask_for_endless_work(key: SealKey) -> None:
    with pytest.raises(ValueError, match="cost"):
        SealKey.of({**key.told(), "cost": [3, 1 << 30, 4]})
