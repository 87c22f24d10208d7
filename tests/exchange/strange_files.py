"""Makes strange files out of good ones, the same for the same seed: at the level of zip, XML, cell and encoding."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from functools import cache

ODD_CELLS = (
    "1e308", "-1e308", "NaN", "INF", "1" * 400, "2026-02-30", "=1/0", "#REF!", "", " ", "\u202e甲", "甲" * 3_000,
    "true", "00:00", "9" * 25, "-0", "1,2,3", "１２３", "\ud7ff", "_x0000_", "'; DROP TABLE customer; --", "0x1F", "٣",
    "甲" * 33_000, "￥1.50元", "11月3日", "2026.11.3", "20261103", "46000", "1.38E+10", "\u200b", "合计", "-", "无",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5", "latin-1", "utf-32", "cp437")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Parts = dict[str, bytes]
SHEET = "xl/worksheets/sheet1.xml"


def strange_csv(good: str, dice: random.Random) -> bytes:
    """Return the text of a table, changed in one to three ways."""
    text, encoding = good, dice.choice(ENCODINGS)
    for _change in range(dice.randint(1, 3)):
        lines = text.split("\n")
        at = dice.randrange(len(lines))
        cells = lines[at].split(",")
        kind = dice.randrange(12)
        if kind < 5:
            cells[dice.randrange(len(cells))] = dice.choice(ODD_CELLS)
            lines[at] = ",".join(cells)
        elif kind == 5:
            lines[at] += '"'
        elif kind == 6:
            lines.insert(at, lines[at] * dice.randint(1, 30))
        elif kind == 7:
            del lines[at]
        elif kind == 8:
            lines = [line.replace(",", dice.choice(";\t|，")) for line in lines]
        elif kind == 9:
            lines[:0] = dice.choice((["sep=;"], ["sep="], ["客户资料表", ""], [""] * 30))
        elif kind == 10:
            lines[at] += dice.choice(("\0", "\x1a", "\r", "," * 3_000, "\v\f"))
        else:
            dice.shuffle(lines)
        text = "\n".join(lines) or "\n"
    return flipped(text.encode(encoding, errors="replace"), dice, dice.choice((0, 0, 0, 1, 5)))


def strange_workbook(good: bytes, dice: random.Random) -> bytes:
    """Return the bytes of a workbook (.xlsx, .ods), changed in its cells, its XML, its parts or its zip."""
    if dice.random() < 0.1:
        return flipped(good, dice, dice.randint(1, 40))[
            : dice.choice((len(good), len(good), dice.randrange(len(good))))
        ]
    parts = parts_of(good)
    for _change in range(dice.randint(1, 3)):
        dice.choice(TRICKS)(parts, dice)
    return zipped(parts)


def strange_old_workbook(good: bytes, dice: random.Random) -> bytes:
    """Return the bytes of an .xls, with some of them changed, cut off or repeated."""
    made = flipped(good, dice, dice.choice((1, 5, 50, 500)))
    at = dice.randrange(len(made))
    return dice.choice((made, made, made[:at], made + made[at:]))


def _odd_cell(parts: Parts, dice: random.Random) -> None:
    """A value, in a cell of its own or among the shared texts, is something else."""
    name = dice.choice([one for one in parts if one.endswith(".xml") and b"<" in parts[one]] or list(parts))
    xml = parts[name].decode("utf-8", errors="replace")
    values = list(re.finditer(r"<(v|t|text:p)([^>]*)>[^<]*</\1>", xml))
    if values:
        one, word = dice.choice(values), dice.choice(ODD_CELLS).replace("&", "").replace("<", "")
        xml = f"{xml[: one.start()]}<{one[1]}{one[2]}>{word}</{one[1]}>{xml[one.end() :]}"
    parts[name] = xml.encode("utf-8", errors="replace")


def _odd_tag(parts: Parts, dice: random.Random) -> None:
    """A tag lacks, or stands there three times, or its attribute points nowhere."""
    name = dice.choice(list(parts))
    xml = parts[name].decode("utf-8", errors="replace")
    found = list(re.finditer(r"<[^>]+>", xml))
    if found and dice.random() < 0.5:
        one = dice.choice(found)
        xml = xml[: one.start()] + dice.choice(("", one[0] * 3)) + xml[one.end() :]
    else:
        word = dice.choice(("XFE9999999", "-1", "99999999999", "", "A0", "XFD1048576"))
        xml = re.sub(r' (r|t|s|count|ref)="[^"]*"', lambda hit: dice.choice((hit[0], f' {hit[1]}="{word}"')), xml)
    parts[name] = xml.encode("utf-8", errors="replace")


def _torn(parts: Parts, dice: random.Random) -> None:
    """A part is gone, cut, in another encoding, or a document with entities."""
    name = dice.choice(list(parts))
    content, way = parts[name], dice.randrange(4)
    if way == 0 and len(parts) > 1:
        del parts[name]
    elif way == 1:
        parts[name] = content[: dice.randrange(len(content) + 1)]
    elif way == 2:
        parts[name] = content.decode("utf-8", errors="replace").encode("utf-16")
    else:
        parts[name] = content.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1)


def _laid_out(parts: Parts, dice: random.Random) -> None:
    """Merged cells, hidden rows and columns, frozen panes, a hidden sheet, days counted from 1904."""
    book = parts.get("xl/workbook.xml", b"")
    _in_sheet(parts, b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:C2"/></mergeCells>')
    _in_sheet(parts, b"<row ", dice.choice((b'<row hidden="1" ', b'<row ht="0" customHeight="1" ')))
    if book and dice.random() < 0.5:
        book = book.replace(b"<sheet ", dice.choice((b'<sheet state="hidden" ', b'<sheet state="veryHidden" ')))
        book = book.replace(b"<workbookPr", b'<workbookPr date1904="1"')
        parts["xl/workbook.xml"] = book


def _calculated(parts: Parts, dice: random.Random) -> None:
    """Formulas with and without a result, errors, and days as bare numbers."""
    cells = (
        b"<f>1+1</f><v>2</v>", b"<f>1+1</f>", b"<f>1/0</f><v/>", b"<v>46000</v>", b"<v>1E400</v>",
        b"<f>WEBSERVICE(&quot;http://example.invalid&quot;)</f><v>0</v>",
    )  # fmt: skip
    _in_sheet(parts, re.compile(rb"<v>[^<]*</v>"), dice.choice(cells))
    _in_sheet(parts, b' t="s"', dice.choice((b' t="e"', b' t="b"', b' t="str"', b' t="d"', b"")))


def _said_otherwise(parts: Parts, dice: random.Random) -> None:
    """What the file says of itself is wrong: types, names and relations; there are macros and links to elsewhere."""
    kinds = "[Content_Types].xml"
    way = dice.randrange(4)
    if way == 0 and kinds in parts:
        parts[kinds] = parts[kinds].replace(b"sheet.main+xml", b"document.main+xml").replace(b"worksheet", b"chart")
    elif way == 1:
        parts["xl/vbaProject.bin"] = OLE + bytes(dice.randrange(256) for _byte in range(600))
    elif way == 2:
        parts["xl/externalLinks/externalLink1.xml"] = b'<externalLink xmlns="x"><oleLink r:id="1"/></externalLink>'
    else:
        name = dice.choice(list(parts))
        parts[dice.choice(("../../" + name, name.replace("/", "\\"), name.upper(), "/" + name))] = parts.pop(name)


def _too_much(parts: Parts, dice: random.Random) -> None:
    """A bomb, thousands of parts, thousands of empty rows, one cell at the far end, nesting without an end."""
    way = dice.randrange(5)
    if way == 0:
        parts["xl/media/image1.png"] = b"0" * 12_000_000
    elif way == 1:
        parts.update({f"xl/drawings/drawing{at}.xml": b"<d/>" for at in range(2_100)})
    elif way == 2:
        _in_sheet(parts, b"</sheetData>", empty_rows(20_000) + b"</sheetData>")
    elif way == 3:
        far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        _in_sheet(parts, b"</sheetData>", far)
    else:
        _in_sheet(parts, b"<sheetData>", b"<sheetData>" + b"<a>" * 30_000)


TRICKS: tuple[Callable[[Parts, random.Random], None], ...] = (
    _odd_cell, _odd_cell, _odd_cell, _odd_tag, _torn, _laid_out, _calculated, _said_otherwise, _too_much,
)  # fmt: skip


def locked() -> bytes:
    """A workbook under a password: an OLE file with the encrypted zip in it."""
    return OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(5_000)


@cache
def empty_rows(count: int) -> bytes:
    """So many rows without a cell, as a format that was laid on whole columns leaves them."""
    return b"".join(b'<row r="%d" s="3" customFormat="1" spans="1:9"/>' % row for row in range(100, 100 + count))


def _in_sheet(parts: Parts, found: bytes | re.Pattern[bytes], put: bytes) -> None:
    if SHEET in parts:
        pattern = re.compile(re.escape(found)) if isinstance(found, bytes) else found
        parts[SHEET] = pattern.sub(lambda hit: put, parts[SHEET], count=1)


def parts_of(book: bytes) -> Parts:
    """The parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(book)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def zipped(parts: Parts) -> bytes:
    """The workbook of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def flipped(content: bytes, dice: random.Random, count: int) -> bytes:
    """Return bytes of which some are others."""
    changed = bytearray(content)
    for _one in range(count if changed else 0):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)
