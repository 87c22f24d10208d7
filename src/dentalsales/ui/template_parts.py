"""What is on a paper, to tick: its parts by place, and of columns how wide they are."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QGridLayout, QWidget

from dentalsales.blueprint.print_template import NARROWEST, WIDEST, Part, Template
from dentalsales.i18n import _, c_, tr
from dentalsales.ui import theme
from dentalsales.ui.page import label, roomy

GROUPS = {
    "head": _("Above the table"),
    "columns": _("Columns and their width"),
    "foot": _("Below the table"),
    "page": _("Around it"),
}


class TemplateParts(QWidget):
    """A tick per part; what the law wants is ticked for good and says so."""

    changed = Signal()

    def __init__(self, parts: Sequence[Part], template: Template, widths: bool = True) -> None:
        super().__init__()
        self._parts = parts
        self.ticks: dict[str, QCheckBox] = {}
        self.widths: dict[str, QDoubleSpinBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        row = 0
        for group, words in GROUPS.items():
            found = [part for part in parts if part.group == group]
            if found:
                grid.addWidget(label(words, "section"), row, 0, 1, 2)
                row += 1
            for part in found:
                self._add(grid, row, part, template)
                row += 1

    def _add(self, grid: QGridLayout, row: int, part: Part, template: Template) -> None:
        tick = QCheckBox(tr(part.label))
        tick.setAccessibleName(tr(part.label))
        tick.setChecked(template.has(part))
        tick.setEnabled(not part.law)
        if part.law:
            tick.setToolTip(tr(_("The law wants this on the paper.")))
        tick.toggled.connect(lambda on: self._switch(part.name, on))
        self.ticks[part.name] = tick
        alone = part.group != "columns" and not part.law
        grid.addWidget(tick, row, 0, 1, 2 if alone else 1)
        if part.group == "columns":
            grid.addWidget(self._width(part, template), row, 1)
        elif part.law:
            grid.addWidget(label(c_("print template", "by law"), "hint"), row, 1)

    def _width(self, part: Part, template: Template) -> QDoubleSpinBox:
        field = QDoubleSpinBox()
        field.setDecimals(0)
        field.setRange(NARROWEST - 1, WIDEST)
        field.setSpecialValueText(tr(c_("width", "by itself")))
        field.setSuffix(" mm")
        field.setValue(template.widths.get(part.name, NARROWEST - 1))
        field.setAccessibleName(tr(_("Width of {column}").fill(column=part.label)))
        field.setEnabled(template.has(part))
        field.setFixedWidth(theme.current().px(116))
        roomy(field)
        field.valueChanged.connect(lambda value: self.changed.emit())
        self.widths[part.name] = field
        return field

    def _switch(self, name: str, on: bool) -> None:
        if name in self.widths:
            self.widths[name].setEnabled(on)
        self.changed.emit()

    def shown(self) -> Mapping[str, bool]:
        """Return the ticks that are not as usual."""
        return {
            part.name: self.ticks[part.name].isChecked()
            for part in self._parts
            if not part.law and self.ticks[part.name].isChecked() != part.usual
        }

    def chosen_widths(self) -> Mapping[str, float]:
        """Return the widths that were set, in millimetres."""
        return {name: field.value() for name, field in self.widths.items() if field.value() >= NARROWEST}
