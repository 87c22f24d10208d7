"""A pasted message becomes lines of a form: read it, offer what it may mean, take what was agreed to, remember it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.rules import NotAllowed
from dentalsales.i18n import _
from dentalsales.usecases import save_record
from dentalsales.usecases.changed_values import values_of
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.messages.catalogue import ArticleRow, Catalogue
from dentalsales.usecases.messages.form_lines import lines_to_paste_into
from dentalsales.usecases.messages.goods import catalogue, orders_before, words_known
from dentalsales.usecases.messages.reading import read
from dentalsales.usecases.messages.rows import Reading, Row


class PastedMessage:
    """Messages for one form; reading works in any thread, taking and remembering where the form lives."""

    def __init__(self, desk: Desk, form: Any) -> None:
        name = lines_to_paste_into(form)
        if name is None:
            raise NotAllowed(_("This can't be changed here."))
        self._desk, self._form, self.name = desk, form, name
        self._words = form.fields()[name].from_messages
        line = form.line_fields(name)
        self._register: Register = form.register
        self._goods = desk.business.register_of_table(line[self._words.article].target)
        self._remembered = desk.business.register(self._words.remembered)
        self._length = line[self._words.rest].length or 0
        whose = form.get(self._words.whose)
        self._whose = whose if isinstance(whose, int) else None
        self._catalogue: Catalogue | None = None

    @property
    def goods(self) -> Register:
        """The register of what is ordered."""
        return self._goods

    @property
    def article_field(self) -> Any:
        """The link to what is ordered, as the lines have it."""
        return self._form.line_fields(self.name)[self._words.article]

    @property
    def knows_the_customer(self) -> bool:
        """True when it is known whose message it is: without that there is no history, and nothing is remembered."""
        return self._whose is not None

    def read(self, text: str) -> Reading:
        """Return what a message orders; NotAllowed for those who may not see what is sold."""
        self._desk.demand(self._goods.name, "view")
        with self._desk.reading() as act:
            self._catalogue = goods = catalogue(act, self._goods)
            if self._whose is None:
                return read(text, goods)
            orders = orders_before(act, self._register, self.name, self._words, self._whose, self._form.id)
            known = words_known(act, self._remembered, self._words, self._whose)
        return read(text, goods, orders, known)

    def article(self, article: int) -> ArticleRow | None:
        """Return an article by its id; one that was made a moment ago is looked for anew."""
        if self._catalogue is None or article not in self._catalogue.by_id:
            with self._desk.reading() as act:
                self._catalogue = catalogue(act, self._goods)
        found = self._catalogue.by_id.get(article)
        return found.row if found is not None else None

    def values(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        """Return the rows as values of lines, which follow their own prices as if they were typed."""
        words = self._words
        return [
            {
                words.article: row.article,
                words.unit: row.unit,
                words.quantity: row.quantity,
                **({words.rest: row.rest[: self._length]} if row.rest else {}),
            }
            for row in rows
        ]

    def remember(self, rows: Iterable[Row]) -> None:
        """Keep what the words of the customer were found to mean; who may fill in the form may teach it."""
        longest = fields_of(self._remembered.record)["said"].length or 0
        wanted = {row.key: row.article for row in rows if row.key and row.article and len(row.key) <= longest}
        if self._whose is None or not wanted:
            return
        cls: Any = self._remembered.record
        with self._desk.writing() as act:
            for said, article in wanted.items():
                mine = select(cls).where(getattr(cls, self._words.whose) == self._whose, cls.said == said)
                record = act.session.scalars(mine).first()
                before = None if record is None else values_of(record)
                if record is None:
                    record = cls(**{self._words.whose: self._whose, "said": said, "times": 0})
                    act.session.add(record)
                setattr(record, self._words.article, article)
                record.times, record.last_on = record.times + 1, act.today
                save_record.write(act, self._remembered, record, before)
