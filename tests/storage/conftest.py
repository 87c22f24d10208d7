"""A toy company of three tables, for tests of what lies under any company."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, ForeignKey, Integer, MetaData, String, Table

from dentalsales.storage.company import Company
from dentalsales.storage.folder_company import FolderCompany


@pytest.fixture(scope="session")
def toys() -> MetaData:
    metadata = MetaData()
    Table(
        "shop",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("name", String(40), nullable=False, unique=True),
        Column("opened_on", Date),
        Column("visited_at", DateTime),
        Column("closed", Boolean, nullable=False, default=False),
    )
    Table(
        "receipt",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("shop_id", ForeignKey("shop.id"), nullable=False),
        Column("amount", BigInteger, nullable=False),
    )
    return metadata


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "诊所 a?b#c%20d"


@pytest.fixture
def company(folder: Path, toys: MetaData) -> Iterator[Company]:
    company = FolderCompany.create(folder, toys)
    yield company
    company.close()
