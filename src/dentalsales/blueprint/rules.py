"""The one way in which the program says no: a sentence for the user and the field it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dentalsales.i18n import Text, _, tr


class RuleBroken(Exception):
    """A rule of the business does not hold; `text` says what to do, `field` where ("lines.3.quantity").

    `mended_by` names the roles that can put it right when it is not the employee who was refused.
    """

    def __init__(self, text: Text, field: str | None = None, **values: Any) -> None:
        super().__init__(str(text))
        self.mended_by: frozenset[str] = values.pop("mended_by", frozenset())
        self.text = text.fill(**values) if values else text
        self.field = field

    def __str__(self) -> str:
        return tr(self.text)


class SeveralRulesBroken(RuleBroken):
    """Everything that is wrong with a form, so that the user mends it in one go."""

    def __init__(self, problems: Sequence[RuleBroken]) -> None:
        super().__init__(problems[0].text, problems[0].field)
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Caution:
    """What is allowed and should be looked at first: a sentence, and the field it is about ("lines.3.expires_on")."""

    text: Text
    field: str


class NotAllowed(RuleBroken):
    """The employee's roles do not permit the act."""


class WrongWord(RuleBroken):
    """A word on the command line names nothing that can be used."""


class NothingThere(RuleBroken):
    """There is no company yet where one was to be opened, and one may be made there."""


class Conflict(RuleBroken):
    """Somebody else saved a newer version of the record while this form was open."""

    def __init__(self, register: str, record_id: int, theirs: int) -> None:
        super().__init__(
            _("Somebody else changed this record while you had it open. Reload it and enter your change again.")
        )
        self.register, self.record_id, self.theirs = register, record_id, theirs


def problems_of(broken: RuleBroken) -> tuple[RuleBroken, ...]:
    """Return the single problems inside a refusal."""
    return broken.problems if isinstance(broken, SeveralRulesBroken) else (broken,)
