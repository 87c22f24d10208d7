"""Print templates: the manager chooses what is on a paper; what the law wants stays; every print is counted."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import makers
import pytest

from dentalsales.blueprint.print_template import Template, copies_of, parts_of, tailored
from dentalsales.blueprint.printout import Paper
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.printouts import PRINTOUTS
from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.usecases import print_template
from dentalsales.usecases.form import open_form
from dentalsales.usecases.print_paper import (
    Choice,
    PrintedMeanwhile,
    claim,
    of_the_day,
    paper,
    prepare,
    printed_before,
    take_back,
)

ALL_SIZES = [(printout.name, size) for printout in PRINTOUTS for size in printout.sizes]


def a_note(desks: Any, customer: int | None = None) -> int:
    """A dispatch note that was sent."""
    customer, product = customer or makers.a_customer(desks), makers.a_product(desks)
    makers.some_stock(desks, product, 20, "R1")
    order = makers.moved_to(desks, makers.an_order(desks, customer, (product, 6)), "sent")
    with desks.company.reading() as session:
        return int(session.query(DispatchNote.id).filter_by(order_id=order.id).one()[0])


def columns(made: Paper) -> list[str]:
    assert made.block is not None
    return [column.name for column in made.block.columns]


@pytest.mark.parametrize(("name", "size"), ALL_SIZES)
def test_what_the_law_wants_stays_when_everything_is_left_out(desks: Any, name: str, size: str) -> None:
    whole = print_template.example(desks["manager"], Template(name, size), 3)
    names = [part.name for part in parts_of(whole)]
    assert len(names) == len(set(names)), "a name that two parts share would leave out both"
    nothing = Template(name, size, shown={part.name: False for part in parts_of(whole)})
    bare = tailored(whole, nothing)
    assert {part.name for part in parts_of(bare) if part.group != "page"} == {
        part.name for part in parts_of(whole) if part.law
    }
    assert bare.signatures == whole.signatures and bare.words == whole.words


def test_the_sales_record_of_the_law_is_on_every_size_of_the_dispatch_note(desks: Any) -> None:
    for size in ("241x140", "A4", "A4 landscape", "A5 landscape"):
        made = print_template.example(desks["manager"], Template("dispatch_note", size), 1)
        law = {part.name for part in parts_of(made) if part.law}
        assert {"buyer", "address", "contact", "licence", "day", "product", "quantity", "unit_price", "amount"} <= law
        assert {"registration", "lot"} <= law and law & {"expires_on", "dates"}
        assert {"registrant", "maker", "maker_licence"} <= law or "registrant_and_maker" in law
        assert {"model", "spec"} <= law or "model_and_spec" in law


def test_a_column_the_manager_leaves_out_is_on_no_paper_and_one_he_adds_is(desks: Any) -> None:
    note = a_note(desks)
    wanted = Template("dispatch_note", "241x140", shown={"storage": False, "barcode": True, "pieces": False})
    print_template.keep(desks["manager"], wanted)
    made = paper(desks["warehouse"], "dispatch_note", note)
    assert "storage" not in columns(made) and "barcode" in columns(made)
    assert "pieces" not in [pair.name for pair in made.head]
    assert print_template.template(desks["warehouse"], "dispatch_note", "241x140") == wanted
    print_template.reset(desks["manager"], "dispatch_note", "241x140")
    assert "storage" in columns(paper(desks["warehouse"], "dispatch_note", note))


def test_only_manager_and_director_change_templates(desks: Any) -> None:
    for login in ("clerk", "warehouse", "finance"):
        with pytest.raises(NotAllowed):
            print_template.keep(desks[login], Template("receipt", "A4"))
        with pytest.raises(NotAllowed):
            print_template.make_usual(desks[login], "receipt", "A4")
        with pytest.raises(NotAllowed):
            print_template.set_logo(desks[login], None)
    print_template.keep(desks["director"], Template("receipt", "A4", copies=2))


def test_copies_and_widths_out_of_range_are_refused(desks: Any) -> None:
    for wanted in (Template("receipt", "A4", copies=0), Template("receipt", "A4", widths={"number": 500.0})):
        with pytest.raises(RuleBroken):
            print_template.keep(desks["manager"], wanted)


def test_copies_are_named_as_the_template_says(desks: Any) -> None:
    whole = print_template.example(desks["manager"], Template("dispatch_note", "A4"), 1)

    def names(**chosen: Any) -> list[Any]:
        return [made.copy for made in copies_of(whole, Template("dispatch_note", "A4", **chosen))]

    assert names() == [None]
    assert names(copies=3, naming="original") == ["Original", "Duplicate", "Duplicate"]
    assert names(copies=3, naming="parts") == ["Stub", "Customer's copy", "Finance copy"]
    low = Template("dispatch_note", "241x140")
    carbon = copies_of(print_template.example(desks["manager"], low, 1), low)
    assert len(carbon) == 1 and len(carbon[0].copies) == 3, "three-part paper has three names"
    assert all(made.copies == () for made in copies_of(whole, Template("dispatch_note", "A4", copies=2)))


def test_the_usual_size_is_what_the_manager_says_and_the_customers_wish_goes_before(desks: Any) -> None:
    customer = makers.a_customer(desks)
    note = a_note(desks, customer)
    assert paper(desks["warehouse"], "dispatch_note", note).size == "241x140"
    print_template.make_usual(desks["manager"], "dispatch_note", "A4")
    assert paper(desks["warehouse"], "dispatch_note", note).size == "A4"
    card = open_form(desks["manager"], "customers", customer)
    card.set("print_size", "A5 landscape")
    card.set("print_prices", "without")
    card.save()
    made = paper(desks["warehouse"], "dispatch_note", note)
    assert made.size == "A5 landscape" and "amount" not in columns(made) and made.words is None
    by_hand = paper(desks["warehouse"], "dispatch_note", note, size="A4", prices=True)
    assert by_hand.size == "A4" and "amount" in columns(by_hand)


def test_prices_are_left_out_where_the_template_says_so(desks: Any) -> None:
    note = a_note(desks)
    print_template.keep(desks["manager"], Template("dispatch_note", "241x140", prices=False))
    assert "unit_price" not in columns(paper(desks["warehouse"], "dispatch_note", note))


def test_a_logo_is_a_picture_and_stands_on_every_paper_until_it_is_taken_away(desks: Any, tmp_path: Path) -> None:
    note = a_note(desks)
    png = tmp_path / "logo.png"
    png.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    print_template.set_logo(desks["manager"], png)
    assert paper(desks["warehouse"], "dispatch_note", note).logo == png.read_bytes()
    text = tmp_path / "logo.txt"
    text.write_text("no picture")
    with pytest.raises(RuleBroken):
        print_template.set_logo(desks["manager"], text)
    print_template.set_logo(desks["manager"], None)
    assert paper(desks["warehouse"], "dispatch_note", note).logo is None


def test_prints_are_counted_and_each_after_the_first_is_a_reprint(desks: Any) -> None:
    note = a_note(desks)
    for count in range(3):
        ready = prepare(desks["warehouse"], "dispatch_note", [note])
        assert ready.papers[0].reprint == count
        claim(desks["warehouse"], ready, "paper")
    assert printed_before(desks["clerk"], "dispatch_note", [note]) == {note: 3}


def test_a_print_that_does_not_come_out_is_not_counted_and_the_history_tells_both(desks: Any) -> None:
    note = a_note(desks)
    ready = prepare(desks["warehouse"], "dispatch_note", [note])
    take_back(desks["warehouse"], ready, claim(desks["warehouse"], ready, "paper"))
    assert printed_before(desks["warehouse"], "dispatch_note", [note]) == {}
    told = [str(entry.step_label) for entry in open_form(desks["warehouse"], "dispatch_notes", note).history()][:2]
    assert told == ["{paper} did not come out of the printer", "{paper} printed"]


def test_two_people_cannot_both_print_the_first_one(desks: Any) -> None:
    note = a_note(desks)
    mine, theirs = (prepare(desks[login], "dispatch_note", [note]) for login in ("warehouse", "manager"))
    claim(desks["manager"], theirs, "paper")
    with pytest.raises(PrintedMeanwhile):
        claim(desks["warehouse"], mine, "paper")


def test_a_draft_is_marked_as_one_and_not_counted(desks: Any) -> None:
    order = makers.an_order(desks, makers.a_customer(desks), (makers.a_product(desks), 1))
    ready = prepare(desks["clerk"], "order_slip", [order.id])
    claim(desks["clerk"], ready, "paper")
    assert ready.papers[0].mark == "Draft"
    assert prepare(desks["clerk"], "order_slip", [order.id]).papers[0].reprint == 0


def test_the_papers_of_the_day_come_by_number_without_drafts(desks: Any) -> None:
    first, second = a_note(desks), a_note(desks)
    assert of_the_day(desks["warehouse"], "dispatch_note") == [first, second]
    ready = prepare(desks["warehouse"], "dispatch_note", [second, first])
    assert [made.number for made in ready.papers] == sorted(made.number for made in ready.papers)
    desks.clock.pass_days(1)
    assert of_the_day(desks["warehouse"], "dispatch_note") == []


def test_a_batch_takes_every_customers_own_size(desks: Any) -> None:
    wishing = makers.a_customer(desks)
    card = open_form(desks["manager"], "customers", wishing)
    card.set("print_size", "A4")
    card.save()
    notes = [a_note(desks, wishing), a_note(desks, makers.a_customer(desks, name="上海分院"))]
    assert [made.size for made in prepare(desks["warehouse"], "dispatch_note", notes).papers] == ["A4", "241x140"]
    alike = prepare(desks["warehouse"], "dispatch_note", notes, Choice("A5 landscape"))
    assert {made.size for made in alike.papers} == {"A5 landscape"}


def test_the_money_of_the_example_adds_up(desks: Any) -> None:
    made = replace(print_template.example(desks["manager"], Template("order_slip", "A4"), 4))
    assert made.block is not None and made.words is not None
    assert made.words[1] == Decimal("2865.00") == made.block.totals[columns(made).index("amount")]  # type: ignore[index]


def test_the_company_names_its_own_copies(desks: Any) -> None:
    """White, red and yellow parts go elsewhere in every office."""
    note = a_note(desks)
    wanted = Template("dispatch_note", "241x140", copy_names="存根联、客户联, 仓库联")
    print_template.keep(desks["manager"], wanted)
    assert paper(desks["warehouse"], "dispatch_note", note).copies == ("存根联", "客户联", "仓库联")
    assert print_template.template(desks["warehouse"], "dispatch_note", "241x140") == wanted
    with pytest.raises(RuleBroken):
        print_template.keep(desks["manager"], replace(wanted, copy_names="、".join("一二三四五六七")))
