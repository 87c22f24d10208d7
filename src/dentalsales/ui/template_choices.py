"""Everything that can be chosen of one template: usual size, prices, copies, parts, the company's sign, the printer."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from dentalsales.blueprint.print_template import MOST_COPIES, NAMINGS, Part, Template
from dentalsales.i18n import _, tr
from dentalsales.ui.flow_layout import FlowLayout
from dentalsales.ui.page import button, drop_all, label, roomy
from dentalsales.ui.print_job import offset_of
from dentalsales.ui.printing import size_key
from dentalsales.ui.shell import Shell
from dentalsales.ui.template_parts import TemplateParts
from dentalsales.usecases import print_template

SEPARATOR = "、"
LONGEST_NAMES = 60
NAMED = ("parts", "edge")
"""The ways to tell copies apart that print their names."""


class TemplateChoices(QScrollArea):
    """Made anew for every template; says what changed, the page keeps it."""

    changed = Signal()
    reset = Signal()
    usual = Signal()
    logo_changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._body = QWidget()
        self._body.setObjectName("scrolled")
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(8)
        self.setWidgetResizable(True)
        self.setWidget(self._body)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_template(
        self,
        template: Template,
        parts: Sequence[Part],
        prices: bool,
        is_usual: bool,
        has_logo: bool,
        size: QSizeF,
        names: Sequence[str],
    ) -> None:
        """Show a template of a paper of this size in millimetres; `names` are the usual ones of its copies."""
        drop_all(self._column)
        self.is_usual = QCheckBox(tr(_("The usual size of this paper")))
        self.is_usual.setChecked(is_usual)
        self.is_usual.setEnabled(not is_usual)
        self.is_usual.clicked.connect(self._make_usual)
        self.prices = QCheckBox(tr(_("With prices")))
        self.prices.setChecked(template.prices)
        self.prices.setVisible(prices)
        self.prices.toggled.connect(lambda on: self.changed.emit())
        self._make_copies(template, names)
        self.parts = TemplateParts(parts, template)
        self.parts.changed.connect(self.changed)
        for widget in (self.is_usual, self.prices, self._copies_row, self._names_row, self.parts,
                       self._sign_row(has_logo), self._printer_row(size)):  # fmt: skip
            self._column.addWidget(widget)
        back = button(_("As it comes"), "refresh")
        back.clicked.connect(self.reset)
        self._column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)

    def _make_copies(self, template: Template, names: Sequence[str]) -> None:
        self.copies, self.naming = QSpinBox(), QComboBox()
        roomy(self.copies)
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setValue(template.copies)
        self.copies.setAccessibleName(tr(_("Copies")))
        for name, words in NAMINGS.items():
            self.naming.addItem(tr(words), name)
        self.naming.setCurrentIndex(self.naming.findData(template.named))
        self.naming.setAccessibleName(tr(_("Names of the copies")))
        self.naming.setMinimumContentsLength(6)
        self.naming.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.copies.valueChanged.connect(lambda value: self.changed.emit())
        self.naming.activated.connect(self._naming_was_chosen)
        self._copies_row = _row(label(_("Copies"), "secondary"), self.copies, self.naming)
        self.copy_names = QLineEdit(template.copy_names)
        self.copy_names.setPlaceholderText(SEPARATOR.join(tr(name) for name in names))
        self.copy_names.setAccessibleName(tr(_("Own names of the copies")))
        self.copy_names.setMaxLength(LONGEST_NAMES)
        self.copy_names.editingFinished.connect(self._names_were_entered)
        self._names_row = _row(label(_("Own names of the copies"), "secondary"), self.copy_names)
        self._names_row.setVisible(template.named in NAMED)
        self._names_before = template.copy_names

    def _names_were_entered(self) -> None:
        """Leaving the field without a change is none."""
        if self.copy_names.text() != self._names_before:
            self._names_before = self.copy_names.text()
            self.changed.emit()

    def _naming_was_chosen(self, at: int) -> None:
        self._names_row.setVisible(self.naming.itemData(at) in NAMED)
        self.changed.emit()

    def _make_usual(self) -> None:
        self.is_usual.setEnabled(False)
        self.usual.emit()

    def _sign_row(self, has_logo: bool) -> QWidget:
        self.choose_logo = button(_("Choose a logo…"), "file-import")
        self.drop_logo = button(_("Without a logo"), "x")
        self.drop_logo.setVisible(has_logo)
        self.choose_logo.clicked.connect(self._ask_logo)
        self.drop_logo.clicked.connect(lambda: self._set_logo(None))
        made = QWidget()
        flow = FlowLayout(made)
        flow.addWidget(self.choose_logo)
        flow.addWidget(self.drop_logo)
        return made

    def _ask_logo(self) -> None:
        kinds = tr(_("Pictures (*.png *.jpg *.jpeg)"))
        chosen, _kind = QFileDialog.getOpenFileName(self, tr(_("Choose a logo…")), str(self._shell.folder()), kinds)
        if chosen:
            self._set_logo(Path(chosen))

    def _set_logo(self, path: Path | None) -> None:
        desk = self._shell.desk
        self._shell.runner.run(
            lambda: print_template.set_logo(desk, path), lambda nothing: self.logo_changed.emit(), owner=self
        )

    def _printer_row(self, size: QSizeF) -> QWidget:
        self._offset = label("", "hint")
        align = button(_("Align the printer"), "target")
        align.clicked.connect(lambda: self._align(size))
        self._say_offset(size)
        return _row(align, self._offset)

    def _align(self, size: QSizeF) -> None:
        from dentalsales.ui.print_offset import PrintOffset

        PrintOffset(self._shell, size, self).exec()
        self._say_offset(size)

    def _say_offset(self, size: QSizeF) -> None:
        across, down = offset_of(self._shell.preferences, size_key(size))
        said = _("this computer: {across:+.1f} mm to the right, {down:+.1f} mm down").fill(across=across, down=down)
        self._offset.setText(tr(said))
        self._offset.setWordWrap(True)

    def chosen(self, template: Template) -> Template:
        """Return the template as it is chosen now."""
        return replace(
            template,
            shown=dict(self.parts.shown()),
            widths=dict(self.parts.chosen_widths()),
            prices=self.prices.isChecked(),
            copies=self.copies.value(),
            naming=self.naming.currentData(),
            copy_names=self.copy_names.text().strip(),
        )


def _row(*widgets: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets[:-1]:
        row.addWidget(widget)
    row.addWidget(widgets[-1], 1)
    return made
