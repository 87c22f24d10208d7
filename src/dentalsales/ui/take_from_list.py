"""Takes the step of a paper from a list, without opening the paper."""

from typing import Any

from PySide6.QtWidgets import QWidget


def take_from_list(shell: Any, register: str, record_id: int, step_name: str, parent: QWidget) -> bool:
    """Ask what the step wants to know, take it and say so; False when it was refused or left."""
    from dentalsales.ui.step_dialog import take_asking  # with all editors: not for the first picture
    from dentalsales.usecases.form import open_form

    form: Any = shell.attempt(lambda: open_form(shell.desk, register, record_id))
    if form is None:
        return False
    step = form.step(step_name)
    if take_asking(shell.desk, form, step, parent, shell.messages.refuse) is None:
        return False
    shell.toast(form.said_after(step), "success")
    if form.warnings:
        shell.messages.warn(form.title, form.warnings)
    return True
