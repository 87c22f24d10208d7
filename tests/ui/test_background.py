"""Work beside the window: a dialog may go before its answer comes."""

from threading import Event
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget

from dentalsales.i18n import _
from dentalsales.ui.background import Runner, Task


def test_a_dialog_may_go_before_its_answer_comes_and_the_work_still_comes_to_its_end(qapp: QApplication) -> None:
    ended: list[int] = []
    told: list[Any] = []
    pools = set()
    for number in range(60):
        dialog = QWidget()
        runner, may_go_on = Runner(dialog), Event()
        runner.progressed.connect(told.append)

        def work(task: Task, go_on: Event = may_go_on, number: int = number) -> int:
            go_on.wait()
            task.progress(1, 2)  # nobody listens any more
            ended.append(number)
            return number

        runner.run_long(work, _("Working"), told.append, told.append)
        pools.add(runner._pool)
        if number % 2:
            may_go_on.set()  # the answer and the end of the dialog meet
            shiboken6.delete(dialog)
        else:
            shiboken6.delete(dialog)
            may_go_on.set()
        del runner
        if number % 7 == 0:
            QCoreApplication.processEvents()
    assert all(pool.waitForDone(10_000) for pool in pools)
    after = Runner()
    after.run(lambda: "here", told.append)
    assert after.settle()
    assert sorted(ended) == list(range(60))
    assert told == ["here"], "only who is still there is told"
