"""A sheet as JSON for scripts."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from dentalsales.blueprint.sheet import Block, Row, Sheet, SheetColumn
from dentalsales.exchange.json_out import as_json
from dentalsales.i18n import Text


def test_numbers_are_exact_texts_and_totals_have_names() -> None:
    columns = (SheetColumn("customer", Text("客户")), SheetColumn("amount", Text("金额"), "money", total=True))
    rows = (Row(("阳光口腔", Decimal("0.10"))), Row((None, Decimal("0.20"))))
    sheet = Sheet(
        "sales", Text("销售"), "2026-11", (Block(Text("明细"), columns, rows, "lines"),),
        made_at=datetime(2026, 11, 22, 6, 5, tzinfo=UTC), conditions=((Text("业务员"), "王小明"),),
    )  # fmt: skip

    read = json.loads(as_json(sheet))

    assert (read["title"], read["period"], read["conditions"]) == ("销售", "2026-11", {"业务员": "王小明"})
    assert read["made_at"] == "2026-11-22T14:05:00+08:00"
    assert read["blocks"] == [
        {
            "name": "lines",
            "title": "明细",
            "columns": [
                {"name": "customer", "label": "客户", "kind": "text"},
                {"name": "amount", "label": "金额", "kind": "money"},
            ],
            "rows": [["阳光口腔", "0.10"], [None, "0.20"]],
            "totals": {"amount": "0.30"},
        }
    ]


def test_days_and_counts_keep_their_form() -> None:
    columns = (SheetColumn("on", Text("日期"), "day"), SheetColumn("count", Text("笔数"), "quantity"))
    sheet = Sheet("x", Text("x"), "", (Block(Text(""), columns, (Row((date(2026, 11, 22), 7)),)),))

    block = json.loads(as_json(sheet))["blocks"][0]

    assert block["rows"] == [["2026-11-22", 7]] and block["totals"] is None
