"""What must hold of samples: the route of their class, a lot that may leave, the right desk, and an answer."""

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.persons import Kept, years_after
from dentalsales.blueprint.roles import (
    ASSISTANT,
    DIRECTOR,
    GENERAL_MANAGER,
    LEADER,
    MANAGER,
    QUALITY,
    ROLE_LABELS,
    VP,
    WAREHOUSE,
    role_names,
    roles,
)
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, joined
from dentalsales.registers.samples.record import EDITABLE, Sample, SampleLine
from dentalsales.registers.stock import available_of, last_sale_day

DECIDERS = roles(MANAGER, QUALITY, LEADER, DIRECTOR, VP, GENERAL_MANAGER)
"""Who may stand on the routes that the settings name."""
SENDERS = {"unified": WAREHOUSE, "local": ASSISTANT}
"""Which desk sends the samples of a class: the dispatch office, or the sales office."""
STILL_OPEN = _("because the samples are not done with")
BY_LAW = _("because the law wants it kept where the lot went")


def the_route(sample: Sample, act: Act) -> tuple[str, ...]:
    """Unified sales: sales department and quality; local sales: quality, then the leader in charge (PS4)."""
    kept = act.setting("sample_route_local" if sample.sale_class == "local" else "sample_route_unified")
    route = [one for one in kept.split(",") if one] or [QUALITY]
    for role in route:
        if role not in DECIDERS:
            said = _("The sample route in the settings names {role}, who does not approve samples.")
            raise RuleBroken(said, role=ROLE_LABELS[role])
    return tuple(route)


def may_be_served(sample: Sample, act: Act) -> None:
    """A disabled customer gets no samples; goods that are sold no more are no samples; a licence should be there."""
    customer = sample.customer
    if customer.state == "disabled":
        said = _("{name} is disabled. Ask the sales manager to enable the customer.")
        raise RuleBroken(said, field="customer_id", name=customer.name)
    for index, line in enumerate(sample.lines):
        if line.product.disabled:
            said, words = _("Line {line}: {product} is no longer sold."), {"product": line.product.record_title}
            raise RuleBroken(said, field=f"lines.{index}.product_id", line=index + 1, **words)
    if customer.licence_on(act.today) is None and any(line.product.is_regulated for line in sample.lines):
        act.warn(_("{name} has no valid licence on file."), name=customer.name)


def it_comes_back_later(sample: Sample, act: Act) -> None:
    """What is lent has some days with the customer."""
    if sample.nature == "lent" and sample.return_by is not None and sample.return_by <= act.today:
        raise RuleBroken(_("The goods come back after today."), field="return_by")


def the_lots_may_leave(sample: Sample, act: Act) -> None:
    """Each line has a lot of its product that is released, not expired, known by its papers, and not promised."""
    wanted: dict[int, int] = {}
    for index, line in enumerate(sample.lines):
        _demand_lot(index, line, act)
        wanted[line.product_id] = wanted.get(line.product_id, 0) + line.quantity * line.factor
    free = available_of(act, wanted)
    for index, line in enumerate(sample.lines):
        if free[line.product_id] < wanted[line.product_id]:
            said, words = _("Line {line}: {product} is promised to orders."), {"product": line.product.record_title}
            raise RuleBroken(said, field=f"lines.{index}.quantity", line=index + 1, **words)


def _demand_lot(index: int, line: SampleLine, act: Act) -> None:
    lot, product = line.lot, line.product
    words = {"line": index + 1, "product": product.record_title, "lot": lot.lot_no or lot.serial_no if lot else ""}
    said = None
    if lot is None or lot.product_id != line.product_id:
        said = _("Line {line}: choose the lot of {product}.")
    elif lot.condition != "ok":
        said = _("Line {line}: lot {lot} is not released. Take another lot.")
    elif lot.expires_on is not None and lot.expires_on < last_sale_day(act):
        said = _("Line {line}: lot {lot} expires {expiry} and can't be sold. Take another lot.")
        words["expiry"] = lot.expires_on
    elif product.is_regulated and not (words["lot"] and (lot.registration or product.registration)):
        said = _("Line {line}: a sample of {product} keeps its lot and registration number. Enter them first.")
    if said is not None:
        raise RuleBroken(said, field=f"lines.{index}.lot_id", **words)


def the_right_desk_sends(sample: Sample, act: Act) -> None:
    """Unified sales: the dispatch office; local sales: the sales office."""
    sender = SENDERS.get(sample.sale_class, WAREHOUSE)
    if sender not in act.roles:
        who = roles(sender)
        said = _("The samples of this class are sent by: {roles}.")
        raise RuleBroken(said, mended_by=who, roles=joined(role_names(who)))


def it_has_left(sample: Sample, act: Act) -> None:
    """What is sent has left, on a day since it was taken."""
    if sample.sent_on is not None and not (sample.sampled_on or sample.sent_on) <= sample.sent_on <= act.today:
        said = _("The day lies between {day}, when the samples were taken, and today.")
        raise RuleBroken(said, field="sent_on", day=sample.sampled_on)


def it_has_arrived(sample: Sample, act: Act) -> None:
    """Samples arrive after they left, and not in the future."""
    if sample.delivered_on is not None and not (sample.sent_on or act.today) <= sample.delivered_on <= act.today:
        said = _("The day lies between {day}, when the samples left, and today.")
        raise RuleBroken(said, field="delivered_on", day=sample.sent_on)


def it_is_lent(sample: Sample, act: Act) -> None:
    """Only what was lent comes back, on a day since it arrived."""
    if sample.nature != "lent":
        raise RuleBroken(_("These samples were given, not lent."))
    if sample.returned_on is not None and not (sample.delivered_on or act.today) <= sample.returned_on <= act.today:
        said = _("The day lies between {day}, when the samples arrived, and today.")
        raise RuleBroken(said, field="returned_on", day=sample.delivered_on)


def what_was_lent_is_back(sample: Sample, act: Act) -> None:
    """Lent goods are back before the matter is closed."""
    if sample.nature == "lent" and sample.state == "answered":
        raise RuleBroken(_("Record first that the lent goods came back."), field="nature")


def until_it_is_done(sample: Sample, act: Act) -> Kept | None:
    """Who has goods of a regulated lot stays known until some years after its expiry; others until it is closed."""
    if sample.state not in (*EDITABLE, "closed", "void"):
        return Kept(STILL_OPEN)
    gone = [line for line in sample.lines if sample.sent_on is not None and line.product.is_regulated]
    if sample.state != "closed" or not gone:
        return None
    years, expired = act.setting("record_years"), act.setting("record_years_after_expiry")
    ends = (years_after(one.expires_on, expired) if one.expires_on else years_after(sample.sent_on, years)
            for one in gone if sample.sent_on is not None)  # fmt: skip
    return Kept(BY_LAW, max(ends))
