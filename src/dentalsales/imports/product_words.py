"""How offices write class, storage, packs, shelf life, specification and model of their products."""

import re

from dentalsales.blueprint.importing import Values, spelled
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.imports.find import plain

CLASSES = {
    word: name
    for name, numerals in (("1", ("一", "ⅰ", "i", "1")), ("2", ("二", "ⅱ", "ii", "2")), ("3", ("三", "ⅲ", "iii", "3")))
    for numeral in numerals
    for word in (numeral, f"{numeral}类", f"第{numeral}类", f"{numeral}类医疗器械", f"class{numeral}")
} | dict.fromkeys(("无", "非器械", "非医疗器械", "否", "none", "-", "/"), "none")
STORAGES = spelled(normal="常温 室温 干燥", cool="阴凉 阴凉库 20℃以下", cold="冷藏 2-8℃ 2~8℃ 2-8°c")
PACK = re.compile(
    r"1?([^\d=＝/]{1,10})[=＝:](\d{1,5})([^\d]{1,10})|(\d{1,5})([^\d/每*×]{1,10}?)(?:装)?[/每](?:1)?([^\d]{1,10})"
)
SHELF_LIFE = re.compile(r"(\d{1,3})(年|years?|y)?(?:个?月|months?|m)?")
NONE = "/"
"""What the paper shows where there is nothing to show."""
MODEL = re.compile(r"[A-Za-z]{1,8}[-A-Za-z0-9.#/]*\d[-A-Za-z0-9.#]*|[A-Za-z]{1,8}-[-A-Za-z0-9.#]+")
MODEL_THEN_MEASURE = re.compile(rf"({MODEL.pattern})[\s,，;；/／]+(\d.*|[^A-Za-z0-9].*)")


def spec_and_model(values: Values) -> Values:
    """Return specification and model out of the one column that holds both.

    The sales record wants each for itself (Order 54, article 38). What is clearly a model before a measure is parted;
    else the whole text stays together where it belongs, and / says that the other one has no words of its own.
    """
    words = values.get("spec_and_model")
    if not words:
        return {}
    if values.get("model") or values.get("spec"):
        return {"spec": values["spec"]} if values.get("spec") else {"spec": words}
    parted = MODEL_THEN_MEASURE.fullmatch(words)
    if parted:
        return {"model": parted[1], "spec": parted[2]}
    return {"model": words, "spec": NONE} if MODEL.fullmatch(words) else {"model": NONE, "spec": words}


def units_of(values: Values) -> tuple[str, str, int | None, bool]:
    """Return smallest unit, pack, units in a pack, and whether it is sold by the pack: 盒 with 10支/盒 and the like."""
    unit, pack = values["unit"], values.get("pack")
    if not pack:
        larger = values.get("pack_unit") or ""
        return (unit, "", None, False) if larger == unit else (unit, larger, values.get("pack_size"), False)
    found = PACK.fullmatch(plain(pack))
    if found is None:
        raise RuleBroken(
            _("“{pack}” is no pack the program understands. Write it like 10支/盒."), field="pack", pack=pack
        )
    pack_unit, size, smallest = (found[1], found[2], found[3]) if found[1] else (found[6], found[4], found[5])
    if unit not in (smallest, pack_unit):
        raise RuleBroken(
            _("The unit {unit} is neither {smallest} nor {pack}, the units of the pack. Correct one of them."),
            field="unit",
            unit=unit,
            smallest=smallest,
            pack=pack_unit,
        )
    if smallest == pack_unit or int(size) < 2:
        return unit, "", None, False
    return smallest, pack_unit, int(size), unit == pack_unit


def shelf_life_of(words: str | None) -> int | None:
    """Return months from 24, 24个月 or 2年."""
    if not words:
        return None
    found = SHELF_LIFE.fullmatch(plain(words))
    if found is None or int(found[1]) == 0:
        raise RuleBroken(
            _("“{value}” is no shelf life. Write the months, like 24."), field="shelf_life_months", value=words
        )
    return int(found[1]) * (12 if found[2] else 1)
