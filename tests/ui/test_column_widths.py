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
