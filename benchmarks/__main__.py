"""Measures the goals on a company of a million lines and prints one table: `python -m benchmarks [--only P3,P6]`."""

import argparse
import importlib
import sys
import tempfile
from pathlib import Path

from benchmarks.ground import Ground, found_or_made
from benchmarks.measure import Result

GOALS = {
    "P1": "p1_start",
    "P2": "p2_today",
    "P3": "p3_first_page",
    "P4": "p4_deep_page",
    "P5": "p5_search",
    "P6": "p6_save_order",
    "P7": "p7_monthly_report",
    "P9": "p9_excel",
    "P10": "p10_pdf_table",
    "P11": "p11_import_sales",
    "P12": "p12_add_line",
    "P13": "p13_scroll",
    "P14": "p14_memory",
    "P15": "p15_growth",
    "P16": "p16_several_clerks",
    "P17": "p17_contract",
    "R9": "r9_backup",
    "R10": "r10_restore",
}
NO_COMPANY = {"P9", "P10", "P16", "P17"}
"""Goals that are measured without the large company."""
LINE = "{:<4} {:<46} {:>10} {:>10} {:>7} {:>7} {:>6}  {}"


def main() -> int:
    """Print one line for every figure as soon as it is known; exit code 1 when a goal is missed."""
    options = _options()
    company = Path() if options.only <= NO_COMPANY else found_or_made(options.company)
    print(LINE.format("id", "what", "ours", "baseline", "ratio", "by CPU", "goal", "met"), flush=True)
    missed = False
    with tempfile.TemporaryDirectory(prefix="dentalsales-bench-", ignore_cleanup_errors=True) as scratch:
        ground = Ground(company, Path(scratch), options.rounds)
        for name, module in GOALS.items():
            if name in options.only:
                for result in importlib.import_module(f"benchmarks.{module}").measure(ground):
                    print(_line(result), flush=True)
                    missed |= not result.met
    return int(missed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=sys.modules[__name__].__doc__)
    parser.add_argument("--only", type=_names, default=set(GOALS), metavar="P3,P6", help="only these goals")
    parser.add_argument("--company", type=Path, metavar="DIR", help="folder of the large company; made when empty")
    parser.add_argument("--rounds", type=int, default=9, metavar="N", help="turns of each side (default 9)")
    return parser.parse_args()


def _names(words: str) -> set[str]:
    found = {word.strip().upper() for word in words.split(",")}
    if not found <= set(GOALS):
        raise argparse.ArgumentTypeError(f"there are {', '.join(GOALS)}")
    return found


def _line(result: Result) -> str:
    cpu = "" if result.cpu_ratio is None else f"x{result.cpu_ratio:.2f}"
    return LINE.format(
        result.goal,
        result.what,
        _amount(result.ours, result.unit),
        _amount(result.baseline, result.unit),
        f"x{result.ratio:.2f}",
        cpu,
        f"x{result.limit:g}",
        "yes" if result.met else "NO",
    )


def _amount(value: float, unit: str) -> str:
    if unit == "bytes":
        return f"{value / 1e6:,.0f} MB"
    return f"{value * 1000:,.2f} ms" if value < 1 else f"{value:,.2f} s"


if __name__ == "__main__":
    sys.exit(main())
