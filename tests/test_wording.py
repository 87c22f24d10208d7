"""Chinese texts keep the house's terms, the policies' names and the rules of wording; the glossary agrees with them."""

import re

from catalogue import TOP, speak_chinese, translated

from dentalsales import app
from dentalsales.i18n import tr

GLOSSARY = TOP / "docs" / "glossary.md"

LATIN_WORDS = {
    "A", "B", "C", "A4", "A5", "Alt", "Ctrl", "Ctrl+Enter", "Ctrl+V", "CSV", "DIR", "Del", "Enter", "Esc", "Excel",
    "HTML", "ICU", "ID", "JPEG", "JSON", "MB", "No", "OpenDocument", "PDF", "PNG", "PostgreSQL", "SKU", "SQLite",
    "Shift", "Tab", "U", "UDI", "URL", "UTF-8", "VIP", "WPS", "t",
    "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12",
    ".csv", ".jpeg", ".jpg", ".ods", ".pdf", ".png", ".tsv", ".txt", ".xls", ".xlsm", ".xlsx",
    "--data", "--database", "--help", "--lang", "--user",
    "ENCODING", "PGPASSWORD", "TLS", "UTF8", "pg_hba.conf", "postgres",
    "disable", "require", "sslmode", "sslrootcert", "verify-full",
    "DENTALSALES_LANG", "DENTALSALES_PASSWORD", "DENTALSALES_USER",
    "company.db", "dental-sample", "large", "list", "office", "postgresql", "sqlite",
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
    "special prices?": "特批价格|价格特批单",
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


def without_values(text: str) -> str:
    return re.sub(r"\{[^}]*\}|%\(\w+\)[rs]|%s", "", text)


def is_sentence(text: str) -> bool:
    return text.endswith(".") and text != "No."


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
        words = re.sub(r"\((\*\.\w+ ?)+\)|\w+://|\?sslmode=\w+", "", without_values(chinese))
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


def test_registers_reports_and_papers_stand_in_the_glossary() -> None:
    speak_chinese()
    business, rows = app.business(), set(glossary_rows())
    for thing in (*business.registers, *business.reports, *business.printouts):
        assert (tr(thing.title), str(thing.title)) in rows, thing.name


def test_papers_and_reports_bear_the_names_of_the_policies() -> None:
    speak_chinese()
    business = app.business()
    shown = {thing.name: tr(thing.title) for thing in (*business.reports, *business.printouts)}
    assert {name: shown.get(name) for name in TITLES} == TITLES


def test_states_and_steps_bear_the_words_of_the_process() -> None:
    speak_chinese()
    business = app.business()
    for name, words in STATES.items():
        workflow = business.register(name).workflow
        assert workflow is not None
        assert " ".join(tr(state.label) for state in workflow.states) == words
    for name, words in STEPS.items():
        workflow = business.register(name).workflow
        assert workflow is not None
        assert set(words.split()) <= {tr(step.label) for step in workflow.steps}
