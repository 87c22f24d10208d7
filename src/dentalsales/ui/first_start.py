"""The first start: language, letterhead, the first employee, and an empty or a sample company."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dentalsales.i18n import LANGUAGES, Text, _, language, tr, use_language
from dentalsales.ui import theme
from dentalsales.ui.background import Runner, Task, progress_text
from dentalsales.ui.editors.field_editor import plain_enter
from dentalsales.ui.first_answers import EMPLOYEE, LETTERHEAD, OPTIONAL, STEPS, Answers, field_after, problem_on
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import button, drop_all, label


class FirstStart(QDialog):
    """`begin(answers, task)` makes the company in the background, counts with `task.progress`, and returns the desk.

    `where` names the server on which it is made. `elsewhere` is the server or the folder that was chosen instead.
    """

    language_chosen = Signal(str)

    def __init__(self, begin: Callable[[Answers, Task], Any], parent: QWidget | None = None, where: str = "") -> None:
        super().__init__(parent)
        self._begin, self._place = begin, where
        self.elsewhere: Any = None
        self.runner = Runner(self)
        self.desk: Any = None
        self.answers = Answers(language())
        self.fields: dict[str, QLineEdit] = {}
        self._kept: dict[str, str] = {}
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self.runner.progressed.connect(self._show_progress)
        self._build(0)

    def _build(self, place: int) -> None:
        """Make all pages in the language in use, and show one of them."""
        look = theme.current()
        self.setWindowTitle(tr(_("Set up Dental Sales")))
        self.setMinimumWidth(look.px(600))
        drop_all(self._outer)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(12)
        self._where, self._title = label("", "hint"), label("", "title")
        self.banner, self.pages = Banner(), QStackedWidget()
        for page in (self._language_page(), self._company_page(), self._employee_page(), self._data_page()):
            self.pages.addWidget(page)
        for part in (self._where, self._title, self.banner):
            layout.addWidget(part)
        layout.addWidget(self.pages, 1)
        layout.addLayout(self._buttons())
        self._outer.addWidget(body)
        self._go(place)

    def _buttons(self) -> QHBoxLayout:
        self.back = button(_("Back"), "arrow-left")
        self.back.setAutoDefault(False)  # Enter always goes forward
        self.back.clicked.connect(lambda: self._go(self.pages.currentIndex() - 1))
        self.forward = button(_("Next"), "", "primary")
        self.forward.clicked.connect(self._forward)
        self._status = label("", "hint")
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self._status, 1)
        row.addWidget(self.forward)
        return row

    def _language_page(self) -> QWidget:
        page, layout = _page()
        layout.addWidget(label(_("You can change the language later, without a restart."), "secondary"))
        self.languages = QButtonGroup(self)
        for number, (code, name) in enumerate(LANGUAGES):
            choice = QRadioButton(name)
            choice.setChecked(code == language())
            self.languages.addButton(choice, number)
            layout.addWidget(choice)
        self.languages.idClicked.connect(lambda number: self._choose_language(LANGUAGES[number][0]))
        layout.addStretch(1)
        layout.addLayout(self._place_row())
        return page

    def _place_row(self) -> QHBoxLayout:
        """Where the company is made, or the way to a server where several work."""
        row, told = QHBoxLayout(), _("Do several people work in one company? Then it lies on a server.")
        if self._place:
            told = _("The company is set up on the server: {place}").fill(place=self._place)
        words = label(told, "hint")
        words.setWordWrap(True)
        self.server = button(_("Work on a server…"), "server")
        self.server.setAutoDefault(False)
        self.server.clicked.connect(self._choose_server)
        row.addWidget(words, 1)
        row.addWidget(self.server)
        return row

    def _choose_server(self) -> None:
        from dentalsales.ui.server_dialog import ServerDialog  # most first starts do without

        dialog = ServerDialog(parent=self)
        if dialog.exec():
            self.elsewhere = dialog.choice
            self.reject()
        dialog.deleteLater()

    def _choose_language(self, code: str) -> None:
        self._remember()
        use_language(code)
        self.answers.language = code
        self.language_chosen.emit(code)
        self._build(0)

    def _company_page(self) -> QWidget:
        page, layout = _page()
        said = label(
            _("Printed where they belong: the licence on the dispatch note, code and bank on the statement."),
            "secondary",
        )
        said.setWordWrap(True)
        layout.addWidget(said)
        layout.addLayout(self._form(LETTERHEAD))
        layout.addStretch(1)
        return page

    def _employee_page(self) -> QWidget:
        page, layout = _page()
        said = label(_("The first employee is the sales manager, who adds the others."), "secondary")
        said.setWordWrap(True)
        layout.addWidget(said)
        layout.addLayout(self._form(EMPLOYEE))
        for name in ("password", "again"):
            self.fields[name].setEchoMode(QLineEdit.EchoMode.Password)
        layout.addStretch(1)
        return page

    def _data_page(self) -> QWidget:
        page, layout = _page()
        self.empty = QRadioButton(tr(_("Empty company: enter or import your own data")))
        self.sample = QRadioButton(tr(_("Sample company: 14 months of made-up business, to try things out")))
        (self.sample if self.answers.sample else self.empty).setChecked(True)
        layout.addWidget(self.empty)
        layout.addWidget(self.sample)
        layout.addStretch(1)
        return page

    def _form(self, names: tuple[tuple[str, Text], ...]) -> QFormLayout:
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name, text in names:
            self.fields[name] = line = QLineEdit(self._kept.get(name, ""))
            line.setAccessibleName(tr(text))
            form.addRow(tr(text), line)
        return form

    def _remember(self) -> None:
        self._kept = {name: line.text() for name, line in self.fields.items()}
        self.answers.sample = self.sample.isChecked()

    def _go(self, place: int) -> None:
        self.banner.hide()
        self.pages.setCurrentIndex(place)
        self._where.setText(tr(_("Step {number} of {count}").fill(number=place + 1, count=len(STEPS))))
        self._title.setText(tr(STEPS[place]))
        self.back.setEnabled(place > 0)
        self.forward.setDefault(True)  # the dialog knows its button only once it is inside
        self.forward.setText(tr(_("Begin") if place == len(STEPS) - 1 else _("Next")))
        self._make_room()
        first = {1: "company_name", 2: "name"}.get(place)
        if first is not None:
            self.fields[first].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field of the page, and from the last one on; what is missing is said at once."""
        here = next((name for name in self.fields if self.fields[name].hasFocus()), None)
        if here is not None and plain_enter(event) and (self.fields[here].text() or here in OPTIONAL):
            following = field_after(here)
            if following:
                self.fields[following].setFocus()
                return
        super().keyPressEvent(event)

    def _make_room(self) -> None:
        """Let the page be seen whole: a stack does not ask its pages how high their wrapped words make them."""
        page = self.pages.currentWidget()
        inside = page.layout() if page is not None else None
        if self.isVisible() and inside is not None and inside.hasHeightForWidth():
            self.pages.setMinimumHeight(inside.totalHeightForWidth(self.pages.width()))

    def _forward(self) -> None:
        words = {name: line.text() for name, line in self.fields.items()}
        problem = problem_on(self.pages.currentIndex(), words)
        if problem is not None:
            self.banner.tell(tr(problem[0]))
            self.resize(self.width(), max(self.height(), self._outer.totalHeightForWidth(self.width())))
            self.fields[problem[1]].setFocus()
        elif self.pages.currentIndex() < len(STEPS) - 1:
            self._go(self.pages.currentIndex() + 1)
        else:
            self._make()

    def _make(self) -> None:
        self._remember()
        answers = self.answers
        answers.take(self._kept)
        self.forward.setEnabled(False)
        self.back.setEnabled(False)
        self._status.setText(tr(_("Setting up…")))
        self.runner.run_long(
            lambda task: self._begin(answers, task), _("Setting up…"), self._done, self._refused, owner=self
        )

    def _show_progress(self, task: Task) -> None:
        self._status.setText(tr(progress_text(task)))

    def _done(self, desk: Any) -> None:
        self.desk = desk
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.forward.setEnabled(True)
        self.back.setEnabled(True)
        self._status.clear()
        self.banner.refuse(error)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    return page, layout
