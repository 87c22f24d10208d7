import os
import stat
from hashlib import sha256
from pathlib import Path

import pytest
from figures import Record, proved
from hostile_names import HOSTILE

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import tr
from dentalsales.storage.attachment_store import MOST_BYTES, RESERVED, Kept, safe_name
from dentalsales.storage.folder_attachments import FolderAttachments


@pytest.fixture
def store(tmp_path: Path) -> FolderAttachments:
    return FolderAttachments(tmp_path / "attachments")


def test_a_file_is_kept_under_its_hash_and_only_once(store: FolderAttachments, tmp_path: Path) -> None:
    expected = Kept(sha256(b"licence").hexdigest(), 7, "许可证.pdf")
    assert store.keep(written(tmp_path / "许可证.pdf", b"licence")) == expected
    assert store.keep(written(tmp_path / "copy.pdf", b"licence"), "许可证.pdf") == expected
    assert list(store.hashes()) == [expected.sha256]
    assert store.path_of(expected.sha256).read_bytes() == b"licence"
    assert [path for path in store.folder.rglob("*") if path.is_file()] == [store.path_of(expected.sha256)]


def test_a_copy_bears_the_name_and_cannot_be_mistaken_for_the_file(store: FolderAttachments, tmp_path: Path) -> None:
    kept = store.keep(written(tmp_path / "许可证.pdf", b"licence"))
    copy = store.open_copy(kept.sha256, kept.name)
    assert (copy.name, copy.read_bytes()) == ("许可证.pdf", b"licence")
    assert not copy.is_relative_to(store.folder)
    assert stat.S_IMODE(os.stat(copy).st_mode) == 0o444
    assert store.open_copy(kept.sha256, kept.name) != copy


def test_copies_are_gone_when_the_store_is(tmp_path: Path) -> None:
    store = FolderAttachments(tmp_path / "attachments")
    kept = store.keep(written(tmp_path / "a.pdf", b"licence"))
    copy = store.open_copy(kept.sha256, kept.name)
    del store
    assert not copy.exists()


PROGRAM_NAMES = ("a.exe", "A.EXE", "bill.pdf.js", "a.bat ", "a.cmd.", "x.ps1", "x.lnk", "x.hta", "a.e\u200bxe", "a.jar")


@pytest.mark.parametrize("name", PROGRAM_NAMES)
def test_programs_and_scripts_are_refused_by_name(store: FolderAttachments, tmp_path: Path, name: str) -> None:
    with pytest.raises(RuleBroken, match="is a program or a script"):
        store.keep(written(tmp_path / "innocent", b"text"), name)
    assert not store.folder.exists()


@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"\x7fELF\x02", b"#!/bin/sh\n"])
def test_programs_under_another_name_are_refused(store: FolderAttachments, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(RuleBroken, match="is a program or a script"):
        store.keep(written(tmp_path / "photo.jpg", content))


def test_empty_missing_and_too_large_files_are_refused(store: FolderAttachments, tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="is empty"):
        store.keep(written(tmp_path / "a.pdf", b""))
    with pytest.raises(RuleBroken, match="can't be read"):
        store.keep(tmp_path / "missing.pdf")
    with open(tmp_path / "film.mp4", "wb") as film:
        film.truncate(MOST_BYTES + 1)
    with pytest.raises(RuleBroken) as refused:
        store.keep(tmp_path / "film.mp4")
    assert tr(refused.value.text).startswith("film.mp4 is larger than 50 MB.")


def test_damaged_bytes_are_noticed_and_mended_by_attaching_again(store: FolderAttachments, tmp_path: Path) -> None:
    source = written(tmp_path / "a.pdf", b"licence")
    kept = store.keep(source)
    store.path_of(kept.sha256).write_bytes(b"Licence")
    with pytest.raises(RuleBroken, match="missing or damaged"):
        store.open_copy(kept.sha256, kept.name)
    store.path_of(kept.sha256).unlink()
    with pytest.raises(RuleBroken, match="missing or damaged"):
        store.open_copy(kept.sha256, kept.name)
    store.keep(source)
    assert store.open_copy(kept.sha256, kept.name).read_bytes() == b"licence"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("许可证 2026.pdf", "许可证 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\win.ini", "win.ini"),
        ("a\u202egpj.pdf", "agpj.pdf"),
        ("con.txt", "_con.txt"),
        ("COM1", "_COM1"),
        ('a<b>:"c|?*.pdf', "a_b___c___.pdf"),
        ("..", "file"),
        ("", "file"),
        ("a\x00b\n.pdf", "ab.pdf"),
        (" .hidden. ", "hidden"),
        ("长" * 100 + ".pdf", "长" * 48 + ".pdf"),
    ],
)
def test_a_strangers_name_becomes_a_harmless_one(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_no_name_of_a_stranger_leads_out_of_the_store(
    store: FolderAttachments, tmp_path: Path, record_property: Record
) -> None:
    source = written(tmp_path / "scan", b"scan")
    outside, copies = 0, set()
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    for name in HOSTILE:
        try:
            kept = store.keep(source, name)
        except RuleBroken:
            continue
        copy = store.open_copy(kept.sha256, kept.name)
        copies.add(copy)
        assert len(copy.name.encode()) <= 160 and copy.name.isprintable() and not RESERVED.fullmatch(copy.name)
        outside += not copy.is_relative_to(store._folder_of_copies()) or copy.read_bytes() != b"scan"
    found = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    outside += sum(not path.is_relative_to(store.folder) for path in found)
    proved(record_property, "S6 store", names=len(HOSTILE), outside=outside)
    assert len(HOSTILE) >= 60 and len(copies) >= 50 and outside == 0


def test_a_pipe_and_a_folder_are_no_files(store: FolderAttachments, tmp_path: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.pdf")
    for name in ("pipe.pdf", ".", "nul\0.pdf"):
        with pytest.raises(RuleBroken, match="can't be read"):
            store.keep(tmp_path / name, "a.pdf")


def test_what_is_no_hash_is_no_path(store: FolderAttachments) -> None:
    for text in ("../../x", "", "A" * 64, "a" * 63):
        with pytest.raises(ValueError):
            store.path_of(text)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
