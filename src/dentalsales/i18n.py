"""Marks the texts of the program and translates them at the moment they are shown."""

import gettext
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from dentalsales.resources import resource

DOMAIN = "dentalsales"
LANGUAGES = (("zh_CN", "中文"), ("en", "English"))


class Text(str):
    """An English text that is translated when shown; a plain `str` is data and stays as it is."""

    values: Mapping[str, Any]
    plural: str | None
    counted: str | None
    context: str | None

    def __new__(
        cls,
        message: str,
        values: Mapping[str, Any] | None = None,
        plural: str | None = None,
        count: str | None = None,
        context: str | None = None,
    ) -> "Text":
        text = super().__new__(cls, message)
        text.values, text.plural, text.counted, text.context = values or {}, plural, count, context
        return text

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (str(self), dict(self.values), self.plural, self.counted, self.context)

    def fill(self, **values: Any) -> "Text":
        """Return the same text carrying the values its {placeholders} name."""
        return Text(str(self), {**self.values, **values}, self.plural, self.counted, self.context)


class _Inside(Text):
    """A name inside a sentence."""


def inside(text: Text) -> Text:
    """Return a name as it stands inside a sentence, where English begins it with a small letter."""
    return _Inside(str(text), text.values, text.plural, text.counted, text.context)


def _(message: str) -> Text:
    """Mark a text."""
    return Text(message)


def c_(context: str, message: str) -> Text:
    """Mark a text whose English word has several translations; the context tells them apart."""
    return Text(message, context=context)


def n_(singular: str, plural: str, count: str = "count") -> Text:
    """Mark a text with a plural; the value named `count` decides the form."""
    return Text(singular, plural=plural, count=count)


_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"
_listeners: list[Callable[[str], None]] = []


def use_language(language: str) -> None:
    """Show every text in this language ("zh_CN" or "en") from now on; an unknown language means English."""
    global _current, _language
    _language = language if language in dict(LANGUAGES) else "en"
    if _language == "en":
        _current = gettext.NullTranslations()
    else:
        _current = gettext.translation(DOMAIN, str(resource("locale")), [_language], fallback=True)
    for listener in _listeners:
        listener(_language)


def when_language_changes(listener: Callable[[str], None]) -> None:
    """Tell also others which language is used, as those who have words that are not ours."""
    if listener not in _listeners:
        _listeners.append(listener)


def language() -> str:
    """Return the language in use."""
    return _language


def tr(text: str, **values: Any) -> str:
    """Translate a marked text and fill in its values; data (a plain `str`) comes back unchanged."""
    if not isinstance(text, Text):
        return text
    filled = {**text.values, **values}
    shown = _lookup(text, filled)
    if isinstance(text, _Inside) and _language == "en":
        shown = shown[:1].lower() + shown[1:]
    if not filled:
        return shown
    return shown.format(**{name: _in_words(value) for name, value in filled.items()})


def yuan(amount: Decimal) -> str:
    """Return an amount as sentences and totals name it: ¥12,345.00; of a unit price all its digits."""
    exponent = amount.normalize().as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"{'-' if amount < 0 else ''}¥{abs(amount):,.{places}f}"


def _in_words(value: Any) -> Any:
    """A decimal inside a sentence is money; other figures come as whole numbers, or already as words."""
    if isinstance(value, Decimal):
        return yuan(value)
    return tr(value) if isinstance(value, Text) else value


def _lookup(text: Text, values: Mapping[str, Any]) -> str:
    if text.plural is not None and text.counted is not None:
        return _current.ngettext(str(text), text.plural, int(values[text.counted]))
    if text.context is not None:
        return _current.pgettext(text.context, str(text))
    return _current.gettext(str(text)) if text else ""


def joined(texts: Sequence[Text]) -> Text:
    """Return a list of texts as one, in the punctuation of the language."""
    if not texts:
        return Text("")
    if len(texts) == 1:
        return texts[0]
    return _("{first}, {rest}").fill(first=texts[0], rest=joined(texts[1:]))


def in_all_languages(text: Text) -> tuple[str, ...]:
    """Return a text in every language, for recognising it in other people's files."""
    found = []
    for name, _words in LANGUAGES:
        shown = (
            _catalogue(name).pgettext(text.context, str(text)) if text.context else _catalogue(name).gettext(str(text))
        )
        found.append(shown)
    return tuple(dict.fromkeys((str(text), *found)))


@cache
def _catalogue(name: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, str(resource("locale")), [name], fallback=True)
