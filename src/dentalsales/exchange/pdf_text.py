"""Breaks Chinese and Latin text into lines, so that nothing on paper is cut off."""

import re

from dentalsales.exchange.pdf_fonts import Face

NEVER_FIRST = frozenset("，。、；：？！）》」』】〉”’％…—·,.;:?!)]}%")
NEVER_LAST = frozenset("（《「『【〈“‘¥([{")
UNBROKEN = re.compile(r"[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+|\s|.")
"""Latin words and numbers hold together; every Chinese character may begin a line."""


def lines_of(text: str, face: Face, size: float, width: float) -> list[str]:
    """Return the lines of a text in a width in points; a word longer than the width is broken where it ends."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if face.width(paragraph, size) <= width:
            lines.append(paragraph)
        else:
            lines.extend(_broken(paragraph, face, size, width))
    return lines


def size_that_fits(text: str, face: Face, size: float, width: float) -> float:
    """Return the size, or the smaller one at which the text takes no more than the width."""
    wide = face.width(text, size)
    return size if wide <= width else size * width / wide


def _broken(paragraph: str, face: Face, size: float, width: float) -> list[str]:
    lines, line = [], ""
    for part in _parts(paragraph, face, size, width):
        if not line or face.width(line + part.rstrip(), size) <= width:
            line += part
            continue
        line, carried = _with_manners(line, part)
        lines.append(line.rstrip())
        line = (carried + part).lstrip()
    return [*lines, line] if line or not lines else lines


def _parts(paragraph: str, face: Face, size: float, width: float) -> list[str]:
    parts: list[str] = []
    for part in UNBROKEN.findall(paragraph):
        parts.extend([part] if face.width(part, size) <= width else part)
    return parts


def _with_manners(line: str, part: str) -> tuple[str, str]:
    """Chinese typesetting: no line begins with a closing sign or ends with an opening one; one character moves down."""
    movable = len(line) > 2 and (part[0] in NEVER_FIRST or line[-1] in NEVER_LAST)
    if not movable or (line[-1].isascii() and line[-1].isalnum()):
        return line, ""
    return line[:-1], line[-1]
