"""What must hold of a product: a code of its own, a registration that looks like one."""

import re
from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.record import has_changed
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.products.record import Product

REGISTRATION = re.compile(
    r"[国京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵黔云滇藏陕甘青宁新]械注[准进许]\d{4}[23]\d{2}\d{4}"
    r"|\S{1,12}械备\d{6,10}号?"
)
"""Shape of a registration (Order 47, article 115) or filing number (116); older certificates look otherwise."""


CLASS_IN_NUMBER = re.compile(r"械注[准进许]\d{4}([23])\d{6}")


def class_in(registration: str) -> str | None:
    """Return the device class that a registration or filing number bears, None when it bears none."""
    found = CLASS_IN_NUMBER.search(registration)
    if found is not None:
        return found[1]
    return "1" if "械备" in registration else None


def goods_are_on_sale(paper: Any, act: Act) -> None:
    """What is sold no more stands on no new paper."""
    for index, line in enumerate(paper.lines):
        if line.product.disabled:
            said, words = _("Line {line}: {product} is no longer sold."), {"product": line.product.record_title}
            raise RuleBroken(said, field=f"lines.{index}.product_id", line=index + 1, **words)


def it_has_a_code(product: Product, act: Act) -> None:
    """A product without a code gets the next one."""
    if not product.code:
        product.code = act.next_number("P-{count:05}")


def the_registration_looks_right(product: Product, act: Act) -> None:
    """The shape only warns: older certificates look otherwise."""
    if not has_changed(product, "registration"):
        return
    if product.registration and not REGISTRATION.fullmatch(product.registration):
        act.warn(
            _("“{number}” does not look like a registration or filing number. Check it against the certificate."),
            number=product.registration,
        )
