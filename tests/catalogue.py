"""The Chinese catalogue as the tests read it."""

import os
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dentalsales.i18n import DOMAIN, use_language

TOP = Path(__file__).parent.parent
PO = TOP / "resources" / "locale" / "zh_CN" / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file)


def entries() -> list[Message]:
    return [entry for entry in catalogue() if entry.id]


def english_of(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else tuple(entry.id)[-1]


def chinese_of(entry: Message) -> str:
    return entry.string if isinstance(entry.string, str) else tuple(entry.string or ("",))[0]


def translated() -> list[tuple[str, str]]:
    """English and Chinese of every text that has both; a missing one fails one test, not ten."""
    return [(english_of(entry), chinese_of(entry)) for entry in entries() if chinese_of(entry)]


def speak_chinese() -> None:
    """Switch the program to Chinese; the compiled texts are brought up to their source first, as make.py does."""
    target = PO.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime_ns < PO.stat().st_mtime_ns:
        fresh = target.with_suffix(f".{os.getpid()}")
        with fresh.open("wb") as file:
            write_mo(file, catalogue())
        fresh.replace(target)
    use_language("zh_CN")
