"""What a search finds a text by."""

from toy_lists import ToyArticle, ToyClinic

from dentalsales.usecases.search_text import COMBINATIONS, fill_search_text, normalise, open_words, search_text


def test_full_width_letters_and_capitals_are_the_same_as_plain_ones():
    assert normalise("  Ａ１　Filtek\tZ350 ") == "a1 filtek z350"


def test_a_chinese_name_is_found_by_its_letters_initials_and_pinyin_in_every_reading():
    words = search_text(["曾惠"]).split()
    assert {"曾惠", "zh", "ch", "zenghui", "cenghui"} <= set(words)


def test_a_phrase_is_found_by_its_usual_reading_and_by_others():
    words = search_text(["重庆朝阳"]).split()
    assert "chongqingchaoyang" in words and "zhongqingzhaoyang" in words


def test_letters_and_digits_stay_where_they_stand_between_the_pinyin():
    words = search_text(["3M 树脂（A2）"]).split()
    assert "3msza2" in words and "3mshuzhia2" in words


def test_every_value_counts_once_and_empty_ones_not_at_all():
    assert search_text(["A-1", "", "a-1", "B"]) == "a-1 b"


def test_a_name_full_of_polyphones_stays_within_bounds_and_keeps_its_usual_reading():
    words = search_text(["长乐重朝藏行都会" * 3]).split()
    assert len(words) <= 2 * COMBINATIONS + 1
    assert search_text(["长沙" + "长乐重朝藏行都会" * 3]).split()[1].startswith("cs")


def test_a_record_is_found_by_its_fields_marked_for_search():
    clinic = ToyClinic(name="曾惠口腔", phone="13800001234", size="big")
    fill_search_text(clinic)
    assert "zhkq" in clinic.search_text and "13800001234" in clinic.search_text and "big" not in clinic.search_text


def test_a_code_is_found_without_its_hyphens():
    article = ToyArticle(code="NI-30", name="锉")
    fill_search_text(article)
    assert article.search_text.split()[-1] == "ni30"


def test_what_is_masked_for_some_stands_apart_from_what_all_may_search_by():
    clinic = ToyClinic(name="曾惠口腔", phone="13800001234")
    fill_search_text(clinic)
    assert "zhkq" in open_words(clinic.search_text) and "138" not in open_words(clinic.search_text)
