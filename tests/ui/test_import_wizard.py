from pathlib import Path
from typing import Any

from office_window import at_work, cells
from sqlalchemy import select

from dentalsales.registers.customers import Customer
from dentalsales.ui.import_wizard import CHECK, FILE, MATCH, TABLE
from tests.imports.files import CUSTOMER_HEADINGS, customer, table


def opened(window: Any, path: Path) -> Any:
    page = window.shell.open_screen("import")
    page.open(page.files.kinds[0], path)
    assert window.runner.settle()
    return page


def press(window: Any, button: Any) -> None:
    assert button.isEnabled()
    button.click()
    assert window.runner.settle()


def names(desk: Any) -> list[str]:
    with desk.reading() as act:
        return list(act.session.scalars(select(Customer.name).order_by(Customer.id)))


def test_a_file_goes_through_the_four_steps(desk: Any, tmp_path: Path, qtbot: Any) -> None:
    path = table(tmp_path / "名单.csv", ["内部资料"], CUSTOMER_HEADINGS, customer("甲诊所", "17850.0", "13800000000.0"))
    with at_work(desk, tmp_path, qtbot) as window:
        page = opened(window, path)
        assert (page.steps.currentIndex(), page.table.row.value()) == (TABLE, 2)
        press(window, page.next)
        assert (page.steps.currentIndex(), page.match.mapping[1]) == (MATCH, "number")
        press(window, page.next)
        assert (page.steps.currentIndex(), page.check.numbers["new"].text()) == (CHECK, "1")
        assert names(desk) == []
        press(window, page.next)
        assert names(desk) == ["甲诊所"]
        press(window, page.back)
        assert page.steps.currentIndex() == FILE


def test_a_bad_cell_is_written_anew_in_its_place(desk: Any, tmp_path: Path, qtbot: Any) -> None:
    path = table(
        tmp_path / "名单.csv", CUSTOMER_HEADINGS, customer("甲诊所", rep="谁"), customer("乙诊所", phone="0571-88002")
    )
    with at_work(desk, tmp_path, qtbot) as window:
        page = opened(window, path)
        press(window, page.next)
        press(window, page.next)
        assert not page.next.isEnabled()
        assert cells(page.check.model) == [
            [
                "Error",
                "名单",
                "2",
                "业务员",
                "谁",
                "There is no employee “谁”. Enter the employee first, or correct the name.",
            ]
        ]
        page.check.model.setData(page.check.model.index(0, 4), "rep")
        assert window.runner.settle()
        assert (page.check.model.rowCount(), page.check.numbers["error"].text()) == (0, "0")
        press(window, page.next)
        assert names(desk) == ["甲诊所", "乙诊所"]


def test_the_good_rows_come_in_alone_after_a_question(desk: Any, tmp_path: Path, qtbot: Any, monkeypatch: Any) -> None:
    path = table(tmp_path / "名单.csv", CUSTOMER_HEADINGS, customer("甲诊所", rep="谁"), customer("乙诊所"))
    with at_work(desk, tmp_path, qtbot) as window:
        page = opened(window, path)
        press(window, page.next)
        press(window, page.next)
        asked: list[Any] = []
        monkeypatch.setattr(window.shell, "ask", lambda question, verb, danger=False: not asked.append(question))
        press(window, page.check.good_rows)
        assert (len(asked), names(desk)) == (1, ["乙诊所"])


def test_a_needed_column_that_is_not_matched_holds_the_check_back(desk: Any, tmp_path: Path, qtbot: Any) -> None:
    path = table(tmp_path / "名单.csv", CUSTOMER_HEADINGS, customer("甲诊所"))
    with at_work(desk, tmp_path, qtbot) as window:
        page = opened(window, path)
        press(window, page.next)
        for index in (0, 1, 2):
            page.match.boxes[index].setCurrentIndex(0)
        assert not page.next.isEnabled()
        assert page.match.state.text() == "Still to be matched: Customer name / Contact"
        page.match.boxes[0].setCurrentIndex(page.match.boxes[0].findData("name"))
        assert page.next.isEnabled()
        assert page.match.state.text() == "Without Contact nothing new is entered; what is there is filled in."
        page.match.boxes[2].setCurrentIndex(page.match.boxes[2].findData("contact"))
        assert page.match.state.text() == "Everything needed is matched."


def test_a_file_that_is_no_table_is_refused_in_the_page(desk: Any, tmp_path: Path, qtbot: Any) -> None:
    path = tmp_path / "bild.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    with at_work(desk, tmp_path, qtbot) as window:
        page = opened(window, path)
        assert (page.steps.currentIndex(), page.banner.isVisible()) == (FILE, True)


def test_who_may_import_nothing_is_told_so(desks: Any, tmp_path: Path, qtbot: Any) -> None:
    with at_work(desks["rep"], tmp_path, qtbot) as window:
        page = window.shell.open_screen("import")
        assert page.banner.isVisible() and not page.files.choose.isEnabled()
