"""Tells of an error under its number, in words, and writes the file that may be sent to whoever mends the program."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from dentalsales import error_report
from dentalsales.i18n import Text, _, language, tr
from dentalsales.safe_file import write_safely
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import bind, button, label
from dentalsales.ui.save_file import ask_where, say_saved
from dentalsales.ui.shell import Shell

TEXT = _("Text file (*.txt)")
HAPPENED = _("The program met an error that it was not prepared for. Its number is {number}.")
NOTHING = _("Here the program tells what whoever mends it needs to know.")
WHAT_TO_DO = (
    _("What you saved is kept, and what you are typing is kept as a draft. You can go on working."),
    _("If a screen looks wrong, close it and open it again; if that is no help, restart the program."),
    _("If it happens again, save the report and send it to whoever looks after the program, with a word on what you "
      "were doing."),
)  # fmt: skip
HOLDS = _(
    "The report holds versions and places in the program: no customers, papers, amounts, passwords or file names."
)


class ErrorReportDialog(QDialog):
    """The report of one error, or of none when the user only asks for it; Ctrl+S saves it, Esc closes."""

    def __init__(self, shell: Shell, number: str = "") -> None:
        super().__init__(QApplication.activeWindow())
        self._shell, self.number = shell, number
        self.setWindowTitle(tr(self._title()))
        self.banner = Banner()
        self.save_button = button(_("Save report…"), "device-floppy", "primary", "Ctrl+S")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.save)
        bind(self, "Ctrl+S", self.save)
        self.look_button = button(_("Show what it holds"), "eye")
        self.look_button.clicked.connect(self._look)
        self.close_button = button(_("Close"))
        self.close_button.clicked.connect(self.reject)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr(_("What the report holds")))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.hide()
        self._lay()
        self.save_button.setFocus()

    def _title(self) -> Text:
        return _("Error report {number}").fill(number=self.number) if self.number else _("Report a problem")

    def _lay(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label(self._title(), "title"))
        told = HAPPENED.fill(number=self.number) if self.number else NOTHING
        for text, look in ((told, ""), *((one, "") for one in WHAT_TO_DO[0 if self.number else 2 :]), (HOLDS, "hint")):
            words = label(text, look)
            words.setWordWrap(True)
            words.setMinimumWidth(words.fontMetrics().averageCharWidth() * 64)
            layout.addWidget(words)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.banner)
        row = QHBoxLayout()
        row.addWidget(self.look_button)
        row.addStretch()
        row.addWidget(self.close_button)
        row.addWidget(self.save_button)
        layout.addLayout(row)

    def _written(self) -> str:
        kept_in = "file" if self._shell.desk.company.exclusive else "server"
        return error_report.text_of(self.number, kept_in, language())

    def _look(self) -> None:
        self.text.setPlainText(self._written())
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * 16)
        self.text.show()
        self.text.setFocus()
        self.adjustSize()

    def save(self) -> None:
        """Write the report where the user says."""
        path = ask_where(self._shell, f"dental-sales-report-{self.number}".rstrip("-"), "txt", TEXT)
        if path is None:
            return
        written = self._written()

        def write() -> Path:
            with write_safely(path) as draft:
                draft.write_text(written, encoding="utf-8-sig", newline="\r\n")
            return path

        def done(saved: Path) -> None:
            say_saved(self._shell, saved)
            self.accept()

        self._shell.runner.run(write, done, self.banner.refuse, owner=self)


def show_report(shell: Shell, number: str = "") -> ErrorReportDialog:
    """Open the report of an error; the window behind it stays as it is."""
    dialog = ErrorReportDialog(shell, number)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
