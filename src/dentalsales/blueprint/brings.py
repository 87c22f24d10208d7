"""What follows when a link changes: the paper takes over words of the card that it points at now."""

from collections.abc import Callable, Mapping
from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.record import fields_of

EMPTY = {**dict.fromkeys(("text", "note", "choice", "choices"), ""), "yes_no": False}


def empty_value(field: Field) -> Any:
    """Return what a field holds where nothing stands in it; of an amount that is never missing it is nought."""
    return field.default if field.kind in ("money", "price", "percent") else EMPTY.get(field.kind)


def take_over(record: Any, source: Any | None, words: Mapping[str, str]) -> None:
    """Fill the fields of a record with attributes of another; without one they are empty."""
    for name, attribute in words.items():
        empty = empty_value(fields_of(record)[name])
        setattr(record, name, empty if source is None else getattr(source, attribute))


def brings(card: type[Any], link: str, **words: str) -> Callable[[Any, Act], None]:
    """Return what follows when `link` changes: each field of `words` takes over an attribute of the card."""

    def follow(record: Any, act: Act) -> None:
        take_over(record, act.session.get(card, getattr(record, link) or 0), words)

    return follow


def begins(paper: type[Any], words: Mapping[str, str], **said: Any) -> Callable[[Any, Act], Any]:
    """Return how a paper begins from a record: with attributes of that, and with what is `said` of every such paper."""
    return lambda source, act: paper(**{name: getattr(source, attribute) for name, attribute in words.items()}, **said)
