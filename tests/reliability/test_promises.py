"""The page of promises says what is true: each is proved by tests that are there and give its figures."""

from pathlib import Path

from measure import PROMISES, TOP, figures_of, promises, written

REPORT = """<testsuites><testsuite>
<testcase name="test_r1_what"><properties><property name="R1.rounds" value="50"/>
<property name="R1.sums_wrong" value="0"/></properties></testcase>
<testcase name="test_r8_a"><properties><property name="R8 save.lost" value="0"/></properties></testcase>
<testcase name="test_r8_b"><properties><property name="R8 import.lost" value="1"/></properties><failure/></testcase>
<testcase name="test_r2_a"><skipped message="not run: only root may"/></testcase>
</testsuite></testsuites>"""


def test_every_promise_names_tests_that_are_there() -> None:
    known = promises(PROMISES.read_text(encoding="utf-8"))
    assert {*(f"R{number}" for number in range(1, 15)), *(f"S{number}" for number in range(1, 10))} <= set(known)
    assert [path for paths in known.values() for path in paths if not (TOP / path).is_file()] == []


def test_figures_are_put_beside_their_promise_also_when_a_test_failed_or_was_not_run(tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(REPORT, encoding="utf-8")
    figures = figures_of(tmp_path / "report.xml")
    assert figures == {
        "R1": "rounds 50, sums wrong 0",
        "R8": "save: lost 0; FAILED: import: lost 1",
        "R2": "not run: only root may",
    }
    page = written(PROMISES.read_text(encoding="utf-8"), figures, {"R1", "R2"}, "python3 make.py reliability", False)
    rows = {line.split(" | ")[0]: line for line in page.splitlines()}
    assert "| rounds 50, sums wrong 0 (" in rows["| R1"] and "| not run: only root may (" in rows["| R2"]
    assert "FAILED" not in page, "it was not asked for"
    assert "NOT all passed" in page and promises(page) == promises(PROMISES.read_text(encoding="utf-8"))
