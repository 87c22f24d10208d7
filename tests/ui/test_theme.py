"""Colours and sizes: enough contrast, one place for colours, every size a multiple of the text size."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from dentalsales.i18n import _, use_language
from dentalsales.ui import theme, tokens
from dentalsales.ui.icons import icon, pixmap
from dentalsales.ui.plain_table import PlainColumn, PlainModel, PlainRow
from dentalsales.ui.style_sheet import style_sheet
from dentalsales.ui.table_view import TableView

ROOMS = Path(theme.__file__).parent
LITERAL = re.compile(r"#[0-9a-fA-F]{6}\b|Qt\.GlobalColor\.(?!transparent)\w+|QColor\(\s*[\"\d]")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by the formula of WCAG 2."""

    def brightness(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((brightness(one), brightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", tokens.PALETTES)
@pytest.mark.parametrize("pair", tokens.TEXT_PAIRS, ids=" on ".join)
def test_a_text_can_be_read_on_its_ground(name: str, pair: tuple[str, str]) -> None:
    palette = tokens.PALETTES[name]
    assert contrast(palette[pair[0]], palette[pair[1]]) >= 4.5


@pytest.mark.parametrize("name", tokens.PALETTES)
@pytest.mark.parametrize("pair", tokens.CONTROL_PAIRS, ids=" on ".join)
def test_a_control_can_be_seen_on_its_ground(name: str, pair: tuple[str, str]) -> None:
    palette = tokens.PALETTES[name]
    assert contrast(palette[pair[0]], palette[pair[1]]) >= 3.0


@pytest.mark.parametrize("name", tokens.CHIPS)
def test_every_chip_can_be_read(name: str) -> None:
    measured = {family: contrast(*pair) for family, pair in tokens.CHIPS[name].items()}
    assert {family: figure for family, figure in measured.items() if figure < 4.5} == {}


def test_both_palettes_know_the_same_colours() -> None:
    assert tokens.LIGHT.keys() == tokens.DARK.keys()
    assert tokens.CHIPS["light"].keys() == tokens.CHIPS["dark"].keys()


@pytest.mark.parametrize("path", sorted(ROOMS.rglob("*.py")), ids=lambda path: path.name)
def test_colours_are_written_in_the_tokens_only(path: Path) -> None:
    if path.name != "tokens.py":
        assert LITERAL.findall(path.read_text(encoding="utf-8")) == []


def test_the_style_sheet_grows_with_the_text() -> None:
    arrows = dict.fromkeys(("down", "up", "right", "check", "close"), "arrow.svg")
    assert "font-size: 12px" in style_sheet(tokens.LIGHT, arrows, 1.0)
    assert "font-size: 18px" in style_sheet(tokens.LIGHT, arrows, 1.5)


def test_the_theme_changes_while_the_program_runs(qapp: QApplication) -> None:
    assert theme.apply(qapp, "dark").colour("bg.app").name().upper() == tokens.DARK["bg.app"]
    assert theme.current().name == "dark"
    dark = pixmap("home", 20).toImage()
    theme.apply(qapp, "light", "compact", 125)
    assert (theme.current().name, theme.current().row_height) == ("light", round(26 * 1.25))
    assert pixmap("home", 20).toImage() != dark
    theme.apply(qapp, "light")


def test_an_icon_that_is_not_there_is_named(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError, match=r"no-such-icon\.svg"):
        icon("no-such-icon")


def test_every_register_has_an_icon(qapp: QApplication, business: Any) -> None:
    assert [register.name for register in business.registers if icon(register.icon).isNull()] == []


def test_the_window_writes_in_the_font_that_it_carries(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    assert qapp.font().family() == "Noto Sans SC"


def test_english_quotes_are_as_narrow_as_letters_and_chinese_ones_stay_wide(qapp: QApplication) -> None:
    widths = {}
    for language in ("en", "zh_CN"):
        use_language(language)
        theme.apply(qapp, "light")
        widths[language] = QFontMetrics(theme.current().font()).horizontalAdvance("“”")
    use_language("en")
    theme.apply(qapp, "light")
    assert widths["en"] < 0.6 * widths["zh_CN"]


def test_a_column_is_wide_enough_for_its_bold_sum(qtbot: Any) -> None:
    model = PlainModel([PlainColumn(_("Item")), PlainColumn(_("Amount"), "money")])
    model.show_rows([PlainRow(("A", Decimal("1.00"))), PlainRow((_("Total"), Decimal("88345122145.50")), "total")])
    table = TableView()
    qtbot.addWidget(table)
    table.setModel(model)
    bold = QFontMetrics(theme.current().font("body", bold=True))
    assert table.sizeHintForColumn(1) >= bold.horizontalAdvance("88,345,122,145.50") + 8
