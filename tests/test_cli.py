"""The command line: the same acts, the same rights, exit codes 0, 1, 2, and one clear sentence on error."""

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from company_tables import company_metadata
from desks import Desks
from figures import proved
from sqlalchemy import text

from dentalsales import app, cli
from dentalsales.storage.backup import figures
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.usecases import sign_in

SOURCE = Path(__file__).parent.parent / "src"


@pytest.fixture
def shop(sample, tmp_path) -> Path:
    return Path(shutil.copytree(sample, tmp_path / "shop"))


@pytest.fixture
def run(shop, monkeypatch, capsys):
    """Run a command as a user of the sample company; returns (exit code, printed, error)."""

    def go(*words: str, user: str = "manager", password: str = "dental-sample") -> tuple[int, str, str]:
        monkeypatch.setenv("DENTALSALES_PASSWORD", password)
        try:
            code = cli.main(["--lang", "en", "--data", str(shop), "--user", user, *words])
        except SystemExit as left:
            code = int(left.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return go


@pytest.mark.parametrize("command", ["", *(name for name, *_rest in cli.COMMANDS)])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_command_has_help_in_both_languages(command, language, capsys) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--lang", language, *([command] if command else []), "--help"])
    assert left.value.code == 0
    printed = capsys.readouterr().out
    assert "dentalsales" in printed and ("用法" in printed) == (language == "zh_CN")


def test_the_books_of_the_sample_company_agree(run) -> None:
    code, printed, error = run("check")
    assert (code, error) == (0, "") and printed.startswith("The books agree and the file is sound.\n")
    assert "entries of the history are as they were written" in printed
    seal = printed.split()[-1]
    assert run("check", "--anchor", seal)[0] == 0
    assert run("check", "--anchor", "7:0000ffff0000")[0] == 1


def test_a_report_is_written_as_excel_and_pdf_and_printed_as_json(run, tmp_path) -> None:
    code, printed, _error = run("report", "sales_daily", "--day", "2026-11-20", "--out", str(tmp_path))
    files = [Path(line) for line in printed.split()]
    assert (
        code == 0
        and {file.suffix for file in files} == {".xlsx", ".pdf"}
        and all(file.stat().st_size for file in files)
    )
    code, printed, _error = run("report", "sales_monthly", "--month", "2026-10", "--format", "json")
    sheet = json.loads(printed)
    assert code == 0 and sheet["period"] == "2026-10" and sheet["blocks"][0]["rows"]


def test_an_import_says_by_its_exit_code_whether_anything_was_kept(run, tmp_path) -> None:
    """New customers and completed ones alike; a check, or bad rows that may not be left out, keep nothing."""
    file, more = tmp_path / "a.csv", tmp_path / "b.csv"
    file.write_text("客户名称,联系人,电话,地址\n新星口腔,王,0571-88001,杭州\n坏行,,,\n", encoding="utf-8-sig")
    more.write_text("客户名称,许可证号\n新星口腔,PDY-1\n没有的,PDY-2\n", encoding="utf-8-sig")
    for path, kept in ((file, "Imported 1 row"), (more, "filled empty fields of 1")):
        assert run("import", "customers", str(path), "--check")[0] == 1
        assert run("import", "customers", str(path))[0] == 1
        code, printed, _error = run("import", "customers", str(path), "--skip-bad")
        assert code == 0 and kept in printed


@pytest.mark.parametrize(
    ("words", "user", "said"),
    [
        (("report", "nothing"), "manager", "There is no report “nothing”."),
        (("report", "sales_daily", "--day", "yesterday"), "manager", "“yesterday” is no date."),
        (("report", "sales_daily", "--day", "2026-11-20", "--month", "2026-11"), "manager", "Give a day, a month"),
        (("report", "sales_daily", "--format", "doc"), "manager", "There is no format “doc”."),
        (("report", "sales_monthly"), "warehouse", "Your roles do not include the report"),
    ],
)
def test_a_refusal_is_one_sentence_and_exit_code_1(run, words, user, said) -> None:
    code, _printed, error = run(*words, user=user)
    assert code == 1 and said in error and "Traceback" not in error


def test_what_is_not_understood_is_exit_code_2(run) -> None:
    code, _printed, error = run("report")
    assert code == 2 and "required" in error
    assert run("import", "fairy_tales", "x.csv")[0] == 2


def test_without_a_word_the_window_opens(monkeypatch) -> None:
    opened = []
    monkeypatch.setattr("dentalsales.cli.commands.window", lambda options: opened.append(options) or 0)
    assert cli.main([]) == 0 and opened[0].data is None


def test_a_wrong_password_is_one_sentence(run) -> None:
    code, _printed, error = run("check", password="wrong")
    assert code == 1 and error.startswith("Name or password is wrong.")


def test_a_folder_without_company_is_named(run, tmp_path, capsys) -> None:
    assert cli.main(["--lang", "en", "--data", str(tmp_path / "none"), "--user", "manager", "check"]) == 1
    assert "There is no company in" in capsys.readouterr().err


def test_reading_runs_beside_an_open_window_and_writing_is_refused_with_the_reason(shop, tmp_path) -> None:
    window = FolderCompany.open(shop, app.metadata())
    try:
        words = [sys.executable, "-m", "dentalsales", "--lang", "en", "--data", str(shop), "--user", "manager"]
        environment = {**os.environ, "DENTALSALES_PASSWORD": "dental-sample", "PYTHONPATH": str(SOURCE)}
        read = subprocess.run([*words, "report", "list"], capture_output=True, text=True, env=environment)
        assert read.returncode == 0 and "sales_daily" in read.stdout
        source = tmp_path / "c.csv"
        source.write_text("客户名称,联系人,电话,地址\n甲,乙,1,丙\n", encoding="utf-8")
        write = subprocess.run(
            [*words, "import", "customers", str(source)], capture_output=True, text=True, env=environment
        )
        assert write.returncode == 1 and "open in another" in write.stderr
        with window.writing() as session:
            before = session.execute(text("SELECT count(*) FROM customer")).scalar_one()
            check = subprocess.run(
                [*words, "import", "customers", str(source), "--check"], capture_output=True, text=True, env=environment
            )
            assert check.returncode == 1 and "have errors" in check.stdout + check.stderr, "beside one who is writing"
            assert session.execute(text("SELECT count(*) FROM customer")).scalar_one() == before
    finally:
        window.close()


def test_r10_a_restore_drill_brings_the_same_books_back_and_leaves_a_way_back(
    run, shop, tmp_path, record_property
) -> None:
    """A sealed copy goes to a stick and brings the books back; what was there stays as two ways back."""
    begun = time.perf_counter()
    words = tmp_path / "passphrase.txt"
    words.write_text("correct horse battery\n", encoding="utf-8")
    code, printed, error = run("backup", "--to", str(tmp_path / "stick"), "--passphrase-file", str(words))
    (file,) = (tmp_path / "stick").glob("*.dsbackup")
    assert code == 0 and file.name in printed, error
    assert "verified" in run("backup", "--list")[1]
    code, printed, error = run("check", str(file), "--passphrase-file", str(words))
    assert code == 0 and "every bit is as it was written" in printed and "order SO-" in printed, error
    assert run("check", str(file))[0] == 1

    before = figures_of(shop)
    with closing(FolderCompany.open(shop, app.metadata())) as company, company.writing() as session:
        session.execute(text("DELETE FROM setting_value"))
    code, printed, error = run("restore", str(file), "--passphrase-file", str(words))
    assert code == 0 and "backed up first" in printed and "is kept in" in printed, error
    assert figures_of(shop) == before and run("check")[0] == 0
    listed = run("restore", "--list")[1]
    assert "before a restore" in listed and "by hand" in listed
    seconds = time.perf_counter() - begun
    proved(record_property, "R10 by command", seconds=round(seconds, 1))

    code, _printed, error = run("restore", str(file), "--passphrase-file", str(words), user="clerk")
    assert code == 1 and "Only the sales manager or director restores" in error
    code, _printed, error = run("backup", "--keep", "all")
    assert code == 1 and "48h,14d,12w,24m" in error


def figures_of(shop: Path) -> dict:
    with closing(FolderCompany.open(shop, app.metadata(), read_only=True)) as company, company.reading() as session:
        return figures(session.connection().connection.dbapi_connection)


def test_a_damaged_company_is_restored_without_a_sign_in_and_stays_beside(run, shop, tmp_path) -> None:
    assert run("backup")[0] == 0
    (file,) = (shop / "backups").glob("*.dsbackup")
    damaged = (shop / "company.db").read_bytes()[:50_000]
    (shop / "company.db").write_bytes(damaged)
    assert run("report", "list")[0] == 1
    code, printed, error = run("restore", str(file))
    assert code == 0 and "is damaged" in error and "is kept in" in printed
    assert next(shop.glob("before-restore-*/company.db")).read_bytes() == damaged
    assert run("check")[0] == 0


def test_a_damaged_backup_is_refused(run, tmp_path) -> None:
    run("backup", "--out", str(tmp_path / "stick"))
    (file,) = (tmp_path / "stick").glob("*.dsbackup")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    code, _printed, error = run("restore", str(file))
    assert code == 1 and "damaged" in error


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "csv"])
def test_a_file_in_the_place_of_the_folder_is_refused_in_one_sentence(run, tmp_path, kind) -> None:
    file = tmp_path / "here.txt"
    file.write_text("kept")
    for place in (file, file / "below"):
        code, printed, error = run("report", "sales_daily", "--format", kind, "--out", str(place))
        assert (code, printed, error) == (1, "", f"“{place}” is no folder that can be written to.\n")
    assert file.read_text() == "kept"


@pytest.mark.parametrize("month", ["1901-12", "2999-01", "0000-01", "2026-13"])
def test_a_month_that_cannot_be_reported_is_refused_in_one_sentence(run, tmp_path, month) -> None:
    code, printed, error = run("report", "sales_monthly", "--month", month, "--out", str(tmp_path))
    assert (code, printed) == (1, "") and error.count("\n") == 1 and "Traceback" not in error


def test_json_is_printed_alone_and_with_a_folder_also_written(run, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, printed, named = run("report", "sales_daily", "--day", "2026-11-20", "--format", "json")
    assert (code, named, list(tmp_path.glob("*.*"))) == (0, "", [])
    words = ("report", "sales_daily", "--day", "2026-11-20", "--format", "json,csv,json", "--out", "made")
    code, again, named = run(*words)
    files = {path.suffix: path for path in (tmp_path / "made").iterdir()}
    assert code == 0 and set(files) == {".json", ".csv"}
    assert sorted(named.split()) == sorted(str(Path("made") / path.name) for path in files.values())
    written = json.loads(files[".json"].read_text(encoding="utf-8"))
    for sheet in (written, json.loads(printed), json.loads(again)):
        sheet.pop("made_at")
    assert written["blocks"] == json.loads(printed)["blocks"] == json.loads(again)["blocks"]


@pytest.mark.parametrize("words", ["", ",", "xlsx,doc"])
def test_a_format_that_is_none_writes_nothing(run, tmp_path, words) -> None:
    code, printed, error = run("report", "sales_daily", "--format", words, "--out", str(tmp_path / "made"))
    assert (code, printed) == (1, "") and "There are: xlsx, pdf, csv, json." in error
    assert not (tmp_path / "made").exists()


def test_a_reader_that_stops_reading_is_no_fault(shop, tmp_path) -> None:
    words = f"{sys.executable} -m dentalsales --lang en --data {shop} --user manager report sales_monthly --format json"
    environment = {**os.environ, "DENTALSALES_PASSWORD": "dental-sample", "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(f"{words} | head -c 1", shell=True, capture_output=True, text=True, env=environment)
    assert (done.stdout, done.stderr) == ("{", "")


def test_the_same_acts_work_on_a_server(on_server, business, monkeypatch, capsys, tmp_path) -> None:
    company = on_server.open(tmp_path)
    manager = Desks(business, company, lambda: datetime.now(UTC))["manager"]
    sign_in.set_password(manager, manager.employee_id, "dental-sample")
    company.close()
    monkeypatch.setenv("DENTALSALES_PASSWORD", "dental-sample")
    monkeypatch.setattr("dentalsales.app.companies.user_folder", lambda kind: tmp_path)
    monkeypatch.setattr("dentalsales.app.companies.metadata", company_metadata)
    url = on_server.address.url.set(drivername="postgresql").render_as_string()

    def run(*words: str) -> tuple[int, str]:
        code = cli.main(["--lang", "en", "--user", "manager", *words])
        return code, "".join(capsys.readouterr())

    code, printed = run("--database", url, "check")
    assert code == 0, printed
    monkeypatch.setenv("DENTALSALES_DATABASE", url)
    code, printed = run("check")
    assert code == 0 and printed.startswith("The books agree")
    code, printed = run("report", "sales_daily", "--day", "2026-11-20", "--format", "json")
    assert code == 0 and json.loads(printed)
    code, printed = run("backup")
    assert code == 1 and "does it with the login owner" in printed
    code, printed = run("--database", f"{url.rpartition('/')[0]}/nowhere", "check")
    assert code == 1 and "There is no database nowhere" in printed
    code, printed = run("--database", "mysql://server/x", "check")
    assert code == 1 and "--database postgresql://LOGIN@SERVER/NAME" in printed


def test_a_company_moves_to_a_server_and_its_folder_says_where_it_is(
    postgres, template, monkeypatch, capsys, tmp_path
) -> None:
    monkeypatch.setenv("DENTALSALES_PASSWORD", "dental-sample")
    monkeypatch.setattr("dentalsales.app.companies.user_folder", lambda kind: tmp_path)
    for module in ("moving", "companies"):
        monkeypatch.setattr(f"dentalsales.app.{module}.metadata", company_metadata)
    folder, back = tmp_path / "office", tmp_path / "back"
    shutil.copytree(template, folder)
    with closing(FolderCompany.open(folder, company_metadata())) as company:
        desks = Desks(app.business(), company, lambda: datetime.now(UTC))
        for login in ("manager", "clerk"):
            sign_in.set_password(desks["manager"], desks[login].employee_id, "dental-sample")
    postgres.run("CREATE DATABASE moved_by_command")
    url = postgres.url("moved_by_command")

    def run(*words: str) -> tuple[int, str]:
        code = cli.main(["--lang", "en", *words])
        return code, "".join(capsys.readouterr())

    here, there = ("--data", str(folder)), ("--database", url)
    code, printed = run(*here, "--user", "clerk", "move", "--to", url)
    assert code == 1 and "Only the sales manager or director moves" in printed
    code, printed = run(*here, "--user", "manager", "move", "--to", str(back))
    assert code == 1 and "from a folder to a server or back" in printed
    code, printed = run(*here, "--user", "manager", "move", "--to", url)
    assert code == 0 and "all alike here and there" in printed and f"{folder} can only be read" in printed
    code, printed = run(*here, "--user", "manager", "move", "--to", url)
    assert code == 1 and "This company was moved to moved_by_command @" in printed
    manages = (*there, "--user", "manager")
    assert run(*manages, "check")[0] == 0
    code, printed = run(*manages, "backup", "--to", str(tmp_path / "stick"))
    (stick,) = (tmp_path / "stick").glob("*.dsbackup")
    assert code == 0 and "verified" in printed and run("check", str(stick))[0] == 0
    postgres.run("UPDATE employee SET name = 'another' WHERE login = 'clerk'", database="moved_by_command")
    code, printed = run(*manages, "restore", str(stick))
    assert code == 0 and "was backed up first" in printed and "into moved_by_command @" in printed
    asked = "SELECT name FROM employee WHERE login = 'clerk'"
    assert postgres.run(asked, database="moved_by_command") == [("clerk name",)]
    assert run(*manages, "check")[0] == 0 and "before a restore" in run(*manages, "backup", "--list")[1]
    assert run("--data", str(tmp_path / "drill"), "restore", str(stick))[0] == 0
    assert run("--data", str(tmp_path / "drill"), "--user", "manager", "check")[0] == 0
    assert run(*manages, "move", "--to", str(back))[0] == 0
    assert run("--data", str(back), "--user", "manager", "check")[0] == 0
