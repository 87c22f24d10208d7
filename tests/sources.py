"""The program's own source, parsed once for all tests that read it."""

import ast
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "dentalsales"


@cache
def module_of(path: Path) -> ast.Module:
    """Return the tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Return every node of one file that a test asks about: imports, calls and sums."""
    asked = (ast.Import, ast.ImportFrom, ast.Call, ast.BinOp)
    return tuple(node for node in ast.walk(module_of(path)) if isinstance(node, asked))


@cache
def files() -> tuple[Path, ...]:
    """Return all files in order, migrations too."""
    return tuple(sorted(SOURCE.rglob("*.py")))
