"""The Chinese catalogue is complete, the language can be switched, and the code marks its texts rightly."""

import ast
import gettext
import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from catalogue import PO, catalogue, chinese_of, entries, speak_chinese
from sources import SOURCE, files, nodes_of

from dentalsales import app
from dentalsales.i18n import DOMAIN, Text, _, c_, in_all_languages, n_, tr, use_language

MARKS = {"_": None, "c_": ((1, "c"), 2), "n_": (1, 2)}
"""The same marks that make.py collects."""


def test_every_marked_text_is_in_the_catalogue_and_nothing_else() -> None:
    marked = {(context, text) for _file, _line, text, _notes, context in extract_from_dir(SOURCE, keywords=MARKS)}
    known = {(entry.context, entry.id) for entry in entries()}
    assert not marked - known, "run: python3 make.py texts"
    assert not known - marked, "run: python3 make.py texts"
    assert not catalogue().obsolete


def test_every_text_is_translated_and_none_is_guessed() -> None:
    assert [entry.id for entry in entries() if not chinese_of(entry)] == []
    assert [entry.id for entry in entries() if entry.fuzzy] == []


def test_the_chinese_text_carries_the_same_values() -> None:
    values = re.compile(r"\{[^}]*\}|%\(\w+\)[rs]|%s")
    for entry in filter(chinese_of, entries()):
        for text in (entry.id,) if isinstance(entry.id, str) else entry.id:
            names = [re.sub(r":[^}]*", "", name) for name in values.findall(text)]
            there = [re.sub(r":[^}]*", "", name) for name in values.findall(chinese_of(entry))]
            assert sorted(there) == sorted(names), text


def test_the_catalogue_names_no_person_and_no_machine() -> None:
    header = PO.read_text(encoding="utf-8").split("\n\n", 1)[0]
    assert "@" not in header
    assert '"Language: zh_CN\\n"' in header
    assert '"Plural-Forms: nplurals=1; plural=0;\\n"' in header


def test_the_catalogue_compiles_and_answers(tmp_path: Path) -> None:
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / f"{DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalogue())
    chinese = gettext.translation(DOMAIN, str(tmp_path), ["zh_CN"])
    for entry in filter(chinese_of, entries()):
        if not isinstance(entry.id, str):
            assert chinese.ngettext(*tuple(entry.id or ()), 2) == chinese_of(entry)
        elif entry.context:
            assert chinese.pgettext(entry.context, entry.id) == chinese_of(entry)
        else:
            assert chinese.gettext(entry.id) == chinese_of(entry)


def test_switching_the_language_changes_what_is_shown() -> None:
    customers, letter = app.business().register("customers").title, c_("price source", "C")
    rows = n_("{count:,} row", "{count:,} rows").fill(count=1200)
    shown = {}
    speak_chinese()
    shown["zh_CN"] = [tr(customers), tr(letter), tr(rows)]
    for language in ("en", "no such language"):
        use_language(language)
        shown[language] = [tr(customers), tr(letter), tr(rows)]
    assert shown["zh_CN"] == ["客户", "约", "1,200 行"]
    assert shown["en"] == shown["no such language"] == ["Customers", "C", "1,200 rows"]


def test_values_are_translated_with_their_text_and_data_is_left_alone() -> None:
    speak_chinese()
    assert tr(_("{label}, required"), label=_("Customer")) == "客户，必填"
    assert tr("Customer") == "Customer"
    assert tr(Text("")) == ""
    assert in_all_languages(_("Customer")) == ("Customer", "客户")


def test_marks_hold_whole_texts_without_values() -> None:
    for path in files():
        for call in (node for node in nodes_of(path) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in MARKS:
                marked = call.args[: 1 if call.func.id == "_" else 2]
                literal = all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in marked)
                assert literal, f"{path}:{call.lineno} marks something else than a text"


def test_no_sentence_is_joined_from_pieces() -> None:
    for path in files():
        for node in nodes_of(path):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
                assert not (is_text(node.left) and is_text(node.right)), f"{path}:{node.lineno} joins two texts"
                assert not is_marked(node.left) and not is_marked(node.right), f"{path}:{node.lineno} loses a mark"


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"tr", *MARKS}


def is_marked(node: ast.expr) -> bool:
    return is_text(node) and isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS


def test_widgets_show_only_what_can_be_translated() -> None:
    """Neither Qt's own translation nor English words handed to a widget untranslated."""
    speaking = {"addAction", "addItem", "addTab", "setAccessibleName", "setPlaceholderText", "setStatusTip", "setText",
                "setTitle", "setToolTip", "setWindowTitle", "QLabel", "QPushButton", "QCheckBox"}  # fmt: skip
    for path in files():
        if path.relative_to(SOURCE).parts[0] != "ui":
            continue
        for call in (node for node in nodes_of(path) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            assert not (isinstance(call.func, ast.Attribute) and name == "tr"), f"{path}:{call.lineno} calls QWidget.tr"
            if name in speaking:
                said = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                english = [words for words in said if re.search("[a-z]{2}", re.sub("Ctrl|Alt|Shift", "", words))]
                assert english == [], f"{path}:{call.lineno} is not translated"
