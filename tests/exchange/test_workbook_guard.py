"""The look from outside refuses what is not safe to open, in a sentence."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange.source import Limits
from dentalsales.exchange.workbook_guard import check_file, starts_in_1904, unreadable
from dentalsales.i18n import tr

SAMPLES = Path(__file__).parent / "samples"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LIMITS = Limits()


def refusal_of(path: Path, limits: Limits = LIMITS) -> str:
    with pytest.raises(RuleBroken) as refused:
        check_file(path, limits)
    return tr(refused.value.text)


def honest_workbook(path: Path) -> Path:
    book = Workbook()
    book.active.append(["客户名称", "电话"])
    book.active.append(["仁爱口腔诊所", "13800001234"])
    book.save(path)
    return path


def with_changed_part(path: Path, part: str, content: bytes) -> Path:
    """Write the honest workbook again with one part exchanged or added."""
    with zipfile.ZipFile(honest_workbook(path)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, kept in {**parts, part: content}.items():
            book.writestr(name, kept)
    return path


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_an_honest_workbook_is_recognised_whatever_its_ending(tmp_path: Path) -> None:
    assert check_file(honest_workbook(tmp_path / "客户.xlsx"), LIMITS) == "xlsx"
    assert check_file((tmp_path / "客户.xlsx").rename(tmp_path / "客户.csv"), LIMITS) == "xlsx"
    assert check_file(SAMPLES / "customers.xls", LIMITS) == "xls"
    assert check_file(written(tmp_path / "a.xlsx", "编号,名称\n".encode()), LIMITS) == "text"
    assert check_file(written(tmp_path / "b.csv", b"BM,MC\n1,2\n"), LIMITS) == "text"


def test_what_is_not_there_not_a_file_or_empty_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path / "a.xlsx") == "There is no file a.xlsx. Check the name and the folder."
    assert "is a folder" in refusal_of(tmp_path)
    assert "is empty" in refusal_of(written(tmp_path / "b.xlsx", b""))


def test_a_file_that_the_system_does_not_give_is_refused_with_the_way_out() -> None:
    locked = unreadable(Path("a.xlsx"), PermissionError(13, "Permission denied"))
    assert tr(locked.text).startswith("a.xlsx is open in another program, or you may not read it.")
    gone = unreadable(Path("a.xlsx"), OSError(5, "Input/output error"))
    assert tr(gone.text) == "a.xlsx cannot be read. Copy it to this computer and try again."


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"MZ\x90\0", b"\xff\xd8\xff\xe0", b"7z\xbc\xaf"]
)
def test_a_renamed_paper_picture_or_program_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "neither a workbook nor a text table" in refusal_of(written(tmp_path / "a.xlsx", content + bytes(100)))


@pytest.mark.parametrize("content", [b"<html><table>", b"\xef\xbb\xbf<!DOCTYPE html>", b"  <?xml version='1.0'?>"])
def test_a_web_page_called_xls_is_refused_with_the_way_out(tmp_path: Path, content: bytes) -> None:
    assert "Open it in Excel and save it there as .xlsx" in refusal_of(written(tmp_path / "a.xls", content))


def test_another_office_file_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "letter.xlsx", "w") as letter:
        letter.writestr("word/document.xml", "<document/>")
    assert "neither a workbook" in refusal_of(tmp_path / "letter.xlsx")
    stream = "WordDocument".encode("utf-16-le")
    assert "neither a workbook" in refusal_of(written(tmp_path / "letter.xls", OLE + bytes(512) + stream))


def test_a_password_is_named_as_the_reason(tmp_path: Path) -> None:
    encrypted = OLE + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    assert "protected by a password" in refusal_of(written(tmp_path / "a.xlsx", encrypted))
    old = (SAMPLES / "customers.xls").read_bytes()
    after_start = old.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    protected = old[:after_start] + b"\x2f\x00" + old[after_start + 2 :]
    assert "protected by a password" in refusal_of(written(tmp_path / "a.xls", protected))
    manifest = with_changed_part(tmp_path / "b.xlsx", "META-INF/manifest.xml", b"<m:encryption-data/>")
    assert "protected by a password" in refusal_of(manifest)


def test_a_workbook_cut_short_or_with_flipped_bytes_is_damaged(tmp_path: Path) -> None:
    whole = honest_workbook(tmp_path / "a.xlsx").read_bytes()
    assert "is damaged" in refusal_of(written(tmp_path / "a.xlsx", whole[: len(whole) // 2]))
    start = whole.index(b"xl/worksheets/sheet1.xml") + 40
    flipped = whole[:start] + bytes(byte ^ 0xFF for byte in whole[start : start + 30]) + whole[start + 30 :]
    assert "is damaged" in refusal_of(written(tmp_path / "b.xlsx", flipped))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
@pytest.mark.parametrize("lead", [0, 1024 * 1024 - 5])
def test_xml_that_grows_while_it_is_parsed_is_refused(tmp_path: Path, encoding: str, lead: int) -> None:
    laughs = "<?xml version='1.0'?>" + " " * lead + "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><l>&b;</l>"
    path = with_changed_part(tmp_path / "a.xlsx", "xl/sharedStrings.xml", laughs.encode(encoding))
    assert "Excel never writes" in refusal_of(path)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(tmp_path: Path) -> None:
    bomb = with_changed_part(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", bytes(30 * 1024 * 1024))
    assert bomb.stat().st_size < 100_000
    assert "unusually large inside" in refusal_of(bomb)


def test_every_limit_is_a_setting(tmp_path: Path) -> None:
    path = honest_workbook(tmp_path / "a.xlsx")
    assert "unusually large inside" in refusal_of(path, Limits(parts=3))
    assert "unusually large inside" in refusal_of(path, Limits(unpacked_bytes=100))
    assert "at most 0 MB" in refusal_of(path, Limits(workbook_bytes=100))
    text = written(tmp_path / "a.csv", b"a,b\n" * 50)
    assert "at most 0 MB" in refusal_of(text, Limits(text_bytes=100))


def test_the_date_system_is_read_from_the_workbook(tmp_path: Path) -> None:
    assert not starts_in_1904(SAMPLES / "customers.xls", "xls")
    assert starts_in_1904(SAMPLES / "customers_1904.xls", "xls")
    assert not starts_in_1904(honest_workbook(tmp_path / "a.xlsx"), "xlsx")
