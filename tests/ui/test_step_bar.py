"""The head of a form: state, way, the next step at its place, and who has to act."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from makers import a_customer, a_product, an_order, moved_to, some_stock
from office_forms import Office, working
from toy_office import sit_down

from dentalsales.ui.step_bar import StepBar
from dentalsales.usecases import inbox
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.form import Form, new_form, open_form


@pytest.fixture
def office(tmp_path: Path, qtbot: Any) -> Iterator[Office]:
    yield from working(tmp_path, qtbot)


def agreed(desk: Desk) -> Form:
    form = new_form(desk, "orders", customer_id=1, consent_by="Dr Zeng")
    line = form.add_line("lines")
    line.set("product_id", 1)
    line.set("quantity", 2)
    form.take("agree", "", {"consent_by": "Dr Zeng"})
    return form


def bar_of(form: Form, qtbot: Any) -> StepBar:
    bar = StepBar()
    qtbot.addWidget(bar)
    bar.resize(1000, 48)
    bar.show_form(form, [], [])
    bar.show()
    return bar


def test_the_primary_button_is_the_first_step_i_may_take(office: Office, qtbot: Any) -> None:
    bar = bar_of(new_form(office.desk, "orders"), qtbot)
    asked: list[str] = []
    bar.step_asked.connect(asked.append)
    assert bar.primary is not None and bar.primary.text() == "Record consent"
    assert "Ctrl+Enter" in bar.primary.toolTip()
    bar.primary.click()
    assert asked == ["agree"]


def test_the_primary_button_stands_at_the_same_place_on_every_form(office: Office, qtbot: Any) -> None:
    places = set()
    for form in (new_form(office.desk, "orders"), new_form(office.desk, "clinics"), agreed(office.desk)):
        bar = bar_of(form, qtbot)
        assert bar.primary is not None
        places.add(bar.primary.mapTo(bar, bar.primary.rect().topRight()).x())
    assert len(places) == 1


def test_a_record_without_steps_is_saved_by_the_primary_button(office: Office, qtbot: Any) -> None:
    bar = bar_of(new_form(office.desk, "clinics"), qtbot)
    assert bar.primary is bar.save
    assert bar.primary is not None and bar.primary.text() == "Save"
    assert not bar.chip.isVisible()


def test_a_step_i_may_not_take_stands_there_and_says_who_takes_it(office: Office, qtbot: Any) -> None:
    bar = bar_of(agreed(office.desk), qtbot)
    assert bar.primary is not None and bar.primary.text() == "Bill"
    assert not bar.primary.isEnabled()
    assert "Sales manager" in bar.primary.toolTip()
    assert "Waits for: Sales manager" in bar.trail.accessibleName()


def test_what_cannot_be_undone_is_in_the_menu_and_never_the_primary_button(office: Office, qtbot: Any) -> None:
    bar = bar_of(agreed(office.desk), qtbot)
    void = next(action for action in bar.menu.actions() if action.text() == "Void order")
    assert void.isEnabled()


def test_what_today_asks_of_me_is_the_primary_button_of_the_paper_too(desks: Any, qtbot: Any) -> None:
    product = a_product(desks)
    some_stock(desks, product)
    customer = a_customer(desks, terms="account", terms_days=30, credit_limit=Decimal("1000"))
    within = moved_to(desks, an_order(desks, customer, (product, 2)), "reviewed")
    over = moved_to(desks, an_order(desks, customer, (product, 20)), "reviewed")
    seen = {}
    for login in ("manager", "clerk"):
        waits = {one.record_id: str(one.step) for one in inbox.waiting(desks[login])}
        for order in (within, over):
            bar = bar_of(open_form(desks[login], "orders", order.id), qtbot)
            assert bar.primary is not None
            assert bar.primary.isEnabled() == (order.id in waits)
            seen[login, order.id] = bar.primary.text()
            assert waits.get(order.id, bar.primary.text()) == bar.primary.text()
            assert not any(action.text().startswith(bar.primary.text()) for action in bar.menu.actions())
    assert seen == {
        ("manager", within.id): "Bill",
        ("manager", over.id): "Release",
        ("clerk", within.id): "Bill",
        ("clerk", over.id): "Bill",
    }


def test_states_beside_the_way_are_not_on_it(office: Office, qtbot: Any) -> None:
    form = agreed(office.desk)
    manager = sit_down(office.desk.company, "mona", "manager")
    billed = open_form(manager, "orders", form.id or 0)
    billed.take("bill")
    looking = sit_down(office.desk.company, "quinn", "manager")
    bar = bar_of(open_form(looking, "orders", form.id or 0), qtbot)
    assert bar.primary is None
    assert bar.chip.accessibleName() == "State: Billed"
    assert "Billed" in bar.trail.accessibleName()
    assert "Void" not in bar.trail.accessibleName()


def test_a_draft_can_be_deleted_once_it_is_saved(office: Office, qtbot: Any) -> None:
    form = new_form(office.desk, "orders", customer_id=1)
    assert "Delete draft" not in [action.text() for action in bar_of(form, qtbot).menu.actions()]
    line = form.add_line("lines")
    line.set("product_id", 1)
    line.set("quantity", 2)
    form.save()
    assert "Delete draft" in [action.text() for action in bar_of(form, qtbot).menu.actions()]
