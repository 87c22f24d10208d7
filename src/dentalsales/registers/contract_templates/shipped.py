"""The clauses that the program brings along for each kind of contract: a start for the company's own templates."""

from collections.abc import Iterator

from dentalsales.resources import resource


def shipped_clauses(kind: str) -> Iterator[tuple[str, str]]:
    """Yield title and wording of the clauses that the program has for a kind of contract, in their order."""
    for part in resource("contracts", "clauses.txt").read_text(encoding="utf-8").split("\n## ")[1:]:
        head, _line, body = part.partition("\n")
        title, _bar, kinds = head.partition("|")
        if kind in kinds.split():
            yield title.strip(), body.strip()
