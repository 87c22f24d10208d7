"""The Chinese catalogue is complete, keeps the house's terms and wording, and the code marks its texts rightly."""

import ast
import gettext
import os
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dentalsales import app
from dentalsales.i18n import DOMAIN, Text, _, c_, in_all_languages, n_, tr, use_language

TOP = Path(__file__).parent.parent
SOURCE = TOP / "src" / "dentalsales"
PO = TOP / "resources" / "locale" / "zh_CN" / "LC_MESSAGES" / f"{DOMAIN}.po"
GLOSSARY = TOP / "docs" / "glossary.md"
MARKS = {"_": None, "c_": ((1, "c"), 2), "n_": (1, 2)}
"""The same marks that make.py collects."""

LATIN_WORDS = {
    "A", "B", "C", "Alt", "Ctrl", "Ctrl+V", "CSV", "DIR", "Del", "Enter", "Esc", "Excel", "HTML", "ID", "JSON", "MB",
    "No", "OpenDocument", "PDF", "PNG", "PostgreSQL", "SKU", "SQLite", "Shift", "Tab", "UDI", "URL", "UTF-8", "VIP", "WPS",
    "t",
    "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12",
    ".csv", ".ods", ".pdf", ".tsv", ".txt", ".xls", ".xlsm", ".xlsx",
    "--data", "--database", "--help", "--lang", "--user",
    "DENTALSALES_LANG", "DENTALSALES_PASSWORD", "DENTALSALES_USER",
    "company.db", "dental-sample", "large", "list", "office", "sqlite",
}  # fmt: skip
"""Latin letters that a Chinese text may hold: names of keys, formats, options and files."""
NOT_SAID = ("您", "非法", "致命", "异常", "未知错误", "操作失败", "台帐", "请输入", "请选择")
POLITE = ("请核对无误后盖章回传", "收货时请当面验收")
"""Papers speak to the customer and may say 请; the program itself doesn't."""
TERMS = {
    "advance": "预收",
    "bulk": "大宗",
    "complaint": "投诉",
    "contract": "合同",
    "credit limit": "信用额度",
    "customers?": "客户",
    "dispatch notes?": "出货单",
    "expir(?:y|es|ed)": "有效期",
    "goods-in": "入库",
    "key customers?": "重点客户",
    "ledger": "台账",
    "list price": "标准价",
    "local sales": "地销",
    "lots?": "批号",
    "on account": "月结|账期|挂账",
    "orders?": "订单|订货",
    "overdue": "逾期|超时",
    "price level": "价格级别",
    "receipts?": "收款",
    "receivables?": "应收",
    "red entr(?:y|ies)": "红冲",
    "registration": "注册证",
    "reserved": "已占用",
    "return visit": "回访",
    "roles?": "角色",
    "salesperson": "业务员",
    "samples?": "样品|示例",
    "special prices?": "特批价格",
    "stock": "库存|盘",
    "suppliers?": "供应商",
    "targets?": "目标",
    "terms": "结算方式",
    "unified sales": "统销",
}
"""One thing, one word: where the English text says the key, the Chinese text says the value."""
OTHER_SENSE = {
    "Customer service",
    "Customer service manager",
    "Review order",
    "Screens, in the order of the navigation",
}
"""Texts in which a term's English word means something else, or its Chinese verb stands alone on a button."""
STATES = {
    "orders": "已录入 待货 已确认库存 已审核 已付款 已开单 部分发货 已发货 已送达 已关闭 已红冲 作废",
    "dispatch_notes": "草稿 已发货 已送达",
}
STEPS = {"orders": "记录同意 转待货 审核 开单 关闭 退回修改 红冲 作废订单", "receipts": "确认收款"}
TITLES = {
    "sales_daily": "《销售日报表》",
    "clerk_daily": "《每天日报表》",
    "sales_monthly": "《销售月报表》",
    "customer_tracking": "《客户管理跟踪表》",
    "supply_summary": "《订货排产情况汇总表》",
    "order_slip": "《订单单》",
    "dispatch_note": "《出货单》",
    "receipt": "《收款单》",
}
"""The names that the policies give reports and papers."""


@cache
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file)


def entries() -> list[Message]:
    return [entry for entry in catalogue() if entry.id]


def english_of(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[-1]


def chinese_of(entry: Message) -> str:
    return entry.string if isinstance(entry.string, str) else entry.string[0]


def translated() -> list[tuple[str, str]]:
    """English and Chinese of every text that has both; a missing one fails one test, not ten."""
    return [(english_of(entry), chinese_of(entry)) for entry in entries() if chinese_of(entry)]


def without_values(text: str) -> str:
    return re.sub(r"\{[^}]*\}|%\(\w+\)[rs]|%s", "", text)


def is_sentence(text: str) -> bool:
    return text.endswith(".") and text != "No."


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    paths = sorted(SOURCE.rglob("*.py"))
    return tuple((path.relative_to(SOURCE), ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


@pytest.fixture(scope="module")
def compiled() -> None:
    """Bring the compiled translations up to their source, as make.py does before each task."""
    target = PO.with_suffix(".mo")
    if not target.exists() or target.stat().st_mtime_ns < PO.stat().st_mtime_ns:
        fresh = target.with_suffix(f".{os.getpid()}")
        with fresh.open("wb") as file:
            write_mo(file, catalogue())
        fresh.replace(target)


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
    for entry in entries():
        for text in (entry.id,) if isinstance(entry.id, str) else entry.id:
            names = [re.sub(r":[^}]*", "", name) for name in values.findall(text)]
            there = [re.sub(r":[^}]*", "", name) for name in values.findall(chinese_of(entry))]
            assert sorted(there) == sorted(names), text


def test_the_catalogue_names_no_person_and_no_machine() -> None:
    header = PO.read_text(encoding="utf-8").split("\n\n", 1)[0]
    assert "@" not in header
    assert '"Language: zh_CN\\n"' in header
    assert '"Plural-Forms: nplurals=1; plural=0;\\n"' in header


def test_chinese_texts_hold_no_latin_words_but_names() -> None:
    for _english, chinese in translated():
        words = re.findall(r"(?:--|\.)?[A-Za-z][\w.+-]*", without_values(chinese))
        assert {word.rstrip(".") for word in words} <= LATIN_WORDS, chinese


def test_sentences_end_with_a_stop_and_labels_do_not() -> None:
    for english, chinese in translated():
        assert is_sentence(english) == chinese.endswith("。"), chinese
        for mark, wide in (("?", "？"), (":", "：")):
            assert english.rstrip().endswith(mark) == chinese.endswith(wide), chinese


def test_chinese_punctuation_is_full_width() -> None:
    for _english, chinese in translated():
        words = re.sub(r"\((\*\.\w+ ?)+\)|\w+:///", "", without_values(chinese))
        if re.search(r"[\u4e00-\u9fff]", words):
            assert not re.search(r"[,;:?!()\"]|\.\.\.", words), chinese


def test_a_space_stands_between_chinese_and_latin_letters_or_numbers() -> None:
    for _english, chinese in translated():
        words = re.sub(r"“[^”]*”", "", without_values(chinese))
        assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]", words), chinese


def test_chinese_texts_blame_nobody_and_use_no_jargon() -> None:
    for _english, chinese in translated():
        assert not [word for word in NOT_SAID if word in chinese], chinese
        assert "失败" not in chinese, f"say what to do: {chinese}"
        assert "请" not in chinese.replace("申请", "") or chinese.startswith(POLITE), chinese


def test_one_thing_has_one_word() -> None:
    for english, chinese in translated():
        if english in OTHER_SENSE:
            continue
        for term, word in TERMS.items():
            if re.search(rf"\b{term}\b", without_values(english), re.I):
                assert re.search(word, chinese), f"{english} ({term}: {word})"


def glossary_rows() -> list[tuple[str, str]]:
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| [^-]", line)]
    return [(row[0], row[1]) for row in rows if row[:2] != ["中文", "English"]]


def test_glossary_and_catalogue_agree() -> None:
    catalogue_words: dict[str, set[str]] = {}
    for english, chinese in translated():
        catalogue_words.setdefault(english.lower(), set()).add(chinese)
    for chinese, english in glossary_rows():
        known = catalogue_words.get(english.lower(), {chinese})
        assert chinese in known, f"glossary: {english} = {chinese}, catalogue: {known}"


def test_registers_reports_and_papers_stand_in_the_glossary(compiled: None) -> None:
    use_language("zh_CN")
    business, rows = app.business(), set(glossary_rows())
    for thing in (*business.registers, *business.reports, *business.printouts):
        assert (tr(thing.title), str(thing.title)) in rows, thing.name


def test_papers_and_reports_bear_the_names_of_the_policies(compiled: None) -> None:
    use_language("zh_CN")
    business = app.business()
    shown = {thing.name: tr(thing.title) for thing in (*business.reports, *business.printouts)}
    assert {name: shown.get(name) for name in TITLES} == TITLES


def test_states_and_steps_bear_the_words_of_the_process(compiled: None) -> None:
    use_language("zh_CN")
    business = app.business()
    for name, words in STATES.items():
        workflow = business.register(name).workflow
        assert workflow is not None
        assert " ".join(tr(state.label) for state in workflow.states) == words
    for name, words in STEPS.items():
        workflow = business.register(name).workflow
        assert workflow is not None
        assert set(words.split()) <= {tr(step.label) for step in workflow.steps}


def test_the_catalogue_compiles_and_answers(tmp_path: Path) -> None:
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / f"{DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalogue())
    chinese = gettext.translation(DOMAIN, str(tmp_path), ["zh_CN"])
    for entry in entries():
        if not isinstance(entry.id, str):
            assert chinese.ngettext(entry.id[0], entry.id[1], 2) == chinese_of(entry)
        elif entry.context:
            assert chinese.pgettext(entry.context, entry.id) == chinese_of(entry)
        else:
            assert chinese.gettext(entry.id) == chinese_of(entry)


def test_switching_the_language_changes_what_is_shown(compiled: None) -> None:
    customers, letter = app.business().register("customers").title, c_("price source", "C")
    rows = n_("{count:,} row", "{count:,} rows").fill(count=1200)
    shown = {}
    for language in ("zh_CN", "en", "no such language"):
        use_language(language)
        shown[language] = [tr(customers), tr(letter), tr(rows)]
    assert shown["zh_CN"] == ["客户", "约", "1,200 行"]
    assert shown["en"] == shown["no such language"] == ["Customers", "C", "1,200 rows"]


def test_values_are_translated_with_their_text_and_data_is_left_alone(compiled: None) -> None:
    use_language("zh_CN")
    assert tr(_("{label}, required"), label=_("Customer")) == "客户，必填"
    assert tr("Customer") == "Customer"
    assert tr(Text("")) == ""
    assert in_all_languages(_("Customer")) == ("Customer", "客户")


def test_marks_hold_whole_texts_without_values() -> None:
    for path, module in modules():
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in MARKS:
                marked = call.args[: 1 if call.func.id == "_" else 2]
                literal = all(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in marked)
                assert literal, f"{path}:{call.lineno} marks something else than a text"


def test_no_sentence_is_joined_from_pieces() -> None:
    for path, module in modules():
        for node in ast.walk(module):
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
    for path, module in modules():
        if path.parts[0] != "ui":
            continue
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            assert not (isinstance(call.func, ast.Attribute) and name == "tr"), f"{path}:{call.lineno} calls QWidget.tr"
            if name in speaking:
                said = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                english = [words for words in said if re.search("[a-z]{2}", re.sub("Ctrl|Alt|Shift", "", words))]
                assert english == [], f"{path}:{call.lineno} is not translated"
