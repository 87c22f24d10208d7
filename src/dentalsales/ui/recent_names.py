"""The records that were opened last are called what they are called now, whoever renamed or anonymised them."""

from typing import Any

from dentalsales.usecases.titles import titles


def keep_names(shell: Any) -> None:
    """Read the names again of a register's records whenever some of them were saved."""
    shell.changed.connect(lambda register: _read(shell, register))


def _read(shell: Any, register_name: str) -> None:
    ids = {number for name, number, _title in shell.recent if name == register_name}
    if not ids:
        return
    desk, register = shell.desk, shell.desk.business.register(register_name)
    if register.record.title_fields == ("number",):
        return  # a paper's number stays
    shell.runner.run(
        lambda: titles(desk, register.table_name, ids),
        lambda now: shell.rename_recent(register_name, now),
        lambda error: None,
        owner=shell,
    )
