"""Facts as the history keeps them: what somebody saw when he decided, to be read in any language later."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from dentalsales.blueprint.insight import Fact
from dentalsales.i18n import Text

FACTS = "facts"
"""Where the entry of a decision keeps what was seen."""
Groups = Iterable[tuple[Text, Iterable[Fact]]]


def kept(groups: Groups) -> list[Any]:
    """Return facts with their titles as plain values for an entry of the history."""
    return [
        [_plain(title), [[_plain(one.label), _plain(one.value), one.kind, one.tone] for one in facts]]
        for title, facts in groups
    ]


def read(told: Iterable[Any]) -> list[tuple[Text, list[Fact]]]:
    """Return what `kept` made plain."""
    return [(_value(title), [Fact(_value(label), _value(value), kind, tone) for label, value, kind, tone in facts])
            for title, facts in told]  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        words = {"values": {name: _plain(one) for name, one in value.values.items()}, "context": value.context,
                 "plural": value.plural, "count": value.counted}  # fmt: skip
        return {"text": str(value), **{name: one for name, one in words.items() if one}}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _value(told: Any) -> Any:
    if not isinstance(told, Mapping):
        return told
    if "decimal" in told:
        return Decimal(told["decimal"])
    if "day" in told:
        return date.fromisoformat(told["day"])
    values = {name: _value(one) for name, one in told.get("values", {}).items()}
    return Text(told["text"], values, told.get("plural"), told.get("count"), told.get("context"))
