"""R10: the drill by which a company is restored, through the window's own page and by command, on both engines."""

import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from company_tables import company_metadata
from desks import Desks, with_employees
from figures import proved
from makers import a_customer, a_product, an_order, moved_to, some_stock
from office_window import at_work
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import func, select

from dentalsales import app, cli
from dentalsales.app import closing as ends
from dentalsales.app.companies import open_company, own_folder, place_of
from dentalsales.registers.customers.record import Customer
from dentalsales.registers.orders.record import Order
from dentalsales.storage.company import Company
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_company import ServerCompany
from dentalsales.usecases import back_up, sign_in
from dentalsales.usecases.check_company import check
from dentalsales.usecases.verify_history import verify

pytestmark = pytest.mark.on_both
"""The file and the server, whose copies the login that made the company makes."""


@pytest.fixture
def office(
    kept_in: str, template: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Company]:
    """A company as its keeper opens it."""
    monkeypatch.setattr("dentalsales.app.companies.user_folder", lambda kind: tmp_path / kind)
    if kept_in == "file":
        shutil.copytree(template, tmp_path / "company")
        made = open_company(tmp_path / "company")
    else:
        postgres = request.getfixturevalue("postgres")
        postgres.run("CREATE DATABASE drilled")
        address = ServerAddress.parse(postgres.url("drilled"))
        made = with_employees(ServerCompany.create(address, own_folder(address), company_metadata()))
    yield made
    made.close()


def seen(company: Company) -> tuple[int, int, int]:
    """Orders, customers, and what is wrong with the books or the history."""
    desk = Desks(app.business(), company, lambda: datetime.now(UTC))["manager"]
    with company.reading() as session:
        orders, customers = (session.scalar(select(func.count()).select_from(one)) or 0 for one in (Order, Customer))
    return orders, customers, len(check(company)) + len(verify(desk).findings)


def test_r10_what_was_lost_comes_back_through_the_window_and_by_the_command_line(
    kept_in: str, office: Company, business: Any, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch,
    record_property: Any,
) -> None:  # fmt: skip
    """Restored by the page: what came after the copy is gone and lies in the copy made before; that one comes back."""
    monkeypatch.setenv("DENTALSALES_PASSWORD", "dental-sample")
    told: list[str] = []
    monkeypatch.setattr("dentalsales.ui.question.tell_done", lambda _title, _words: told.append("done"))
    desks, place = Desks(business, office, lambda: datetime.now(UTC)), place_of(office)
    sign_in.set_password(desks["manager"], desks["manager"].employee_id, "dental-sample")
    product = a_product(desks)
    some_stock(desks, product)
    moved_to(desks, an_order(desks, a_customer(desks), (product, 2)), "reviewed")
    back_up.back_up(desks["manager"])
    a_customer(desks, "another")
    before = seen(office)

    to_restore: list[Any] = []
    with at_work(desks["manager"], tmp_path, qtbot) as window:
        monkeypatch.setattr(window.shell, "ask", lambda *_words, **_more: True)
        window.shell.restore_asked.connect(lambda *copy: to_restore.append(copy))
        page: Any = window.shell.open_screen("backup")
        assert window.runner.settle()
        page.table.setFocus()
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        assert window.runner.settle()
        page.dialog.restore.setFocus()
        QTest.keyClick(page.dialog.restore, Qt.Key.Key_Return)
    ((file, passphrase),) = to_restore
    begun = time.perf_counter()
    with closing(office):
        assert ends.back_up_at_close(office, unchanged=False, restoring=True)
    ends.restore(file, place, passphrase)
    by_window = time.perf_counter() - begun
    assert told == ["done"]
    with closing(open_company(place)) as restored:
        after = seen(restored)
        safe = next(info for info in back_up.list_backups(restored) if info.reason == "before_restore")
    where = ("--data", str(place)) if kept_in == "file" else ("--database", postgres_url(place))
    begun = time.perf_counter()
    assert cli.main(["--lang", "en", *where, "--user", "manager", "restore", str(safe.path)]) == 0
    by_command = time.perf_counter() - begun
    with closing(open_company(place)) as again:
        back = seen(again)
    figures = {"seconds": f"{by_window:.1f} by the window, {by_command:.1f} by command", "size": f"{safe.size:,} bytes"}
    lost = (before[0] - after[0]) + (before[0] - back[0]) + (before[1] - back[1])
    figures |= {"lost": str(lost), "findings": str(before[2] + after[2] + back[2])}
    proved(record_property, f"R10 {kept_in}", **figures)
    assert (before, after, back) == ((1, 2, 0), (1, 1, 0), (1, 2, 0))


def postgres_url(place: Any) -> str:
    return str(place.url.set(drivername="postgresql").render_as_string())
