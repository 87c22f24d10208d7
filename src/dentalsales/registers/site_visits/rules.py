"""What must hold of a visit: applied for in time, visitors who are who they say, nothing carried out before its day."""

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.persons import Kept
from dentalsales.blueprint.roles import LEADER, MANAGER
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.customers import Customer
from dentalsales.registers.site_visits.record import EDITABLE, SiteVisit

STILL_OPEN = _("because the visit is still open")


def the_route(visit: SiteVisit, act: Act) -> tuple[str, ...]:
    """Unified sales: the sales department; local sales, or always where the company wants it: the leader (C3)."""
    always = act.setting("visit_route") == "leader"
    return (LEADER,) if always or visit.sale_class == "local" else (MANAGER,)


def customer_brings_its_words(visit: SiteVisit, act: Act) -> None:
    """The customer fills address, contact and sale class, and who looks after it is the host."""
    customer = act.session.get(Customer, visit.customer_id or 0)
    if customer is None:
        return
    visit.address, visit.contact, visit.phone = customer.address, customer.contact, customer.phone
    visit.sale_class = customer.sale_class
    visit.host_id = visit.host_id or customer.owner_id


def the_sale_class_is_the_customers(visit: SiteVisit, act: Act) -> None:
    """Until it is submitted an application follows the customer's class, which decides who approves it."""
    if visit.state in EDITABLE:
        visit.sale_class = visit.customer.sale_class


def they_are_who_they_say(visit: SiteVisit, act: Act) -> None:
    """Competitors come under other names: who the visitors are was checked, and how is said (M71)."""
    if not visit.is_verified:
        raise RuleBroken(_("Check first that the visitors are from the customer."), field="is_verified")
    if not visit.verified_how:
        raise RuleBroken(_("Choose how it was verified."), field="verified_how")


def it_says_what_to_do(visit: SiteVisit, act: Act) -> None:
    """The office proposes how to handle the visit, and names what is shown and what is not."""
    if not visit.proposal.strip():
        raise RuleBroken(_("Enter how the visit is to be handled."), field="proposal")
    if not visit.shown_areas.strip():
        raise RuleBroken(_("Enter what the visitors are shown."), field="shown_areas")


def its_day_is_still_to_come(visit: SiteVisit, act: Act) -> None:
    """Nobody approves what has already been: the visit needs another day first."""
    if visit.visit_on < act.today:
        raise RuleBroken(
            _("The day of this visit is over. Reject it, so that another day can be applied for."), field="visit_on"
        )


def its_day_has_come(visit: SiteVisit, act: Act) -> None:
    """A visit is carried out on its day, not before."""
    if visit.visit_on > act.today:
        raise RuleBroken(_("The visit is on {day}."), field="visit_on", day=visit.visit_on)


def the_follow_up_is_ahead(visit: SiteVisit, act: Act) -> None:
    """What is still to be done is due today or later."""
    if visit.due_on is not None and visit.due_on < act.today:
        raise RuleBroken(_("The follow-up is due today or later."), field="due_on")


def while_it_is_open(visit: SiteVisit, act: Act) -> Kept | None:
    """Who is expected has to be known until the visit is done with."""
    return None if visit.state in ("closed", "called_off", "void") else Kept(STILL_OPEN)
