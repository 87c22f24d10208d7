"""Runs the tests that prove the promises, and writes their figures into docs/reliability.md; called by make.py."""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from dentalsales.storage.engine import sqlite_module

TOP = Path(__file__).parents[2]
PROMISES = TOP / "docs" / "reliability.md"
LONG = {
    "R1": 2000, "R2": 300, "R3": 60, "R5": 1000, "R7": 1250, "R8": 500, "R9": 100, "R11": 1000, "R12": 500, "R13": 300,
    "R14": 28_800, "S1": 1, "S2": 10_000, "S3": 1000, "S4": 3000,
}  # fmt: skip
"""Rounds; of R14 seconds, of S1 all roles in place of one of those that have the same rights."""
ROW = re.compile(r"^\| (?P<goal>\w+) \| (?P<promise>.+?) \| (?P<tests>tests/.+?) \| (?P<figure>.*)\|$")
RUN = re.compile(r"(<!-- last run -->\n).*?(\n<!-- end -->)", re.DOTALL)


def promises(text: str) -> dict[str, list[str]]:
    """Return the files of the tests of each promise, by its id."""
    rows = filter(None, map(ROW.match, text.splitlines()))
    return {row["goal"]: row["tests"].split(", ") for row in rows}


def figures_of(report: Path) -> dict[str, str]:
    """Return what the tests printed of each goal, "failed" or why they were not run in front of it."""
    found: dict[str, list[str]] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        groups: dict[str, list[str]] = {}
        for told in case.iter("property"):
            words, _dot, name = told.attrib["name"].partition(".")
            value = told.attrib["value"]
            groups.setdefault(words, []).append(f"{name.replace('_', ' ')} {value}" if name else value)
        bad = "FAILED: " if case.find("failure") is not None or case.find("error") is not None else ""
        for words, values in groups.items():
            goal, _space, what = words.partition(" ")
            found.setdefault(goal, []).append(bad + (f"{what}: " if what else "") + ", ".join(values))
        missing = re.search(r"test_(r\d+)_", case.attrib["name"])
        skipped = case.find("skipped")
        if skipped is not None and missing:
            found.setdefault(missing[1].upper(), []).append(skipped.attrib.get("message", "not run"))
    return {goal: "; ".join(dict.fromkeys(told)) for goal, told in found.items()}


def machine() -> str:
    """Return on what was measured."""
    return (
        f"{os.cpu_count()} processors ({platform.machine()}), {platform.system()} {platform.release().split('-')[0]}, "
        f"Python {platform.python_version()}, SQLite {sqlite_module().sqlite_version}"
    )


def written(text: str, figures: dict[str, str], only: set[str], command: str, passed: bool) -> str:
    """Return the page with the new figures; a goal that was not asked for keeps its own."""
    today = date.today().isoformat()

    def row(found: re.Match[str]) -> str:
        figure = found["figure"]
        if found["goal"] in only and found["goal"] in figures:
            figure = f"{figures[found['goal']]} ({today}) ".replace("|", "/")
        return f"| {found['goal']} | {found['promise']} | {found['tests']} | {figure}|"

    lines = [row(found) if (found := ROW.match(line)) else line for line in text.splitlines()]
    came = "all passed" if passed else "NOT all passed"
    told = f"Last run: {today}, `{command}`, {came}; {machine()}."
    return RUN.sub(lambda found: found[1] + told + found[2], "\n".join(lines) + "\n")


def main() -> int:
    """Run, write, and return the exit code of the tests."""
    parser = argparse.ArgumentParser(prog="python3 make.py reliability", description=__doc__)
    parser.add_argument("--long", action="store_true", help="the rounds of the long column instead of the suite's")
    parser.add_argument("--only", default="", metavar="R1,R13", help="only these promises")
    parser.add_argument("--rounds", default="", metavar="R1=500,R3=20", help="so many rounds of these")
    options = parser.parse_args()
    text = PROMISES.read_text(encoding="utf-8")
    known = promises(text)
    only = set(filter(None, options.only.split(","))) or set(known)
    if not only <= set(known):
        parser.error(f"there are {', '.join(known)}")
    rounds = {goal: str(number) for goal, number in LONG.items() if options.long}
    rounds |= dict(pair.split("=") for pair in filter(None, options.rounds.split(",")))
    words = {**os.environ, **{f"DENTALSALES_{goal}": number for goal, number in rounds.items()}}
    files = sorted({path for goal in only for path in known[goal]})
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.xml"
        how = ("-q", "-s", "-p", "no:cacheprovider", "-o", "junit_family=xunit1", f"--junitxml={report}")
        code = subprocess.run(
            [sys.executable, "-m", "pytest", *how, *files], cwd=TOP, env=words, check=False
        ).returncode
        figures = figures_of(report)
    command = " ".join(["python3 make.py reliability", *sys.argv[1:]])
    PROMISES.write_text(written(text, figures, only, command, code == 0), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
