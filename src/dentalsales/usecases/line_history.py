"""What was agreed before about the record that a line names: shown beside the line, never taken into it."""

from dentalsales.blueprint.insight import HistoryRow
from dentalsales.usecases.form_values import FormValues


def line_history(form: FormValues, row: int, name: str = "lines") -> list[HistoryRow]:
    """Return the rows for the line at `row`, newest first; none where the register has no such history."""
    told = form.register.line_history
    lines = getattr(form.record, name)
    if told is None or not 0 <= row < len(lines):
        return []
    with form.desk.reading() as act:
        return list(told.rows(form.record, lines[row], act))
