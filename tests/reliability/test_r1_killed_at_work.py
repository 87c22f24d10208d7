"""R1: the program is killed while it saves, approves, imports and moves stock; what it acknowledged is there, whole."""

import random
import shutil
from pathlib import Path
from typing import Any

from company_tables import company_metadata
from desks import Clock, Desks
from figures import Record, proved, rounds
from killing import Workers, needs_fork
from sqlalchemy import func, select

from dentalsales import app
from dentalsales.registers.customers import Customer
from dentalsales.registers.goods_in import GoodsIn, GoodsInLine
from dentalsales.registers.orders import Order, OrderLine
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.usecases.check_company import check
from dentalsales.usecases.verify_history import verify
from tests.imports.files import CUSTOMER_HEADINGS, customer, table

ROUNDS = rounds("R1", 50)
FILES, ROWS = 4, 5
STATES = {
    "orders": ("entered", "stock_confirmed", "reviewed", "paid", "billed", "sent"),
    "goods_in": ("draft", "received"),
}
STOCKED = 2
"""The papers with which the goods came, one for each product."""
CLASSES: dict[str, Any] = {"orders": Order, "goods_in": GoodsIn}


@needs_fork
def test_r1_what_was_acknowledged_is_there_and_whole_after_kill_9(
    program: Workers, stocked: tuple[Path, dict[str, Any]], tmp_path: Path, record_property: Record
) -> None:
    """Each acknowledged paper in its state or a later one, each with all of its lines, and books that agree."""
    folder, chance = tmp_path / "company", random.Random(1)
    shutil.copytree(stocked[0], folder)
    acknowledged, lost, partial, wrong = 0, 0, 0, 0
    for number in range(ROUNDS):
        told_us = work_until_killed(program, folder, stocked[1], tmp_path, chance, number)
        company = FolderCompany.open(folder, company_metadata())
        acknowledged += len(told_us)
        lost += sum(not is_there(company, line) for line in told_us)
        partial += halves(company)
        wrong += len(check(company))
        company.close()
    desks = Desks(app.business(), FolderCompany.open(folder, company_metadata()), Clock())
    history = verify(desks["manager"])
    desks.company.close()
    proved(
        record_property, "R1", rounds=ROUNDS, acknowledged=acknowledged, lost=lost, partial=partial, sums_wrong=wrong,
        history_entries=history.entries, history_findings=len(history.findings),
    )  # fmt: skip
    assert (lost, partial, wrong) == (0, 0, 0) and history.is_sound
    assert acknowledged >= ROUNDS


def work_until_killed(
    program: Workers, folder: Path, ids: dict[str, Any], place: Path, chance: random.Random, number: int
) -> list[str]:
    """One of the three kinds of work, killed after so many acts and a part of the next one."""
    kind = number % 3
    if kind == 0:
        return program.begin("papers", folder=folder, **ids).follow(chance.randrange(7)).kill(chance, 0.08)
    if kind == 1:
        work = program.begin("stock", folder=folder, products=ids["products"], lot=f"K{number}")
        return work.follow(chance.randrange(4)).kill(chance, 0.08)
    files = []
    for file in range(FILES):
        name = f"N{number}-{file}"
        rows = [customer(f"{name} 门诊 {row}", phone=f"0571-{number:04}{file}{row}") for row in range(ROWS)]
        files.append(table(place / f"{name}.csv", CUSTOMER_HEADINGS, *rows))
    return program.begin("imports", folder=folder, files=files).follow(chance.randrange(FILES)).kill(chance, 0.15)


def is_there(company: FolderCompany, line: str) -> bool:
    """Say whether what a worker acknowledged is in the company."""
    kind, name, what = line.split()
    with company.reading() as session:
        if kind == "imported":
            return session.scalar(_imported(name)) == int(what) == ROWS
        state = session.scalar(select(CLASSES[kind].state).where(CLASSES[kind].id == int(name)))
        return state is not None and STATES[kind].index(state) >= STATES[kind].index(what)


def halves(company: FolderCompany) -> int:
    """Count the papers without all of their lines, and the files of which only some rows were taken."""
    with company.reading() as session:
        orders = select(func.count(OrderLine.id)).select_from(Order).outerjoin(OrderLine).group_by(Order.id)
        goods = select(func.count(GoodsInLine.id)).select_from(GoodsIn).outerjoin(GoodsInLine).group_by(GoodsIn.id)
        lines = [*session.scalars(orders), *session.scalars(goods.where(GoodsIn.id > STOCKED))]
        names = session.scalars(select(Customer.name).where(Customer.name.like("N%-% 门诊 %"))).all()
    files = [name.split(" ")[0] for name in names]
    return sum(count != 2 for count in lines) + sum(files.count(name) != ROWS for name in set(files))


def _imported(name: str) -> Any:
    return select(func.count()).where(Customer.name.like(f"{name} 门诊 %"))
