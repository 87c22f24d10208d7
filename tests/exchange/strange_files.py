"""Makes strange files out of good ones, the same for the same seed: at the level of zip, XML, cell and encoding."""

import io
import random
import re
import zipfile
from collections.abc import Iterator

ODD_CELLS = (
    "1e308", "-1e308", "NaN", "INF", "1" * 400, "2026-02-30", "=1/0", "#REF!", "", " ", "\u202e甲", "甲" * 3_000,
    "true", "00:00", "9" * 25, "-0", "1,2,3", "１２３", "\ud7ff", "_x0000_", "'; DROP TABLE customer; --", "0x1F", "٣",
)  # fmt: skip


def strange_csv(good: str, dice: random.Random) -> bytes:
    """Return the text of a table, changed in one to three ways."""
    text, encoding = good, dice.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5", "latin-1"))
    for _change in range(dice.randint(1, 3)):
        lines = text.split("\n")
        at = dice.randrange(len(lines))
        cells = lines[at].split(",")
        kind = dice.randrange(9)
        if kind < 4:
            cells[dice.randrange(len(cells))] = dice.choice(ODD_CELLS)
            lines[at] = ",".join(cells)
        elif kind == 4:
            lines[at] += '"'
        elif kind == 5:
            lines.insert(at, lines[at] * dice.randint(1, 30))
        elif kind == 6:
            del lines[at]
        elif kind == 7:
            lines = [line.replace(",", dice.choice(";\t|")) for line in lines]
        else:
            dice.shuffle(lines)
        text = "\n".join(lines) or "\n"
    return flipped(text.encode(encoding, errors="replace"), dice, dice.choice((0, 0, 0, 1, 5)))


def strange_workbook(good: bytes, dice: random.Random) -> bytes:
    """Return the bytes of a workbook, changed in its cells, its XML, its parts or its zip."""
    if dice.random() < 0.15:
        return flipped(good, dice, dice.randint(1, 40))[
            : dice.choice((len(good), len(good), dice.randrange(len(good))))
        ]
    parts = {one.filename: zipfile.ZipFile(io.BytesIO(good)).read(one.filename) for one in entries(good)}
    for _change in range(dice.randint(1, 3)):
        name = dice.choice(list(parts))
        if dice.random() < 0.6:
            name = next((one for one in parts if one.startswith("xl/worksheets/sheet")), name)
        xml, kind = parts[name].decode("utf-8", errors="replace"), dice.randrange(8)
        if kind < 3:
            values = list(re.finditer(r"<(v|t)([^>]*)>[^<]*</\1>", xml))
            if values:
                one, word = dice.choice(values), dice.choice(ODD_CELLS).replace("&", "").replace("<", "")
                xml = f"{xml[: one.start()]}<{one[1]}{one[2]}>{word}</{one[1]}>{xml[one.end() :]}"
        elif kind == 3:
            found = list(re.finditer(r"<[^>]+>", xml))
            one = dice.choice(found) if found else None
            xml = xml[: one.start()] + dice.choice(("", one[0] * 3)) + xml[one.end() :] if one else xml
        elif kind == 4:
            xml = re.sub(
                r' (r|t|s|count|ref)="[^"]*"', lambda hit: dice.choice((hit[0], f' {hit[1]}="XFE9999999"')), xml
            )
        elif kind == 5 and len(parts) > 1:
            del parts[name]
            continue
        elif kind == 6:
            xml = xml[: dice.randrange(len(xml) + 1)]
        else:
            xml = xml.replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', 1)
        parts[name] = xml.encode("utf-8", errors="replace")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def entries(good: bytes) -> Iterator[zipfile.ZipInfo]:
    """The parts of a workbook."""
    return iter(zipfile.ZipFile(io.BytesIO(good)).infolist())


def flipped(content: bytes, dice: random.Random, count: int) -> bytes:
    """Return bytes of which some are others."""
    changed = bytearray(content)
    for _one in range(count if changed else 0):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)
