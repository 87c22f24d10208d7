"""What stands on the command line and in file names is a stranger's: each wrong word gets one clear sentence."""

import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from desks import Desks

from dentalsales import app, cli
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.usecases import sign_in

NO_PLACE = ("There is no file", "is a folder", "is a device", "cannot be read", "cannot be written", "The folder of")
"""What is said of a name under which nothing can be read or written; the exit code is that of words not understood."""


@pytest.fixture
def place(template: Path, business: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a company in it, whose manager works from the command line."""
    shutil.copytree(template, tmp_path / "company")
    company = FolderCompany.open(tmp_path / "company", app.metadata())
    manager = Desks(business, company, lambda: datetime.now(UTC))["manager"]
    sign_in.set_password(manager, manager.employee_id, "dental-sample")
    company.close()
    monkeypatch.setenv("DENTALSALES_PASSWORD", "dental-sample")
    monkeypatch.setattr("dentalsales.app.companies.user_folder", lambda kind: tmp_path / "own")
    (tmp_path / "a.csv").write_text("客户名称,联系人,联系电话,地址\n甲,王,13800138001,x\n", encoding="utf-8-sig")
    return tmp_path


def test_strange_words_get_one_sentence_each_and_never_move_the_cursor(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = place / "a.csv"
    if hasattr(os, "mkfifo"):
        os.mkfifo(place / "pipe")
    wrong: tuple[tuple[tuple[str, ...], str], ...] = (
        (("import", "customers", str(place / "no\x1b[31m.csv")), "There is no file no\\u001b[31m.csv."),
        (("import", "customers", str(place / "two\nlines.csv")), "There is no file two\\u000alines.csv."),
        (("import", "customers", str(place / "\u202evsc.a")), "There is no file \\u202evsc.a."),
        (("import", "customers", str(place)), "is a folder. Choose a file in it."),
        (("import", "customers", ""), "is a folder. Choose a file in it."),
        (("import", "customers", "x" * 5_000), "cannot be read. Check its name"),
        (("import", "customers", os.devnull), "null is a device or a pipe, no file."),
        (("import", "customers", str(place / "pipe")), "pipe is a device or a pipe, no file."),
        (("import", "customers", str(file / "x")), "x cannot be read. Check its name"),
        (("import", "customers", str(file), "--bad-rows", ""), ". is a folder."),
        (("import", "customers", str(file), "--bad-rows", str(place / "none" / "x.xlsx")), "The folder of x.xlsx"),
        (("import", "customers", str(file), "--bad-rows", "x" * 5_000), "cannot be written. Check its name"),
        (("check", str(place)), f"{place.name} is a folder."),
        (("check", "x" * 5_000), "cannot be read. Check its name"),
        (("look", str(place / "none")), "There is no file none."),
        (("restore", os.devnull), "null is a device or a pipe, no file."),
        (("check", str(file), "--passphrase-file", str(place)), f"{place.name} cannot be read. Check its name"),
        (("restore", str(file), "--passphrase-file", str(place / "no")), "no cannot be read. Check its name"),
        (("import", "customers", str(file), "--map", "="), "The file has no heading “”."),
        (("import", "customers", str(file), "--map", "nonsense"), "The file has no heading “nonsense”."),
        (("import", "customers", str(file), "--map", "a\nb=name"), "The file has no heading “a\\u000ab”."),
        (("import", "customers", str(file), "--map", "联系人=colour"), "colour"),
        (("import", "customers", str(file), "--map", "客户名称="), "matched with: Customer name."),
        (("import", "customers", str(file), "--sheet", "二"), "a.csv has no sheet 二. Choose one of its sheets."),
        (("import", "customers", str(file), "--heading-row", "-3"), "Row -3 of the sheet is empty."),
        (("import", "../../customers", str(file)), "../../customers"),
        (("report", "../../x"), "There is no report “../../x”."),
        (("report", "sales_daily", "--format", "exe"), "There is no format “exe”."),
        (("report", "sales_daily", "--day", "32.13"), "“32.13” is no date."),
        (("report", "sales_daily", "--out", str(file)), "is no folder that can be written to."),
        (("backup", "--to", str(file)), "is no folder that can be written to."),
        (("check", str(file)), "a.csv is damaged or incomplete."),
        (("check", str(place / "\x1b[2Jnone")), "\\u001b[2Jnone"),
    )  # fmt: skip
    if sys.platform == "win32":  # what the system says of names is another there
        wrong = tuple(one for one in wrong if "\\u00" not in one[1])
    for words, sentence in wrong:
        try:
            code = cli.main(["--lang", "en", "--data", str(place / "company"), "--user", "manager", *words])
        except SystemExit as left:
            code = int(left.code or 0)
        told = capsys.readouterr().err
        assert code == 2 or code == 1 and not any(part in sentence for part in NO_PLACE), (words, code)
        assert sentence in told and "unexpected" not in told, (words, told)
        assert told.count("\n") == 1 and told.removesuffix("\n").isprintable(), (words, told)


@pytest.mark.skipif(sys.platform != "linux", reason="names there are letters, never bytes")
def test_a_file_whose_name_is_no_text_is_imported_all_the_same(place: Path) -> None:
    strange = place / os.fsdecode(b"\xff\xfe.csv")
    shutil.copyfile(place / "a.csv", strange)
    words = ("--data", str(place / "company"), "--user", "manager", "import", "customers", str(strange))
    assert cli.main(["--lang", "en", *words]) == 0
