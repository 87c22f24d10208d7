"""A pasted message in a real company: read with the customer's history, taken as priced lines, remembered."""

from datetime import timedelta
from decimal import Decimal

import pytest
from makers import a_customer, a_product, an_order, filled

from dentalsales.blueprint.rules import NotAllowed
from dentalsales.usecases import browse
from dentalsales.usecases.fill_lines import add_lines
from dentalsales.usecases.form import open_form
from dentalsales.usecases.messages.form_lines import lines_to_paste_into
from dentalsales.usecases.messages.pasted import PastedMessage
from dentalsales.usecases.messages.rows import CHECK, SURE


@pytest.fixture
def goods(desks) -> dict[str, int]:
    gloves = {"unit": "盒", "pack_unit": "箱", "pack_size": 10, "shade": "", "model": "G1", "price": None}
    found = {
        "resin": a_product(desks, brand="晶釉"),
        "nitrile": a_product(desks, name="一次性丁腈检查手套", **{**gloves, "spec": "M码 100只/盒"}),
        "latex": a_product(desks, name="一次性乳胶检查手套", **{**gloves, "spec": "M码 100只/盒"}),
    }
    for name, price in (("nitrile", "32.00"), ("latex", "26.00")):
        line = filled(desks["manager"], "prices", product_id=found[name], level="list")
        line.set("unit", "盒")
        line.set("unit_price", Decimal(price))
        line.save()
    return found


def pasted(desks, form) -> PastedMessage:
    return PastedMessage(desks["clerk"], form)


def test_plain_words_become_priced_lines(desks, goods) -> None:
    form = an_order(desks, a_customer(desks), save=False)
    message = pasted(desks, form)
    rows = message.read("光固化树脂A2 3支，丁腈手套M 5盒，谢谢").rows
    assert [row.state for row in rows] == [SURE, SURE]
    add_lines(form, "lines", message.values(rows))
    lines = form.lines("lines")
    assert [(line.get("product_id"), line.get("quantity"), line.get("unit")) for line in lines] == [
        (goods["resin"], 3, "支"),
        (goods["nitrile"], 5, "盒"),
    ]
    assert [line.get("amount") for line in lines] == [Decimal("360.00"), Decimal("160.00")]
    assert form.get("total") == Decimal("520.00")


def test_what_was_confirmed_once_is_sure_the_next_time_for_this_customer_only(desks, goods) -> None:
    ours, other = a_customer(desks), a_customer(desks, name="上海仁济口腔门诊部")
    message = pasted(desks, an_order(desks, ours, save=False))
    (row,) = message.read("手套M 5盒").rows
    assert row.state == CHECK
    row.article = goods["latex"]
    message.remember([row])
    (again,) = pasted(desks, an_order(desks, ours, save=False)).read("手套M码 2盒").rows
    assert (again.state, again.article, again.quantity) == (SURE, goods["latex"], 2)
    (elsewhere,) = pasted(desks, an_order(desks, other, save=False)).read("手套M 5盒").rows
    assert elsewhere.state == CHECK


def test_a_wording_can_be_seen_changed_and_deleted(desks, goods) -> None:
    ours = a_customer(desks)
    message = pasted(desks, an_order(desks, ours, save=False))
    (row,) = message.read("手套M 5盒").rows
    row.article = goods["nitrile"]
    message.remember([row])
    message.remember([row])
    (found,) = browse.page(desks["clerk"], browse.Query("spoken_names")).rows
    form = open_form(desks["clerk"], "spoken_names", found.id)
    assert (form.get("said"), form.get("times"), form.get("last_on")) == ("手套 m", 2, desks.clock.today)
    form.delete()
    assert browse.page(desks["clerk"], browse.Query("spoken_names")).rows == []
    (again,) = pasted(desks, an_order(desks, ours, save=False)).read("手套M 5盒").rows
    assert again.state == CHECK


def test_history_names_what_is_meant_but_never_surely(desks, goods) -> None:
    ours = a_customer(desks)
    an_order(desks, ours, (goods["latex"], 8))
    desks.clock.pass_days(1)
    form = an_order(desks, ours, save=False)
    (row,) = pasted(desks, form).read("手套M 5盒").rows
    assert (row.state, row.article) == (CHECK, goods["latex"])
    (same,) = pasted(desks, form).read("老样子").rows
    assert (same.state, same.article, same.quantity) == (CHECK, goods["latex"], 8)


def test_disabled_products_are_not_offered(desks, goods) -> None:
    ours = a_customer(desks)
    form = an_order(desks, ours, save=False)
    assert pasted(desks, form).read("丁腈手套M 5盒").rows[0].state == SURE
    product = open_form(desks["manager"], "products", goods["nitrile"])
    product.set("disabled", True)
    product.save()
    (row,) = pasted(desks, form).read("丁腈手套M 5盒").rows
    assert row.state != SURE
    assert goods["nitrile"] not in row.candidates


def test_a_paper_that_can_not_be_changed_takes_no_message(desks, goods) -> None:
    form = an_order(desks, a_customer(desks), (goods["resin"], 1))
    read_only = open_form(desks["finance"], "orders", form.id)
    assert lines_to_paste_into(read_only) is None
    with pytest.raises(NotAllowed):
        PastedMessage(desks["finance"], read_only)


def test_words_beside_the_product_go_into_the_line(desks, goods) -> None:
    form = an_order(desks, a_customer(desks), save=False)
    message = pasted(desks, form)
    (row,) = message.read("光固化树脂A2 3支 要效期长").rows
    assert (row.article, row.state) == (goods["resin"], CHECK)
    add_lines(form, "lines", message.values([row]))
    assert "效期长" in form.lines("lines")[0].get("requirement")


def test_the_clock_of_history_does_not_matter(desks, goods) -> None:
    """An order of long ago still says what the customer usually takes."""
    ours = a_customer(desks)
    an_order(desks, ours, (goods["nitrile"], 4))
    desks.clock.now += timedelta(days=300)
    (row,) = pasted(desks, an_order(desks, ours, save=False)).read("上次的手套再来2盒").rows
    assert (row.article, row.quantity, row.state) == (goods["nitrile"], 2, CHECK)
