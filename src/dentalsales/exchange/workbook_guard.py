"""Looks at a stranger's file from outside, before anything parses it, and refuses what is not safe to open."""

import lzma
import re
import stat
import zipfile
import zlib
from pathlib import Path
from typing import Literal

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange.source import MEGABYTE, Limits
from dentalsales.i18n import Text, _

Kind = Literal["xlsx", "ods", "xls", "text"]

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_KINDS = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF", b"MZ\x90", b"\x7fELF",
    b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"{\\rtf", b"SQLite format 3", b"PK\x05\x06",
)  # fmt: skip
WEB_PAGE = re.compile(rb"\s*(?:<(?:!doctype|html|head|meta|table|\?xml)|mime-version:)", re.IGNORECASE)
FORBIDDEN_XML = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ZIP_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, ValueError, KeyError, RuntimeError,
)  # fmt: skip
LONGEST_FORBIDDEN = 64  # bytes of one chunk looked at again with the next
EPOCH_1904 = re.compile(rb"date1904\s*=\s*[\"'](?:1|true|on)[\"']", re.IGNORECASE)
XLS_GLOBALS = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x05\x00", re.DOTALL)
XLS_DATE_SYSTEM, XLS_PASSWORD, XLS_END = 0x22, 0x2F, 0x0A


def check_file(path: Path, limits: Limits) -> Kind:
    """Return what the file really is, whatever its ending; raise RuleBroken when it must not be opened."""
    try:
        size = _size_of(path)
        with path.open("rb") as file:
            head = file.read(512)
        kind = _kind_by_content(path, head)
        _check_size(path, size, limits.text_bytes if kind == "text" else limits.workbook_bytes)
        if kind == "zip":
            return _check_zip(path, size, limits)
        if kind == "xls":
            _check_xls(path)
        return kind
    except OSError as error:
        raise unreadable(path, error) from error


def starts_in_1904(path: Path, kind: Kind) -> bool:
    """Tell whether the workbook counts its days from 1904, as old Excel for Mac did."""
    if kind == "xlsx":
        with zipfile.ZipFile(path) as book:
            return any(
                EPOCH_1904.search(book.read(part)) for part in book.namelist() if _plain(part).endswith("workbook.xml")
            )
    return kind == "xls" and _xls_globals(path.read_bytes()).get(XLS_DATE_SYSTEM) == b"\x01\x00"


def refusal(path: Path, text: Text) -> RuleBroken:
    """Return the refusal of this file with its name filled in."""
    return RuleBroken(text, file=path.name)


def unreadable(path: Path, error: OSError) -> RuleBroken:
    """Return the refusal of a file that the operating system does not give."""
    if isinstance(error, FileNotFoundError):
        return refusal(path, _("There is no file {file}. Check the name and the folder."))
    if isinstance(error, PermissionError):
        return refusal(
            path, _("{file} is open in another program, or you may not read it. Close it there and try again.")
        )
    return refusal(path, _("{file} cannot be read. Copy it to this computer and try again."))


def damaged(path: Path) -> RuleBroken:
    """Return the refusal of a workbook that nobody can read."""
    return refusal(path, _("{file} is damaged. Open it in Excel, save it under a new name, and choose the new file."))


def no_sheet(path: Path, sheet: str) -> RuleBroken:
    """Say that the file has other sheets."""
    return RuleBroken(_("{file} has no sheet {sheet}. Choose one of its sheets."), file=path.name, sheet=sheet)


def protected(path: Path) -> RuleBroken:
    """Return the refusal of a workbook that opens only with its password."""
    return refusal(path, _("{file} is protected by a password. Save a copy without password and choose the copy."))


def no_table(path: Path) -> RuleBroken:
    """Return the refusal of a file that holds no table at all."""
    return refusal(path, _("{file} is neither a workbook nor a text table. Choose an .xlsx, .xls, .ods or .csv file."))


def hostile(path: Path) -> RuleBroken:
    """Return the refusal of a workbook that was made to do harm."""
    return refusal(
        path,
        _("{file} was not opened: it holds parts that Excel never writes. Ask its sender for a copy saved in Excel."),
    )


def too_large_inside(path: Path) -> RuleBroken:
    """Return the refusal of a workbook that would need more than a workbook of rows can need."""
    return refusal(
        path, _("{file} is unusually large inside and was not opened. Copy only the rows you need to a new workbook.")
    )


def _size_of(path: Path) -> int:
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise refusal(path, _("{file} is a folder. Choose a file in it."))
    if not stat.S_ISREG(state.st_mode):
        raise no_table(path)
    if state.st_size == 0:
        raise refusal(path, _("{file} is empty. Choose another file."))
    return state.st_size


def _kind_by_content(path: Path, head: bytes) -> Literal["zip", "xls", "text"]:
    if head.startswith(ZIP):
        return "zip"
    if head.startswith(OLE):
        return "xls"
    if head.startswith(OTHER_KINDS):
        raise no_table(path)
    if WEB_PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise refusal(
            path, _("{file} is a web page, whatever its ending says. Open it in Excel and save it there as .xlsx.")
        )
    return "text"


def _check_size(path: Path, size: int, most: int) -> None:
    if size > most:
        raise RuleBroken(
            _("{file} has {size} MB; at most {most} MB can be imported. Split it into smaller files."),
            file=path.name, size=-(-size // MEGABYTE), most=most // MEGABYTE,
        )  # fmt: skip


def _check_zip(path: Path, size: int, limits: Limits) -> Kind:
    try:
        with zipfile.ZipFile(path) as book:
            parts = book.infolist()
            kind = _kind_by_parts(path, {_plain(part.filename) for part in parts})
            if any(part.flag_bits & 1 for part in parts):
                raise protected(path)
            unpacked = sum(part.file_size for part in parts)
            too_dense = unpacked > limits.ratio_from_bytes and unpacked > limits.ratio * size
            if len(parts) > limits.parts or unpacked > limits.unpacked_bytes or too_dense:
                raise too_large_inside(path)
            for part in parts:
                _check_part(path, book, part)
            return kind
    except ZIP_DAMAGE:
        raise damaged(path) from None


def _kind_by_parts(path: Path, names: set[str]) -> Kind:
    if "content.xml" in names and not any(name.startswith("word/") for name in names):
        return "ods"
    if any(name.endswith(("workbook.xml", "workbook.bin")) for name in names):
        return "xlsx"
    raise no_table(path)


def _check_part(path: Path, book: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read any part to its end, so that damage shows; refuse XML that could grow while it is parsed."""
    is_manifest = _plain(part.filename) == "meta-inf/manifest.xml"
    with book.open(part) as content:
        before = b""
        while chunk := content.read(MEGABYTE):
            seen = before + chunk.replace(b"\0", b"")  # UTF-16 hides the words behind zero bytes
            if FORBIDDEN_XML.search(seen):
                raise hostile(path)
            if is_manifest and b"encryption-data" in seen:
                raise protected(path)
            before = seen[-LONGEST_FORBIDDEN:]


def _plain(name: str) -> str:
    """Some programs write part names with backslashes or in capitals."""
    return name.replace("\\", "/").lower().lstrip("/")


def _check_xls(path: Path) -> None:
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise protected(path)
    if not any(name.encode("utf-16-le") + b"\0\0" in data for name in ("Workbook", "Book", "WORKBOOK", "BOOK")):
        raise no_table(path)
    if XLS_PASSWORD in _xls_globals(data):
        raise protected(path)


def _xls_globals(data: bytes) -> dict[int, bytes]:
    """Return the first records of an .xls workbook, which tell about its password and its date system."""
    records: dict[int, bytes] = {}
    start = XLS_GLOBALS.search(data)
    at = start.start() if start else len(data)
    while at + 4 <= len(data):
        kind = int.from_bytes(data[at : at + 2], "little")
        length = int.from_bytes(data[at + 2 : at + 4], "little")
        if kind == XLS_END:
            break
        records.setdefault(kind, data[at + 4 : at + 4 + length])
        at += 4 + length
    return records
