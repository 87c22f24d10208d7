"""What the palette can do with the record that is seen: its open steps, the papers from it, its prints."""

from functools import partial
from typing import Any

from dentalsales.i18n import _, tr
from dentalsales.ui import key_map
from dentalsales.ui.own_acts import OWN_ACTS
from dentalsales.ui.palette_offers import Offer
from dentalsales.ui.record_acts import begin_draft, print_paper
from dentalsales.ui.step_bar import may_anonymise_in, next_step, own_acts_of


def offers_of(widget: Any) -> list[Offer]:
    """Return the offers of a form's widget, its next step first."""
    title, keys = tr(widget.form.title), key_map.current()
    first = next_step(widget.steps.offers)
    found = [
        Offer("here", one.step.label, partial(widget.take, one.step.name), title, keys.shown("step") * (one is first))
        for one in sorted(widget.steps.offers, key=lambda one: one is not first)
        if one.allowed
    ]
    for draft, target in widget.offered:
        found.append(Offer("here", draft.label, partial(begin_draft, widget, (draft, target)), title, "", target.icon))
    for paper in widget.printouts:
        words = _("Print {paper}").fill(paper=paper.title)
        found.append(Offer("here", words, partial(print_paper, widget, paper.name), title, "", "printer"))
    seldom = ("anonymise",) if may_anonymise_in(widget.form) else ()
    for name in (*own_acts_of(widget.form), *seldom):
        words, picture, act = OWN_ACTS[name]
        found.append(Offer("here", words, partial(act, widget), title, "", picture))
    return found
