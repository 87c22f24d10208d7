"""The print templates: pick a paper and a size, tick what is on it, and see at once how it comes out."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QSizeF, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from dentalsales.blueprint.print_template import Template, copies_of, parts_of, tailored
from dentalsales.blueprint.printout import PAPER_SIZES, SIZE_NAMES, Paper
from dentalsales.i18n import Text, _, n_, tr
from dentalsales.ui import theme
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import Page, button, label
from dentalsales.ui.page_pictures import page_sizes
from dentalsales.ui.pages_view import PagesView
from dentalsales.ui.shell import Shell
from dentalsales.ui.template_choices import TemplateChoices
from dentalsales.usecases import print_template

PAUSE = 250
"""Milliseconds after the last change before it is kept and drawn."""
LINES = (3, 10, 40)


class TemplatePage(Page):
    """Every change is kept and shown; the paper of nobody with long names stands for all."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(_("Print templates"), shell.workspace.room)
        self._shell = shell
        self._folder = TemporaryDirectory(prefix="dental-sales-", ignore_cleanup_errors=True)
        self._drawn = 0
        self.template: Template | None = None
        self.printout, self.paper, self.lines = QComboBox(), QComboBox(), QComboBox()
        self.banner, self.pages = Banner(), PagesView(shell.runner)
        self.choices = TemplateChoices(shell)
        self.choices.changed.connect(self._change)
        self.choices.reset.connect(self.reset)
        self.choices.usual.connect(self._make_usual)
        self.choices.logo_changed.connect(self.refresh)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.keep)
        self._offer()
        self._lay()
        self.shortcut("F5", self.refresh)
        self.refresh()

    def _offer(self) -> None:
        for printout in self._shell.desk.business.printouts:
            if printout.example is not None:
                self.printout.addItem(tr(printout.title), printout.name)
        for count in LINES:
            self.lines.addItem(tr(n_("{count} line", "{count} lines").fill(count=count)), count)
        for box, words in ((self.printout, _("Paper")), (self.paper, _("Paper size")), (self.lines, _("Example"))):
            box.setAccessibleName(tr(words))
        self._offer_sizes()
        self.printout.activated.connect(self._other_paper)
        self.paper.activated.connect(lambda at: self.refresh())
        self.lines.activated.connect(lambda at: self._draw())

    def _other_paper(self, at: int) -> None:
        self._offer_sizes()
        self.refresh()

    def _offer_sizes(self) -> None:
        self._flush()
        self.paper.clear()
        for size in self._shell.desk.business.printout(self.printout.currentData()).sizes:
            self.paper.addItem(tr(SIZE_NAMES[size]), size)

    def _lay(self) -> None:
        side, main = QWidget(), QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 12, 8, 12)
        column.setSpacing(8)
        choice = QGridLayout()
        choice.setHorizontalSpacing(8)
        choice.setColumnStretch(1, 1)
        for row, (words, box) in enumerate(((_("Paper"), self.printout), (_("Paper size"), self.paper))):
            choice.addWidget(label(words, "secondary"), row, 0)
            choice.addWidget(box, row, 1)
        column.addLayout(choice)
        column.addWidget(self.banner)
        column.addWidget(self.choices, 1)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 12, 16, 8)
        bar.setSpacing(8)
        bar.addWidget(label(_("Example"), "section"))
        bar.addWidget(self.lines)
        bar.addStretch(1)
        for words, picture, steps in ((_("Smaller"), "minus", -1), (_("Fit the width"), "arrows-horizontal", 0),
                                      (_("Larger"), "plus", 1)):  # fmt: skip
            made = button(words, picture)
            made.clicked.connect(lambda _on=False, by=steps: self.pages.zoom(by))
            bar.addWidget(made)
        right = QVBoxLayout(main)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(bar)
        right.addWidget(self.pages, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(side)
        splitter.addWidget(main)
        splitter.setStretchFactor(1, 1)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([theme.current().px(400), theme.current().px(800)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def take_focus(self) -> None:
        """Begin with the kind of paper."""
        self.printout.setFocus()

    def refresh(self) -> None:
        """Read the template of the chosen paper and size."""
        self._flush()
        desk, name, size = self._shell.desk, self.printout.currentData(), self.paper.currentData()

        def read() -> tuple[Template, Paper, str, bool]:
            found = print_template.template(desk, name, size)
            whole = print_template.example(desk, replace(found, prices=True), 1)
            return found, whole, print_template.usual_size_of(desk, name), print_template.has_logo(desk)

        self._shell.runner.run(read, lambda found: self._take(*found), self.banner.refuse, owner=self)

    def _take(self, template: Template, whole: Paper, usual: str, has_logo: bool) -> None:
        if (template.printout, template.size) != (self.printout.currentData(), self.paper.currentData()):
            return
        self.template = template
        printout = self._shell.desk.business.printout(template.printout)
        size = QSizeF(*PAPER_SIZES[template.size])
        self.choices.show_template(
            template, parts_of(whole), printout.prices_optional, usual == template.size, has_logo, size, whole.copies
        )
        if not print_template.may_change(self._shell.desk):
            self.banner.tell(tr(_("Print templates are changed by the sales manager or director.")), "info")
            self.choices.setEnabled(False)
        self._draw()

    def _change(self) -> None:
        if self.template is not None:
            self.template = self.choices.chosen(self.template)
            self._pause.start()

    def _flush(self) -> None:
        """A change that waits is kept before another paper is read."""
        if self._pause.isActive():
            self._pause.stop()
            self.keep()

    def keep(self) -> None:
        """Keep the template and show it."""
        desk, wanted = self._shell.desk, self.template
        if wanted is not None:
            self._shell.runner.run(
                lambda: print_template.keep(desk, wanted),
                lambda nothing: self.banner.hide(),
                self.banner.refuse,
                owner=self,
            )
            self._draw()

    def _make_usual(self) -> None:
        desk, wanted = self._shell.desk, self.template
        if wanted is not None:
            said: Text = _("{paper} is printed on {size} unless a customer wants another.").fill(
                paper=self.printout.currentText(), size=SIZE_NAMES[wanted.size]
            )
            self._shell.runner.run(
                lambda: print_template.make_usual(desk, wanted.printout, wanted.size),
                lambda nothing: self._shell.toast(said, "success"), self.banner.refuse, owner=self,
            )  # fmt: skip

    def reset(self) -> None:
        """Go back to the paper as it comes; the toast can bring the choices back."""
        desk, before = self._shell.desk, self.template
        if before is None:
            return

        def bring_back() -> None:
            self._shell.runner.run(
                lambda: print_template.keep(desk, before), lambda nothing: self.refresh(), owner=self
            )

        def done(nothing: Any) -> None:
            self.refresh()
            self._shell.toast(_("The template is as it comes again."), "success", bring_back)

        self._shell.runner.run(
            lambda: print_template.reset(desk, before.printout, before.size), done, self.banner.refuse, owner=self
        )

    def _draw(self) -> None:
        """Draw the paper of nobody as the template has it."""
        if self.template is None:
            return
        self._drawn += 1
        desk, wanted, lines, drawn = self._shell.desk, self.template, self.lines.currentData(), self._drawn
        path = Path(self._folder.name) / f"template-{drawn}.pdf"

        def work() -> list[QSizeF]:
            from dentalsales.exchange.pdf import write_papers

            made = tailored(print_template.example(desk, wanted, lines), wanted)
            write_papers(copies_of(made, wanted), path)
            return page_sizes(path)

        def show(sizes: list[QSizeF]) -> None:
            if drawn == self._drawn:
                self.pages.show_file(path, sizes)
                self.say(tr(n_("{count:,} page", "{count:,} pages").fill(count=len(sizes))))

        self._shell.runner.run(work, show, self.banner.refuse, owner=self)
