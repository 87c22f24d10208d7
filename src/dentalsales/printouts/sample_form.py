"""The application for samples 《样品提供申请表》: purpose, goods by lot, who approved, and the opinion (F11)."""

from collections.abc import Mapping
from typing import Any

import dentalsales.printouts.examples as examples
import dentalsales.printouts.frame as frame
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.printout import Pair, Paper, Printout
from dentalsales.blueprint.sheet import Block, SheetColumn
from dentalsales.i18n import _, c_, tr
from dentalsales.registers.samples import SAMPLES, Sample, SampleLine

TITLE = c_("paper", "Sample application")
COLUMNS = (
    SheetColumn("product", _("Product name"), width=20),
    SheetColumn("spec", _("Model, specification, shade"), width=18),
    SheetColumn("quantity", _("Quantity"), "quantity", 7),
    SheetColumn("unit", _("Unit"), width=5),
    SheetColumn("monthly_use", _("Expected monthly use"), "quantity", 8),
    SheetColumn("lot", _("Lot or serial number"), width=13),
    SheetColumn("expires_on", _("Expiry"), "day", 11),
    SheetColumn("registration", _("Registration or filing number"), width=20),
)
EMPTY_LINES = 6


def make(sample: Sample, act: Act, options: Mapping[str, Any]) -> Paper:
    """Return the form; options: size."""
    return frame.paper(
        sample, act, SAMPLES, options.get("size", SAMPLE_FORM.sizes[0]), "303-R43",
        name=SAMPLE_FORM.name,
        title=TITLE,
        whose=sample.customer.name if sample.customer else "",
        head=_head(sample),
        extra_blocks=(_goods(sample),),
        foot=(*_decided(sample, act), *_outcome(sample)),
        signatures=frame.APPROVAL,
    )  # fmt: skip


def _head(sample: Sample) -> tuple[Pair, ...]:
    nature = frame.one_line(tr(frame.word(Sample, "nature", sample.nature)), str(sample.return_by or ""))
    return (
        Pair(_("Customer"), sample.customer.name if sample.customer else "", name="customer"),
        Pair(_("Sale class"), frame.word(Sample, "sale_class", sample.sale_class), name="sale_class"),
        Pair(_("Contact"), frame.one_line(sample.contact, sample.phone), name="contact"),
        Pair(_("Deliver to"), sample.ship_to, name="ship_to"),
        Pair(_("Purpose"), frame.word(Sample, "purpose", sample.purpose), name="purpose"),
        Pair(_("Used now, and whose"), sample.competitor, name="competitor"),
        Pair(_("Given or lent"), nature, name="nature"),
        Pair(_("Needed on"), sample.needed_on or "", "day", name="needed_on"),
        Pair(_("Reason"), sample.reason, wide=True, name="reason"),
    )


def _goods(sample: Sample) -> Block:
    return frame.numbered(_("Samples"), COLUMNS, [_cells(line) for line in sample.lines])


def _cells(line: SampleLine) -> tuple[Any, ...]:
    return (
        line.product_name, frame.one_line(line.model, line.spec, line.shade), line.quantity or "", line.unit,
        line.monthly_use or "", line.lot_no, line.expires_on or "", line.registration,
    )  # fmt: skip


def _decided(sample: Sample, act: Act) -> tuple[Pair, ...]:
    took, sent = (frame.taken_by(act, SAMPLES, sample, step) for step in ("take", "dispatch"))
    return (
        frame.written_by(act, SAMPLES, sample),
        *frame.approved_by(act, SAMPLES, sample),
        Pair(_("Taken by and on"), _with_day(took, sample.sampled_on), name="taken"),
        Pair(_("Sent by and on"), _with_day(sent, sample.sent_on), name="sent"),
        Pair(_("Waybill"), sample.waybill, name="waybill"),
        Pair(_("Signed by"), _with_day(sample.signed_by, sample.delivered_on), name="signed"),
    )


def _with_day(who: str, day: Any) -> str:
    return frame.one_line(who, str(day)) if day else ""


def _outcome(sample: Sample) -> tuple[Pair, ...]:
    return (
        Pair(_("Customer's opinion"), sample.opinion, wide=True, name="opinion"),
        Pair(_("Score, 1 to 5"), sample.score or "", "number", name="score"),
        Pair(c_("samples", "Outcome"), frame.word(Sample, "outcome", sample.outcome), name="outcome"),
    )


def blank() -> Sample:
    """Return an application with nothing in it."""
    lines = [SampleLine(**frame.nothing(SampleLine), product_name="", model="", spec="", shade="")
             for _line in range(EMPTY_LINES)]  # fmt: skip
    return Sample(**frame.nothing(Sample), lines=lines)


SAMPLE_FORM = Printout(
    name="sample_form",
    title=TITLE,
    register=SAMPLES.name,
    make=make,
    sizes=("A4",),
    example=examples.sample,
    blank=blank,
    undone=frame.UNDONE,
    day="sent_on",
)
