"""What was said often, by matter: the same sentence with other figures or papers is one line with a count."""

from collections.abc import Iterable

from dentalsales.i18n import Text, _, n_, tr

MOST_NAMED = 4
AND_OTHERS = n_("{names} and {count:,} other", "{names} and {count:,} others")
MORE = n_("{count:,} more; all are in the list of messages", "{count:,} more; all are in the list of messages")


class Matters:
    """Sentences, the newest first; of each matter the newest is read."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[str, int]] = {}

    def add(self, sentence: str, of: str = "") -> None:
        """Add a sentence; `of` names the paper it is said of."""
        words = tr(sentence)
        if of and of not in words:
            words = tr(_("{what}: {state}").fill(what=of, state=sentence))
        _former, count = self._said.pop(str(sentence), ("", 0))
        self._said[str(sentence)] = words, count + 1

    def lines(self, most: int) -> list[str]:
        """Return a line for each of the newest matters, and one that counts the rest."""
        found = [f"{words}  ×{count}" if count > 1 else words for words, count in reversed(self._said.values())]
        rest = len(found) - most
        return found if rest < 1 else [*found[:most], tr(MORE.fill(count=rest))]


def in_few_lines(warnings: Iterable[str], most: int) -> list[str]:
    """Return some warnings in their order as long as they are few, else a line for each matter."""
    warnings = list(warnings)
    if len(warnings) <= most:
        return [tr(warning) for warning in warnings]
    matters = Matters()
    for warning in reversed(warnings):
        matters.add(warning)
    return matters.lines(most)


def together(told: Iterable[tuple[str, Text]]) -> list[str]:
    """Return what was said of many papers: one line where it was the same sentence, those of one matter together."""
    papers: dict[str, dict[str, list[str]]] = {}
    for name, sentence in told:
        papers.setdefault(str(sentence), {}).setdefault(tr(sentence), []).append(name)
    return [_named(names, words) for matter in papers.values() for words, names in matter.items()]


def _named(names: list[str], words: str) -> str:
    few = ", ".join(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        few = tr(AND_OTHERS.fill(names=few, count=len(names) - MOST_NAMED))
    return f"{few}  {words}"
