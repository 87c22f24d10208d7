"""Text tables are read in every encoding and separator that offices write, row by row."""

import codecs
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange.csv_out import as_harmless
from dentalsales.exchange.open_source import open_source
from dentalsales.exchange.source import Limits, ReadingStopped, Source
from dentalsales.i18n import tr

ROWS = [
    ("客户编号", "客户名称", "备注"),
    ("C-001", "仁爱口腔诊所", "老客户，月结"),
    ("C-002", "示例义齿加工厂", "第一行\n第二行"),
    ("C-003", "说“好”", 'a"b,c;d\te'),
]
ENCODINGS = {
    "UTF-8": ("utf-8", b""),
    "UTF-8 with mark": ("utf-8", codecs.BOM_UTF8),
    "GB18030": ("gb18030", b""),
    "UTF-16 LE with mark": ("utf-16-le", codecs.BOM_UTF16_LE),
    "UTF-16 BE with mark": ("utf-16-be", codecs.BOM_UTF16_BE),
    "UTF-16 LE": ("utf-16-le", b""),
    "UTF-16 BE": ("utf-16-be", b""),
}


def table(rows: Sequence[tuple[str, ...]], separator: str = ",") -> str:
    quoted = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return "".join(line + "\r\n" for line in quoted)


def opened(path: Path, text: str, encoding: str = "utf-8", mark: bytes = b"") -> Source:
    path.write_bytes(mark + text.encode(encoding))
    return open_source(path)


def refusal_of(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(RuleBroken) as refused:
        list(open_source(path).rows())
    return tr(refused.value.text)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("written_in", ENCODINGS)
def test_every_encoding_and_separator_gives_the_same_rows(tmp_path: Path, written_in: str, separator: str) -> None:
    source = opened(tmp_path / "客户.csv", table(ROWS, separator), *ENCODINGS[written_in])
    assert list(source.rows()) == list(enumerate(ROWS, 1))
    assert [(sheet.name, sheet.hidden) for sheet in source.sheets] == [("客户", False)]


def test_a_chinese_letter_far_down_decides_the_encoding(tmp_path: Path) -> None:
    text = "code,name\n" + "A-1,plain\n" * 150_000 + "A-2,仁爱\n"
    for encoding in ("utf-8", "gb18030"):
        assert list(opened(tmp_path / "a.csv", text, encoding).rows(start=150_001)) == [(150_002, ("A-2", "仁爱"))]


def test_rows_are_numbered_as_excel_shows_them(tmp_path: Path) -> None:
    source = opened(tmp_path / "a.csv", 'a,b\n\n,\n"x\ny",1\n\u3000 ,\nz,,\n')
    assert list(source.rows()) == [(1, ("a", "b")), (4, ("x\ny", "1")), (6, ("z",))]
    assert list(source.rows(start=4)) == [(6, ("z",))]


@pytest.mark.parametrize("formula", "=1+1 +1 -12.5 @SUM \tx ＝1 ＋1 －1 ＠x '=1 ''-x 'x".split(" "))
def test_the_shield_of_our_own_export_is_taken_off(tmp_path: Path, formula: str) -> None:
    source = opened(tmp_path / "a.csv", f'a,b\n"{as_harmless(formula)}",1\n')
    assert list(source.rows(start=1)) == [(2, (formula, "1"))]


def test_commas_inside_numbers_do_not_hide_the_semicolons(tmp_path: Path) -> None:
    source = opened(tmp_path / "a.csv", "编号;单价;数量\nA1;1,50;2\nA2;2,50;3\n")
    assert [len(cells) for _number, cells in source.rows()] == [3, 3, 3]


def test_a_separator_line_of_excel_is_obeyed_and_hidden(tmp_path: Path) -> None:
    assert list(opened(tmp_path / "a.csv", "sep=;\r\na;b,c\r\n").rows()) == [(1, ("a", "b,c"))]


def test_one_column_without_separator_is_a_table_too(tmp_path: Path) -> None:
    assert list(opened(tmp_path / "a.txt", "编号\nA1").rows()) == [(1, ("编号",)), (2, ("A1",))]


def test_the_end_mark_of_an_old_program_is_no_row(tmp_path: Path) -> None:
    assert list(opened(tmp_path / "a.csv", "编号,名称\r\n1,甲\r\n\x1a", "gb18030").rows()) == [
        (1, ("编号", "名称")),
        (2, ("1", "甲")),
    ]


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    assert "neither a workbook nor a text table" in refusal_of(tmp_path / "a.csv", bytes(range(256)) * 20)
    assert "neither a workbook nor a text table" in refusal_of(tmp_path / "a.csv", b"a,b\n\x01\x02\n")
    assert "is empty" in refusal_of(tmp_path / "a.csv", codecs.BOM_UTF8 + b" \r\n")


def test_damaged_letters_are_named_by_their_line(tmp_path: Path) -> None:
    good = table([("仁爱口腔诊所", "备注")] * 40).encode()
    assert "Line 41 of a.csv holds bytes that are no letters" in refusal_of(tmp_path / "a.csv", good + b"a,\xff\xfe\n")
    assert "Line 41 of a.csv holds bytes that are no letters" in refusal_of(
        tmp_path / "a.csv", good + "口".encode()[:2]
    )
    assert "The letters of a.csv cannot be read" in refusal_of(tmp_path / "a.csv", b"a,\xff\xff\n")


def test_an_open_quotation_mark_is_named_by_its_row(tmp_path: Path) -> None:
    content = b'a,b\n1,2\n3,"' + b"x,y\n" * 100_000
    assert "cannot be read after row 2: a quotation mark is not closed" in refusal_of(tmp_path / "a.csv", content)


def test_rows_and_columns_have_limits(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" * 10)
    for limits, words in ((Limits(rows=5), "more than 5 rows"), (Limits(columns=1), "more than 1 columns")):
        with pytest.raises(RuleBroken) as refused:
            list(open_source(path, limits).rows())
        assert words in tr(refused.value.text)


def test_a_line_without_an_end_is_read_like_any(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\nc," + "d" * 60_000)
    assert [number for number, _cells in open_source(tmp_path / "a.csv").rows()] == [1, 2]


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" * 5_000)
    stop = [False]
    rows = open_source(path, stopped=lambda: stop[0]).rows()
    next(rows)
    stop[0] = True
    with pytest.raises(ReadingStopped):
        list(rows)
    with pytest.raises(ReadingStopped):
        open_source(path, stopped=lambda: True)


def test_half_a_million_lines_stream_in_flat_memory(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    line = "2026-11-22,C-{0:05},仁爱口腔诊所,P-{1:04},光固化复合树脂 A2,盒,{1},185.50,华东,备注\n"
    with path.open("w", encoding="gb18030") as file:
        file.writelines(line.format(number % 5_000, number % 3_000) for number in range(500_000))
    program = (
        "import sys, pathlib, resource\n"
        "from dentalsales.exchange.open_source import open_source\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "source = open_source(pathlib.Path(sys.argv[1])); before = peak()\n"
        "print(sum(1 for row in source.rows()), source.sheets[0].rows_estimate, peak() - before < 20_000)\n"
    )
    if sys.platform == "win32":
        program = program.replace(", resource", "").replace("resource.getrusage(resource.RUSAGE_SELF).ru_maxrss", "0")
    ran = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True, text=True, env={"PYTHONPATH": ":".join(sys.path)}, check=False,
    )  # fmt: skip
    assert ran.stdout.split() == ["500000", "500000", "True"], ran.stderr
