"""Where a form takes messages; apart from their reading, whose many patterns no form needs before one is pasted."""

from typing import Any

from dentalsales.blueprint.messages import lines_from_messages


def lines_to_paste_into(form: Any) -> str | None:
    """Return the lines field of a form that takes messages and may be filled in now, else None."""
    name = lines_from_messages(form.fields())
    return name if name is not None and form.can_edit(name) else None
