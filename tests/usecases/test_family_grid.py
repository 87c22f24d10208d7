"""A family of products as a grid: who belongs to it, what stands in which row and column, what is available of each."""

from typing import Any

import pytest
from makers import a_customer, a_product, some_stock

from dentalsales.usecases.family_grid import family_grid, family_size, matrix_of
from dentalsales.usecases.form import new_form, open_form


@pytest.fixture
def form(desks: Any) -> Any:
    return new_form(desks["clerk"], "orders", customer_id=a_customer(desks))


def family(desks: Any, *variants: tuple[str, str], name: str = "树脂") -> list[int]:
    """Products of one name, brand and model; (specification, shade) each."""
    return [a_product(desks, name, code=f"{name}{at:02}", spec=spec, shade=shade, brand="甲")
            for at, (spec, shade) in enumerate(variants)]  # fmt: skip


def laid_out(form: Any, record_id: int) -> tuple[list[str], list[str], dict[tuple[int, int], int]]:
    found = family_grid(form, matrix_of(form, "lines"), record_id)
    assert found is not None
    return list(found.down), list(found.across), {at: one.id for at, one in found.members.items()}


def test_shades_of_one_size_are_folded_by_their_letter(desks: Any, form: Any) -> None:
    a1, a2, a35, b1, b2 = family(desks, ("4g", "A1"), ("4g", "A2"), ("4g", "A3.5"), ("4g", "B1"), ("4g", "B2"))
    down, across, members = laid_out(form, a2)
    assert (down, across) == (["A", "B"], ["1", "2", "3.5"])
    assert members == {(0, 0): a1, (0, 1): a2, (0, 2): a35, (1, 0): b1, (1, 1): b2}


def test_two_axes_stand_as_rows_and_columns(desks: Any, form: Any) -> None:
    products = family(desks, ("2g", "A1"), ("4g", "A1"), ("2g", "A2"), ("4g", "A2"))
    down, across, members = laid_out(form, products[0])
    assert (down, across, len(members)) == (["2g", "4g"], ["A1", "A2"], 4)


def test_glove_sizes_are_in_the_order_of_sizes(desks: Any, form: Any) -> None:
    products = family(desks, ("L", ""), ("M", ""), ("S", ""), ("XL", ""), name="手套")
    assert laid_out(form, products[0])[:2] == ([""], ["S", "M", "L", "XL"])


def test_files_are_in_the_order_of_their_numbers(desks: Any, form: Any) -> None:
    products = family(desks, ("#40", ""), ("#8", ""), ("#15", ""), name="根管锉")
    assert laid_out(form, products[0])[:2] == ([""], ["#8", "#15", "#40"])


def test_words_that_all_members_share_are_left_out(desks: Any, form: Any) -> None:
    files = family(desks, ("#15 25mm 6支/板", ""), ("#8 25mm 6支/板", ""), ("#40 25mm 6支/板", ""), name="根管锉")
    assert laid_out(form, files[0])[:2] == ([""], ["#8", "#15", "#40"])
    burs = family(desks, ("ISO 001/010 5支", ""), ("ISO 237/012 5支", ""), name="车针")
    assert laid_out(form, burs[0])[:2] == ([""], ["001/010", "237/012"])


def test_a_grid_of_holes_is_not_made(desks: Any, form: Any) -> None:
    products = family(desks, ("1.2ml×2支", ""), ("3ml×1支", ""), name="封闭剂")
    assert laid_out(form, products[0])[:2] == ([""], ["1.2ml×2支", "3ml×1支"])


def test_implants_are_folded_by_diameter_and_length(desks: Any, form: Any) -> None:
    products = family(desks, ("Φ4.1×10mm", ""), ("Φ3.3×8mm", ""), ("Φ3.3×10mm", ""), ("Φ4.1×8mm", ""), name="种植体")
    assert laid_out(form, products[0])[:2] == (["Φ3.3", "Φ4.1"], ["8mm", "10mm"])


def test_two_of_the_same_shade_stand_apart_by_their_code(desks: Any, form: Any) -> None:
    products = family(desks, ("4g", "A1"), ("4g", "A1"), ("4g", "A2"))
    assert len(laid_out(form, products[0])[2]) == 3


def test_other_brands_and_disabled_members_do_not_belong(desks: Any, form: Any) -> None:
    products = family(desks, ("4g", "A1"), ("4g", "A2"), ("4g", "A3"))
    a_product(desks, "树脂", code="Z9", spec="4g", shade="A9", brand="乙")
    gone = open_form(desks["manager"], "products", products[2])
    gone.set("disabled", True)
    gone.save()
    matrix = matrix_of(form, "lines")
    assert family_size(form, matrix, products[0]) == 2
    assert set(laid_out(form, products[0])[2].values()) == set(products[:2])


def test_what_stands_alone_has_no_grid(desks: Any, form: Any) -> None:
    assert family_grid(form, matrix_of(form, "lines"), a_product(desks)) is None


def test_what_is_available_stands_under_each_member(desks: Any, form: Any) -> None:
    products = family(desks, ("4g", "A1"), ("4g", "A2"))
    some_stock(desks, products[1], 35)
    found = family_grid(form, matrix_of(form, "lines"), products[0])
    assert {one.id: one.fact for one in found.members.values()} == {products[0]: 0, products[1]: 35}


def test_shades_in_name_and_model_make_a_family_too(desks: Any, form: Any) -> None:
    plain = {"brand": "润美", "shade": "", "spec": "4g/支"}
    a1, a2, a3 = (
        a_product(desks, f"光固化复合树脂 {shade}", model=shade, code=f"FT-{shade}", **plain)
        for shade in ("A1", "A2", "A3")
    )
    a_product(desks, "光固化流动树脂 A1", model="A1", code="LD-A1", **plain)
    assert laid_out(form, a2) == ([""], ["A1", "A2", "A3"], {(0, 0): a1, (0, 1): a2, (0, 2): a3})
    assert family_grid(form, matrix_of(form, "lines"), a2).title == "光固化复合树脂 润美"
    small, large = (
        a_product(desks, "机用镍钛根管锉", model=f"{size}# 04 25mm", code=f"NI-{size}", **plain) for size in (30, 25)
    )
    assert laid_out(form, small) == ([""], ["25#", "30#"], {(0, 1): small, (0, 0): large})


def test_a_size_in_the_name_alone_is_what_members_are_known_by(desks: Any, form: Any) -> None:
    plain = {"model": "", "shade": "", "spec": "100只/盒"}
    m, s = (a_product(desks, f"丁腈手套 {size}", code=f"GL-{size}", **plain) for size in ("M", "S"))
    assert laid_out(form, m) == ([""], ["S", "M"], {(0, 0): s, (0, 1): m})


def test_other_models_are_another_family(desks: Any, form: Any) -> None:
    fast = a_product(desks, "藻酸盐印模材料", model="速凝型", code="Y1")
    a_product(desks, "藻酸盐印模材料", model="慢凝型", code="Y2")
    assert family_size(form, matrix_of(form, "lines"), fast) == 1


def test_who_has_the_same_series_is_one_family_whatever_the_names(desks: Any, form: Any) -> None:
    fast, slow = (
        a_product(desks, f"{word}印模材料", model=word, code=word, shade="", family="印模") for word in ("速凝", "慢凝")
    )
    a_product(desks, "速凝印模材料", model="速凝", code="Z", shade="B")
    assert set(laid_out(form, fast)[2].values()) == {fast, slow}
