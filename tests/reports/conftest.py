"""Two months of business for every test of a report: made through the forms once, then copied."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from two_months import Trade, on, two_months

from dentalsales.app import metadata
from dentalsales.storage.company import Company


@pytest.fixture(scope="session")
def made_once() -> dict[str, Any]:
    """Holds the folder and the ids of the first test's business."""
    return {}


@pytest.fixture
def trade(
    made_once: dict[str, Any], desks: Any, clock: Any, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Trade]:
    if not made_once:
        made_once["trade"] = two_months(desks, clock)
        desks.company.checkpoint()
        made_once["folder"] = tmp_path_factory.mktemp("two_months") / "company"
        shutil.copytree(desks.company.folder, made_once["folder"])
    shutil.copytree(made_once["folder"], tmp_path / "traded")
    company = Company.open(tmp_path / "traded", metadata())
    on(clock, 11, 20)
    yield replace(made_once["trade"], desks=type(desks)(desks.business, company, clock))
    company.close()
