"""What must hold of samples: the route of their class, a lot that may leave, the right desk, and an answer."""

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.approval import EDITABLE, route_named
from dentalsales.blueprint.demands import that
from dentalsales.blueprint.persons import Kept, kept_until, law_keeps
from dentalsales.blueprint.roles import ASSISTANT, LEADERS, MANAGERS, QUALITY, WAREHOUSE, roles
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.samples.record import Sample, is_lent
from dentalsales.registers.stock import available_of, the_lot_may_leave

DECIDERS = roles(MANAGERS, LEADERS, QUALITY)
"""Who may stand on the routes that the settings name."""
NO_DECIDER = _("The sample route in the settings names {role}, who does not approve samples.")
STILL_OPEN = _("because the samples are not done with")
BY_LAW = _("because the law wants it kept where the lot went")


def the_route(sample: Sample, act: Act) -> tuple[str, ...]:
    """Unified sales: sales department and quality; local sales: quality, then the leader in charge (PS4)."""
    key = "sample_route_local" if sample.sale_class == "local" else "sample_route_unified"
    return route_named(key, act, QUALITY, DECIDERS, NO_DECIDER)


def a_licence_is_missed(sample: Sample, act: Act) -> None:
    """Whoever gets a regulated device should have a licence."""
    if sample.customer.licence_on(act.today) is None and any(line.product.is_regulated for line in sample.lines):
        act.warn(_("{name} has no valid licence on file."), name=sample.customer.name)


def the_lots_may_leave(sample: Sample, act: Act) -> None:
    """Each line has a lot of its product that may be sold, is known by its papers, and is not promised."""
    wanted: dict[int, int] = {}
    for index, line in enumerate(sample.lines):
        lot, product = the_lot_may_leave(index, line, act), line.product
        if product.is_regulated and not (lot.printed_number and (lot.registration or product.registration)):
            said = _("Line {line}: a sample of {product} keeps its lot and registration number. Enter them first.")
            raise RuleBroken(said, field=f"lines.{index}.lot_id", line=index + 1, product=product.record_title)
        wanted[product.id] = wanted.get(product.id, 0) + line.quantity * line.factor
    free = available_of(act, wanted)
    for index, line in enumerate(sample.lines):
        if free[line.product_id] < wanted[line.product_id]:
            said, words = _("Line {line}: {product} is promised to orders."), {"product": line.product.record_title}
            raise RuleBroken(said, field=f"lines.{index}.quantity", line=index + 1, **words)


def no_lot_was_stopped(sample: Sample, act: Act) -> None:
    """What was drawn out of a lot that was stopped since goes back; it is asked only when it is sent."""
    for index, line in enumerate(sample.lines):
        the_lot_may_leave(index, line, act)


def the_right_desk(sample: Sample) -> frozenset[str]:
    """Unified sales: the dispatch office sends; local sales: the sales office."""
    return roles(ASSISTANT if sample.sale_class == "local" else WAREHOUSE)


WHAT_WAS_LENT_IS_BACK = that(
    lambda sample, act: sample.state != "answered", _("Record first that the lent goods came back."), "nature", is_lent
)
"""Lent goods are back before the matter is closed."""


def by_law(sample: Sample, act: Act) -> Kept | None:
    """Who has goods of a regulated lot stays known until some years after its expiry."""
    gone = [line for line in sample.lines if line.product.is_regulated]
    if sample.state != "closed" or sample.sent_on is None or not gone:
        return None
    return Kept(BY_LAW, max(law_keeps(sample.sent_on, line.expires_on, act) for line in gone))


UNTIL_IT_IS_DONE = kept_until((*EDITABLE, "closed", "void"), STILL_OPEN, by_law)
