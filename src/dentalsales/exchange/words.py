"""Amounts in words (大写), as receipts, orders and contracts print them beside the figure."""

from decimal import ROUND_HALF_UP, Decimal

from dentalsales.blueprint.sheet import Sheet
from dentalsales.exchange.cell_text import labelled

LARGEST = Decimal("999999999999.99")


def amount_in_words(amount: Decimal) -> str:
    """Return yuan in Chinese words: 1409.50 is 人民币壹仟肆佰零玖元伍角整; a negative amount has 负 before its words.

    Follows the central bank's rules for filling in bills. ValueError above 999,999,999,999.99.
    """
    import cn2an

    rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if abs(rounded) > LARGEST:
        raise ValueError(f"{amount} is too large to be put in words")
    words: str = cn2an.an2cn(f"{abs(rounded):.2f}", "rmb")
    return ("人民币负" if rounded < 0 else "人民币") + _as_on_bills(words, abs(rounded))


def conditions_of(sheet: Sheet) -> list[str]:
    """Return what stands under the title of a sheet: its conditions, and the amount that is also said in words."""
    said = [labelled(label, value) for label, value in sheet.conditions]
    return said if sheet.words is None else [*said, labelled(sheet.words[0], amount_in_words(sheet.words[1]))]


def _as_on_bills(words: str, amount: Decimal) -> str:
    """No gap in which a digit could be added: 零 for the empty last yuan, 整 wherever no fen follow."""
    yuan, jiao, fen = int(amount), int(amount * 10) % 10, int(amount * 100) % 10
    if yuan and yuan % 10 == 0 and jiao:
        words = words.replace("元", "元零", 1)
    return words if fen or words.endswith("整") else words + "整"
