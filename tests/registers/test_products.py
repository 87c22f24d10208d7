"""Products: units, registration, codes."""

import pytest
from makers import a_product, filled

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import tr

PERMISSIONS = {
    "products": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
        "create": "manager warehouse quality",
        "edit": "manager warehouse quality",
        "export": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
    },
}


def test_a_product_without_code_gets_the_next_one(desks) -> None:
    form = filled(desks["manager"], "products", name="甲", unit="支")
    form.save()
    assert form.get("code") == "P-00001"


def test_the_same_code_is_not_given_twice(desks) -> None:
    a_product(desks, code="A1")
    with pytest.raises(RuleBroken, match="“A1” is taken by A1 光固化复合树脂"):
        a_product(desks, code="Ａ１")


def test_a_pack_has_a_name_and_a_size(desks) -> None:
    with pytest.raises(RuleBroken, match="Enter both the pack and how many units"):
        filled(desks["manager"], "products", name="甲", unit="支", pack_unit="盒").save()


@pytest.mark.parametrize(
    ("number", "warned"),
    [
        ("国械注准20213170001", False),
        ("湘械注准20212171172", False),
        ("京昌械备20180001号", False),
        ("国食药监械2010第1号", True),
    ],
)
def test_the_shape_of_a_registration_number_only_warns(desks, number, warned) -> None:
    form = filled(desks["manager"], "products", name="甲", unit="支", registration=number, device_class="1")
    form.save()
    assert bool(form.warnings) == warned, [tr(text) for text in form.warnings]


def test_a_pack_holds_no_more_than_a_hundred_thousand(desks) -> None:
    form = filled(desks["manager"], "products", name="甲", unit="支", pack_unit="箱", pack_size=100_001)
    with pytest.raises(RuleBroken, match="“Units in a pack” is at most 100,000"):
        form.save()
    form.set("pack_size", 100_000)
    form.save()
    assert form.get("pack_size") == 100_000
