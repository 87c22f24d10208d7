"""The style sheet of the window, made from the palette; scoped, so that it never colours what it does not mean."""

from collections.abc import Mapping
from string import Template

_SHEET = Template("""
QWidget { selection-background-color: $bg_selected; selection-color: $text_primary; }
QToolTip { background: $bg_surface; color: $text_primary; border: 1px solid $line_input; padding: ${u4}px ${u8}px; }
#surface, #topBar, #statusBar, #navigation, #card, #toast, #dialogBody { background: $bg_surface; }
#topBar { border-bottom: 1px solid $line_subtle; }
#statusBar { border-top: 1px solid $line_subtle; }
#navigation { border-right: 1px solid $line_subtle; }
#lookStrip { background: $warning_bg; border-bottom: 2px solid $warning; }
#lookStrip QLabel { color: $text_primary; font-weight: 700; }
#card { border: 1px solid $line_subtle; border-radius: 8px; }
#popup { background: $bg_surface; border: 1px solid $line_input; border-radius: 8px; }
#page, #page > QWidget > #scrolled { background: $bg_app; }
QScrollArea { background: transparent; border: none; }
QScrollArea#pane { border: 2px solid transparent; }
QScrollArea#pane:focus { border-color: $ring; }
QScrollArea > QWidget > #scrolled { background: transparent; }
QLabel[look="title"] { font-size: ${f20}px; font-weight: 700; }
QLabel[look="section"] { font-size: ${f16}px; font-weight: 700; }
QLabel[look="hint"] { font-size: ${f12}px; color: $text_muted; }
QLabel[look="secondary"] { color: $text_secondary; }
QLabel[look="error"] { font-size: ${f12}px; color: $danger; }
QLabel[look="tile"] { font-size: ${f28}px; font-weight: 700; }
QLabel[tone="danger"] { color: $danger; }
QLabel[tone="warning"] { color: $warning; }
QLabel[tone="good"], QLabel[tone="success"] { color: $success; }
QLabel#keyCap { color: $text_muted; background: $bg_subtle; border: 1px solid $line_subtle; border-radius: 4px;
  padding: 0 ${u4}px; font-size: ${f12}px; }

QPushButton { background: $bg_surface; color: $text_primary; border: 1px solid $line_input; border-radius: 4px;
  padding: 0 ${u12}px; min-height: ${h30}px; }
QPushButton:hover { background: $bg_hover; border-color: $accent; }
QPushButton:pressed, QPushButton:checked { background: $bg_selected; }
QPushButton:focus { border: 2px solid $ring; padding: 0 ${u11}px; min-height: ${h28}px; }
QPushButton:disabled { color: $text_disabled; border-color: $line_subtle; background: $bg_surface; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 700; }
QPushButton[look="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[look="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[look="primary"]:focus { border: 2px solid $ring; outline: none; background-clip: border;
  border-color: $text_primary; }
QPushButton[look="primary"]:disabled { background: $bg_subtle; color: $text_disabled; border-color: $line_subtle; }
QPushButton[look="danger"] { background: $danger; color: $on_danger; border: 1px solid $danger; font-weight: 700; }
QPushButton[look="danger"]:focus { border: 2px solid $text_primary; }
QPushButton[look="danger"]:disabled { background: $bg_subtle; color: $text_disabled; border-color: $line_subtle; }
QPushButton[look="plain"] { border: 1px solid transparent; background: transparent; padding: 0 ${u8}px; }
QPushButton[look="plain"]:hover { background: $bg_hover; }
QPushButton[look="plain"]:focus { border: 2px solid $ring; padding: 0 ${u7}px; }
QPushButton[look="link"] { border: 1px solid transparent; background: transparent; color: $accent; padding: 0 ${u4}px; }
QPushButton[look="link"]:hover { color: $accent_hover; text-decoration: underline; }
QPushButton[look="link"]:focus { border: 2px solid $ring; padding: 0 ${u3}px; }
QPushButton[look="quiet"] { border: 1px solid transparent; background: transparent; color: $text_muted;
  font-size: ${f12}px; padding: 0 ${u4}px; min-height: ${h22}px; }
QPushButton[look="quiet"]:hover { color: $text_primary; background: $bg_hover; }
QPushButton[look="quiet"]:focus { border: 2px solid $ring; padding: 0 ${u3}px; min-height: ${h20}px; }
QPushButton[look="fact"] { border: 1px solid transparent; background: transparent; color: $accent; padding: 0;
  min-height: ${h20}px; }
QPushButton[look="fact"]:hover { color: $accent_hover; text-decoration: underline; }
QPushButton[look="fact"]:focus { border: 2px solid $ring; }
QPushButton[look="chip"] { border: 1px solid $line_subtle; border-radius: ${r13}px; padding: 0 ${u12}px;
  min-height: ${h24}px; color: $text_secondary; background: $bg_surface; }
QPushButton[look="chip"]:hover { border-color: $accent; color: $text_primary; }
QPushButton[look="chip"]:checked { background: $bg_selected; border-color: $accent; color: $text_primary;
  font-weight: 700; }
QPushButton[look="chip"]:focus { border: 2px solid $ring; padding: 0 ${u11}px; min-height: ${h22}px; }
QPushButton[look="tile"] { text-align: left; border: 1px solid $line_subtle; border-radius: 8px; padding: 0; }
QPushButton[look="tile"]:hover { border-color: $accent; background: $bg_hover; }
QPushButton[look="tile"]:focus { border: 2px solid $ring; }
QPushButton[look="searchBox"] { text-align: left; color: $text_muted; }
QPushButton[look="field"] { text-align: left; padding-right: ${h24}px; }
QPushButton::menu-indicator { image: url($arrow_down); width: ${h16}px; height: ${h16}px;
  subcontrol-position: right center; right: ${u4}px; }
QToolButton { border: 1px solid transparent; border-radius: 4px; background: transparent; padding: ${u3}px;
  color: $text_primary; }
QToolButton:hover { background: $bg_hover; }
QToolButton:pressed, QToolButton:checked { background: $bg_selected; }
QToolButton:focus { border: 2px solid $ring; padding: ${u2}px; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox { background: $bg_surface; color: $text_primary;
  border: 1px solid $line_input; border-radius: 4px; padding: 0 ${u8}px; min-height: ${h30}px; }
QPlainTextEdit, QTextEdit { padding: ${u4}px; }
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border-color: $accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2px solid $ring; padding: 0 ${u7}px; min-height: ${h28}px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: ${u3}px; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $bg_subtle; border-color: $line_subtle; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: $text_disabled; border-color: $line_subtle; }
QLineEdit[wrong="true"], QComboBox[wrong="true"], QAbstractSpinBox[wrong="true"], QPlainTextEdit[wrong="true"] {
  border-color: $danger; background: $danger_bg; }
QComboBox, QDateEdit { padding-right: ${h24}px; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: ${h24}px; subcontrol-position: right center; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url($arrow_down); width: ${h16}px; height: ${h16}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: ${h24}px; }
QAbstractSpinBox::up-arrow { image: url($arrow_up); width: ${h12}px; height: ${h12}px; }
QAbstractSpinBox::down-arrow { image: url($arrow_down); width: ${h12}px; height: ${h12}px; }
QDateEdit::down-button { image: none; }
QComboBox QAbstractItemView { background: $bg_surface; border: 1px solid $line_input; outline: none; padding: ${u4}px;
  selection-background-color: $bg_selected; selection-color: $text_primary; }
QComboBox QAbstractItemView::item { min-height: ${h28}px; padding: 0 ${u8}px; }
QCheckBox, QRadioButton { spacing: ${u8}px; min-height: ${h24}px; border: 2px solid transparent; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border-color: $ring; }
QCheckBox::indicator, QListWidget#ticks::indicator, QListWidget#picks::indicator { width: ${h16}px; height: ${h16}px;
  border: 1px solid $line_input; border-radius: 3px; background: $bg_surface; }
QRadioButton::indicator { width: ${h16}px; height: ${h16}px; border: 1px solid $line_input;
  border-radius: ${r9}px; background: $bg_surface; }
QRadioButton::indicator:hover { border-color: $accent; }
QRadioButton::indicator:checked { border-color: $accent; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5,
  fx: 0.5, fy: 0.5, stop: 0 $accent, stop: 0.5 $accent, stop: 0.6 $bg_surface, stop: 1 $bg_surface); }
QCheckBox::indicator:hover, QListWidget#ticks::indicator:hover,
QListWidget#picks::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QListWidget#ticks::indicator:checked,
QListWidget#picks::indicator:checked { background: $accent;
  border-color: $accent; image: url($arrow_check); }
QCheckBox::indicator:disabled { border-color: $line_subtle; background: $bg_subtle; }
QCheckBox::indicator:checked:disabled { background: $text_disabled; border-color: $text_disabled; }

QTabBar { background: transparent; border: none; }
QTabBar::tab { background: transparent; color: $text_secondary; padding: 0 ${u12}px; min-height: ${h32}px;
  border: 2px solid transparent; border-bottom: 2px solid transparent; margin-right: ${u4}px; }
QTabBar::tab:hover { color: $text_primary; background: $bg_hover; }
QTabBar::tab:selected { color: $accent; font-weight: 700; border-bottom: 2px solid $accent; }
QTabBar::tab:selected:focus { border: 2px solid $ring; border-radius: 4px; }
QTabBar#recordTabs::tab { max-width: ${h320}px; }
QTabBar#recordTabs::tear { width: 0; image: none; border: none; }
QTabBar::close-button { image: url($arrow_close); subcontrol-position: right; }
QTabWidget::pane { border: none; }
QTabWidget::tab-bar { left: ${u4}px; }

QAbstractItemView { background: $bg_surface; alternate-background-color: $bg_zebra; color: $text_primary;
  border: none; outline: none; gridline-color: $line_subtle; }
QTableView { selection-background-color: $bg_selected; selection-color: $text_primary; }
QHeaderView { background: $bg_subtle; border: none; }
QHeaderView::section { background: $bg_subtle; color: $text_secondary; border: none; font-weight: 700;
  border-bottom: 1px solid $line_subtle; padding: 0 ${u8}px; font-size: ${f12}px; min-height: ${h30}px; }
QHeaderView:vertical { background: $bg_surface; }
QHeaderView::section:hover { color: $text_primary; background: $bg_selected_inactive; }
QHeaderView::up-arrow { image: url($arrow_up); width: ${h12}px; subcontrol-position: right center;
  subcontrol-origin: padding; }
QHeaderView::down-arrow { image: url($arrow_down); width: ${h12}px; subcontrol-position: right center;
  subcontrol-origin: padding; }
QTableCornerButton::section { background: $bg_subtle; border: none; }
QListWidget#ticks { background: transparent; }
QListWidget#ticks::item { border: 2px solid transparent; border-radius: 4px; color: $text_primary; }
QListWidget#ticks::item:selected { background: transparent; color: $text_primary; }
QListWidget#ticks::item:selected:focus { border: 2px solid $ring; }
QListWidget#picks::item { min-height: ${h30}px; padding: 0 ${u8}px; border-radius: 4px; border: 2px solid transparent; }
QListWidget#picks::item:hover { background: $bg_hover; }
QListWidget#picks::item:selected { background: $bg_selected; color: $text_primary; }
QListWidget#picks::item:focus, QListWidget#picks::item:selected:focus { border: 2px solid $ring; }
QListWidget#picks { border: 1px solid $line_subtle; border-radius: 8px; padding: ${u4}px; }
#card QListWidget#picks, #popup QListWidget#picks { border: none; }

QMenu { background: $bg_surface; border: 1px solid $line_input; border-radius: 4px; padding: ${u4}px; }
QMenu::item { padding: ${u4}px ${h24}px ${u4}px ${u12}px; border-radius: 4px; min-height: ${h20}px; }
QMenu::item:selected { background: $bg_selected; color: $text_primary; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::icon { padding-left: ${u8}px; }
QMenu::separator { height: 1px; background: $line_subtle; margin: ${u4}px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::handle { background: $line_input; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $text_muted; }
#navigation QScrollBar:vertical { width: 6px; }
#navigation QScrollBar::handle { margin: 1px; border-radius: 2px; background: $line_subtle; }
#navigation QScrollBar::handle:hover { background: $line_input; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $bg_subtle; border: none; border-radius: 4px; text-align: center; min-height: ${u8}px;
  max-height: ${u8}px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QSplitter::handle { background: $line_subtle; }
QDialog { background: $bg_surface; }
QMessageBox QLabel#qt_msgbox_label { padding: ${u8}px ${h24}px ${u8}px 0; }
QMessageBox QLabel#qt_msgboxex_icon_label { padding: ${u8}px ${u4}px ${u8}px ${u8}px; }
QGroupBox { border: 1px solid $line_subtle; border-radius: 8px; margin-top: ${f16}px; padding: ${u12}px; }
QGroupBox::title { subcontrol-origin: margin; left: ${u12}px; padding: 0 ${u4}px; font-weight: 700; }
#banner, #toast { border-radius: 8px; border: 1px solid $line_subtle; }
#banner[tone="danger"], #toast[tone="danger"] { background: $danger_bg; border-color: $danger; }
#banner[tone="warning"], #toast[tone="warning"] { background: $warning_bg; border-color: $warning; }
#banner[tone="success"], #toast[tone="success"] { background: $success_bg; border-color: $success; }
#banner[tone="info"], #toast[tone="info"] { background: $info_bg; border-color: $info; }
#calendar { background: $bg_surface; border: 1px solid $line_input; border-radius: 4px; }
QCalendarWidget QWidget { alternate-background-color: $bg_surface; }
QCalendarWidget #qt_calendar_navigationbar { background: $bg_surface; }
QCalendarWidget QToolButton { min-height: ${h24}px; font-weight: 700; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $on_accent; }
QCalendarWidget QAbstractItemView:disabled { color: $text_disabled; }
""")
_SIZES = {
    **{f"f{size}": size for size in (12, 13, 16, 20, 28)},
    **{f"h{size}": size for size in (12, 16, 20, 22, 24, 28, 30, 32, 66, 70, 110, 150, 320)},
    "r9": 9,
    "r13": 13,
}
_SPACES = {f"u{size}": size for size in (2, 3, 4, 7, 8, 11, 12)}


def style_sheet(palette: Mapping[str, str], arrows: Mapping[str, str], scale: float) -> str:
    """Return the sheet for a palette, the files of the arrows, and the text size (1.0 is 100 %)."""
    colours = {token.replace(".", "_"): colour for token, colour in palette.items()}
    sizes = {name: round(size * scale) for name, size in _SIZES.items()}
    images = {f"arrow_{name}": path for name, path in arrows.items()}
    return _SHEET.substitute({**colours, **sizes, **_SPACES, **images})
