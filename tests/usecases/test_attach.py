"""Attachments: kept under their hash, named in the history, refused to strangers and for programs."""

import pytest
from makers import a_customer, a_product, an_order, dispatch, moved_to, some_stock
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


def test_what_is_taken_off_a_draft_is_gone_and_can_be_brought_back(desks, scan) -> None:
    draft = an_order(desks, a_customer(desks), (a_product(desks), 1))
    info = attach.add(desks["clerk"], "orders", draft.id, scan)
    with pytest.raises(NotAllowed, match="Your roles"):
        attach.take_off(desks["marketing"], info.id)
    attach.take_off(desks["clerk2"], info.id)
    assert attach.list_of(desks["clerk"], "orders", draft.id) == []
    with pytest.raises(RuleBroken, match="not there any more"):
        attach.open_copy(desks["clerk"], info.id)
    attach.put_back(desks["clerk2"], info.id)
    assert [one.name for one in attach.list_of(desks["clerk"], "orders", draft.id)] == ["营业执照.pdf"]
    told = [(str(entry.step_label), entry.note) for entry in draft.history()[:3]]
    assert told == [(f"File {what}", "营业执照.pdf") for what in ("put back", "taken off", "attached")]


def test_the_files_of_a_deleted_draft_are_not_those_of_the_next(desks, scan) -> None:
    customer, product = a_customer(desks), a_product(desks)
    draft = an_order(desks, customer, (product, 1))
    attach.add(desks["clerk"], "orders", draft.id, scan)
    draft.delete()
    following = an_order(desks, customer, (product, 2))
    assert attach.list_of(desks["clerk"], "orders", following.id) == []


def test_what_left_draft_keeps_its_file_in_sight_when_it_is_taken_off(desks, scan) -> None:
    paper = dispatched(desks)
    info = attach.add(desks["clerk"], "dispatch_notes", paper.id, scan)
    with pytest.raises(NotAllowed, match="Only who attached 营业执照.pdf, or the sales manager"):
        attach.take_off(desks["warehouse"], info.id, "的确不对")
    with pytest.raises(RuleBroken, match="Enter why 营业执照.pdf is taken off"):
        attach.take_off(desks["clerk"], info.id, " ")
    attach.take_off(desks["clerk"], info.id, "放错了单据")
    (seen,) = attach.list_of(desks["warehouse"], "dispatch_notes", paper.id)
    assert seen.is_off and not seen.may_move and attach.open_copy(desks["warehouse"], seen.id).exists()
    assert paper.history()[0].note == "营业执照.pdf: 放错了单据"
    asked = {"signed_by": "李护士", "delivered_on": desks["clerk"].today}
    with pytest.raises(RuleBroken, match="Attach the copy of the signed voucher"):
        open_form(desks["clerk"], "dispatch_notes", paper.id).take("deliver", asked=asked)
    attach.put_back(desks["manager"], info.id)
    open_form(desks["clerk"], "dispatch_notes", paper.id).take("deliver", asked=asked)
    with pytest.raises(RuleBroken, match="is there"):
        attach.put_back(desks["manager"], info.id)


def dispatched(desks):
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 9)
    return dispatch(desks, moved_to(desks, an_order(desks, customer, (product, 2)), "billed").id)


def test_check_names_the_file_whose_bytes_are_not_what_they_were(desks, scan) -> None:
    desk = desks["manager"]
    attach.add(desk, "customers", a_customer(desks), scan)
    assert attach.missing(desk.company) == []
    with desk.company.writing() as session:
        session.execute(update(Attachment).values(sha256="0" * 64))
    assert attach.missing(desk.company) == ["营业执照.pdf"]
