"""What paper and backups keep of the history: how many entries it had, and the beginning of the newest one's seal."""

import re
import unicodedata
from dataclasses import dataclass

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _

SHORT = 12
"""So many characters of a seal stand on paper; nobody makes another history that shares them."""
WRITTEN = re.compile(rf"(\d{{1,12}}):([0-9a-f]{{8,{SHORT}}})[0-9a-f]*")


@dataclass(frozen=True)
class Anchor:
    """The history as it stood once."""

    count: int
    seal: str

    def __str__(self) -> str:
        return f"{self.count}:{self.seal}"


def anchor_of(count: int, seal: str) -> Anchor:
    """Return the anchor of a history with so many entries whose newest one bears this seal."""
    return Anchor(count, seal[:SHORT])


def read_anchor(text: str) -> Anchor:
    """Return the anchor that somebody copied from paper, with whatever spaces and wide letters; or RuleBroken."""
    plain = re.sub(r"[\s,，.。]", "", unicodedata.normalize("NFKC", text)).lower()
    found = WRITTEN.fullmatch(plain)
    if found is None:
        raise RuleBroken(
            _("Enter the seal as it stands on the paper: count, colon, twelve letters and digits."), field="anchor"
        )
    return Anchor(int(found[1]), found[2])
