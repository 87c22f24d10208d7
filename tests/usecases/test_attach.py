"""Attachments: kept under their hash, named in the history, refused to strangers and for programs."""

import pytest
from makers import a_customer
from sqlalchemy import update

from dentalsales.blueprint.house_records import Attachment
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.usecases import attach, settings_desk
from dentalsales.usecases.form import open_form


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "营业执照.pdf"
    path.write_bytes(b"%PDF scan")
    return path


def test_a_file_is_kept_listed_opened_and_told_in_the_history(desks, scan) -> None:
    customer = a_customer(desks)
    attach.add(desks["manager"], "customers", customer, scan)
    (info,) = attach.list_of(desks["rep"], "customers", customer)
    assert (info.name, info.size, info.added_by) == ("营业执照.pdf", 9, "manager name")
    assert attach.open_copy(desks["rep"], info.id).read_bytes() == b"%PDF scan"
    assert str(open_form(desks["manager"], "customers", customer).history()[0].step_label) == "File attached"


def test_another_salespersons_file_stays_closed(desks, scan) -> None:
    info = attach.add(desks["manager"], "customers", a_customer(desks), scan)
    with pytest.raises(NotAllowed):
        attach.open_copy(desks["rep2"], info.id)


def test_a_program_is_refused(desks, tmp_path) -> None:
    program = tmp_path / "voucher.pdf.exe"
    program.write_bytes(b"MZ")
    with pytest.raises(RuleBroken):
        attach.add(desks["manager"], "customers", a_customer(desks), program)


def test_who_does_not_work_with_the_papers_attaches_nothing(desks, scan) -> None:
    with pytest.raises(NotAllowed):
        attach.add(desks["marketing"], "customers", a_customer(desks), scan)


def test_the_company_decides_how_large_a_file_may_be(desks, tmp_path) -> None:
    customer, film = a_customer(desks), tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(1024 * 1024 + 1)
    settings_desk.change(desks["manager"], "attachment_most", 1)
    with pytest.raises(RuleBroken, match="larger than 1 MB"):
        attach.add(desks["manager"], "customers", customer, film)


def test_check_names_the_file_whose_bytes_are_not_what_they_were(desks, scan) -> None:
    desk = desks["manager"]
    attach.add(desk, "customers", a_customer(desks), scan)
    assert attach.missing(desk.company) == []
    with desk.company.writing() as session:
        session.execute(update(Attachment).values(sha256="0" * 64))
    assert attach.missing(desk.company) == ["营业执照.pdf"]
