"""A table that has too little room gives up what is missed least."""

from datetime import date

from pytestqt.qtbot import QtBot

from dentalsales.ui.plain_table import PlainColumn, PlainModel, PlainRow
from dentalsales.ui.table_view import TableView

COLUMNS = (PlainColumn("Paper", "text"), PlainColumn("State", "state"), PlainColumn("Since", "day"))


def test_a_long_state_is_shortened_before_the_day_beside_it_is_out_of_sight(qtbot: QtBot) -> None:
    table = TableView("Waiting")
    qtbot.addWidget(table)
    cells = ("TS-20261113-001", "Not seen yet: " + "Warehouse and logistics, " * 3, date(2026, 11, 13))
    table.setModel(PlainModel(COLUMNS, table))
    table.model().show_rows([PlainRow(cells, "", "pending")])
    table.resize(420, 200)
    table.show()
    table.fit_columns({}, ["0", "1", "2"], 0)
    header = table.horizontalHeader()
    assert sum(header.sectionSize(column) for column in range(3)) <= table.viewport().width()
    assert header.sectionSize(2) >= table.needed(2) - 18, "the day is whole"


def test_another_sheet_in_the_same_table_gets_the_room_that_its_words_need(qtbot: QtBot) -> None:
    """As when somebody picks the next sheet of a file that he imports: as many rows, and longer words."""
    table = TableView("Sheet")
    qtbot.addWidget(table)
    rooms = []
    for word in ("A", "Light-curing composite"):
        model = PlainModel(COLUMNS[:1], table)
        model.show_rows([PlainRow((word,))])
        table.setModel(model)
        table.fit_columns({}, ["0"], -1)
        rooms.append(table.columnWidth(0))
    assert rooms[0] < rooms[1]
