"""The application for a customer's visit 《客户参观申请表》: who comes, who approved, what came of it (F10)."""

from collections.abc import Mapping
from typing import Any

import dentalsales.printouts.examples as examples
import dentalsales.printouts.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.printout import Pair, Paper, Printout
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.sheet import Block, SheetColumn
from dentalsales.i18n import _, c_, joined, tr, yuan
from dentalsales.registers.site_visits import SITE_VISITS, SiteVisit, Visitor

TITLE = c_("paper", "Site visit application")
VISITORS = (
    SheetColumn("name", _("Name"), width=16),
    SheetColumn("post", _("Post"), width=16),
    SheetColumn("phone", _("Phone"), width=18),
)
EMPTY_LINES = 5


def make(visit: SiteVisit, act: Act, options: Mapping[str, Any]) -> Paper:
    """Return the form; options: size."""
    return frame.paper(
        visit, act, SITE_VISITS, options.get("size", VISIT_FORM.sizes[0]), "303-R20",
        name=VISIT_FORM.name,
        title=TITLE,
        whose=visit.customer.name if visit.customer else "",
        head=_head(visit, act),
        extra_blocks=(_visitors(visit),),
        foot=(*_approval(visit, act), *_outcome(visit, act)),
        signatures=frame.APPROVAL,
    )  # fmt: skip


def _head(visit: SiteVisit, act: Act) -> tuple[Pair, ...]:
    reception = [label for key, label in fields_of(SiteVisit)["reception"].choices if key in visit.reception.split(",")]
    times = " - ".join(filter(None, (visit.arrives_at, visit.leaves_at)))
    return (
        Pair(_("Customer"), visit.customer.name if visit.customer else "", name="customer"),
        Pair(_("Sale class"), frame.word(SiteVisit, "sale_class", visit.sale_class), name="sale_class"),
        Pair(_("Address"), visit.address, name="address"),
        Pair(_("Contact"), frame.one_line(visit.contact, visit.phone), name="contact"),
        Pair(_("Day of the visit"), frame.one_line(str(visit.visit_on or ""), times), name="day"),
        Pair(_("Purpose of the visit"), frame.word(SiteVisit, "purpose", visit.purpose), name="purpose"),
        Pair(_("What it is about"), visit.reason, wide=True, name="reason"),
        Pair(_("Verified: customer, no competitor"), _verified(visit), name="verified"),
        Pair(_("Number of visitors"), visit.headcount or "", "quantity", name="headcount"),
        Pair(_("What is shown"), visit.shown_areas, name="shown"),
        Pair(_("Kept confidential"), visit.closed_areas, name="closed"),
        Pair(_("Reception"), frame.one_line(tr(joined(reception)), visit.reception_words), name="reception"),
        Pair(_("Host and budget"), _host(visit), name="host"),
        Pair(_("Handling proposal"), visit.proposal, wide=True, name="proposal"),
    )


def _verified(visit: SiteVisit) -> str:
    if not visit.is_verified:
        return ""
    return frame.one_line(tr(frame.word(SiteVisit, "verified_how", visit.verified_how)), visit.verified_words)


def _host(visit: SiteVisit) -> str:
    return frame.one_line(visit.host.name if visit.host else "", yuan(visit.budget) if visit.budget else "")


def _visitors(visit: SiteVisit) -> Block:
    return frame.numbered(
        c_("people", "Visitors"), VISITORS, [(one.name, one.post, one.phone) for one in visit.visitors]
    )


def _approval(visit: SiteVisit, act: Act) -> tuple[Pair, ...]:
    return (frame.written_by(act, SITE_VISITS, visit), *frame.approved_by(act, SITE_VISITS, visit))


def _outcome(visit: SiteVisit, act: Act) -> tuple[Pair, ...]:
    responsible = visit.follow_up_by.name if visit.follow_up_by else ""
    return (
        Pair(_("Reception opinion"), visit.reception_opinion, wide=True, name="opinion"),
        Pair(_("Result of the visit"), visit.result, wide=True, name="result"),
        Pair(_("Follow-up"), frame.one_line(visit.follow_up, visit.followed_up), wide=True, name="follow_up"),
        Pair(_("Responsible for the follow-up"), responsible, name="responsible"),
        Pair(_("Follow-up due on"), visit.due_on or "", "day", name="due"),
    )


def blank() -> SiteVisit:
    """Return an application with nothing in it."""
    return SiteVisit(
        **frame.nothing(SiteVisit), visitors=[Visitor(**frame.nothing(Visitor)) for _line in range(EMPTY_LINES)]
    )


VISIT_FORM = Printout(
    name="visit_form",
    title=TITLE,
    register=SITE_VISITS.name,
    make=make,
    sizes=("A4",),
    example=examples.site_visit,
    blank=blank,
    undone=frame.UNDONE,
    day="visit_on",
)
