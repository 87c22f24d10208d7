"""One loaded program for all tests that kill it, and an office with goods and customers for it to work in."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from company_tables import company_metadata
from desks import Clock, Desks
from killing import Workers, workers
from makers import a_customer, a_product, some_stock

from dentalsales import app
from dentalsales.storage.folder_company import FolderCompany


@pytest.fixture(scope="session")
def program() -> Iterator[Workers]:
    with workers() as loaded:
        yield loaded


@pytest.fixture(scope="session")
def stocked(template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A closed company with a customer and plenty of two products, and the ids of both; copied for each test."""
    folder = tmp_path_factory.mktemp("stocked") / "company"
    shutil.copytree(template, folder)
    desks = Desks(app.business(), FolderCompany.open(folder, company_metadata()), Clock())
    customer = a_customer(desks)
    products = [a_product(desks, f"树脂 {name}", code=f"KA{name}", shade=name) for name in ("A1", "A2")]
    for product in products:
        some_stock(desks, product, quantity=1_000_000, expires_in=1000)
    desks.company.close()
    return folder, {"customer": customer, "products": products}
