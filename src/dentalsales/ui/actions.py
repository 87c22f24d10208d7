"""Everything a key does, once: shortcuts, key sheet, tooltips, menus and the palette are made from this table."""

from dataclasses import dataclass

from dentalsales.i18n import Text, _, c_

GROUPS: dict[str, Text] = {
    "window": _("Everywhere"),
    "list": _("Lists"),
    "form": _("Records"),
    "lines": c_("keys", "Lines"),
    "report": _("Reports"),
    "fields": _("Fields"),
}
"""Where a key works, in the order of the key sheet."""


@dataclass(frozen=True)
class Action:
    """One act that keys reach."""

    name: str
    text: Text
    keys: tuple[str, ...]
    group: str = "window"
    icon: str = "player-play"
    fixed: bool = False
    """Keys of typing and keys with a digit: they stand on the sheet, but nobody changes them."""
    offered: bool = True
    """The palette and the menu offer it."""


ACTIONS: tuple[Action, ...] = (
    Action("palette", _("Search everything"), ("Ctrl+K",), icon="search", offered=False),
    Action("screen", _("Screens by their number"), ("Ctrl+1 … 9",), fixed=True, offered=False),
    Action("new", _("New record of this screen"), ("Ctrl+N",), icon="plus", offered=False),
    Action("refresh", _("Read again"), ("F5",), icon="refresh"),
    Action("next_pane", _("Next part of the window"), ("F6",), offered=False),
    Action("previous_pane", _("Previous part of the window"), ("Shift+F6",), offered=False),
    Action("next_tab", _("Next tab"), ("Ctrl+Tab",)),
    Action("previous_tab", _("Previous tab"), ("Ctrl+Shift+Tab",)),
    Action("close_tab", _("Close tab"), ("Ctrl+W",), icon="x"),
    Action("menu", _("Menu with letters"), ("F10",), offered=False),
    Action("cell_menu", _("Menu of the row or cell"), ("Shift+F10",), fixed=True, offered=False),
    Action("messages", _("Messages"), ("Ctrl+M",), icon="bell"),
    Action("close_messages", _("Close messages"), ("Ctrl+Shift+M",), offered=False),
    Action("keys", _("Keys of the program"), ("F1", "Ctrl+/"), icon="help-circle"),
    Action("larger", _("Larger text"), ("Ctrl+=",)),
    Action("smaller", _("Smaller text"), ("Ctrl+-",)),
    Action("normal_text", _("Normal text"), ("Ctrl+0",)),
    Action("scheme", _("Light or dark colours"), (), icon="moon"),
    Action("language", _("Switch language"), (), icon="language"),
    Action("password", _("Change password"), (), icon="key"),
    Action("lock", _("Lock"), (), icon="lock"),
    Action("report_problem", _("Report a problem"), (), icon="alert-circle"),
    Action("leave", _("Sign out"), (), icon="logout"),
    Action("search", _("Search the list"), ("Ctrl+F",), "list", icon="search"),
    Action("filter", _("Filter row"), ("Ctrl+Shift+L",), "list", icon="filter"),
    Action("columns", _("Columns"), ("Ctrl+Shift+K",), "list", icon="columns"),
    Action("view", _("Views of the list; 0 shows all"), ("Alt+1 … 9",), "list", fixed=True, offered=False),
    Action("views", _("Save, rename and share views"), ("Ctrl+Shift+B",), "list", icon="star"),
    Action("peek", _("Peek at the record"), ("Ctrl+I",), "list", icon="layout-sidebar-right"),
    Action("bulk", _("Act on the checked rows"), ("Ctrl+B",), "list", icon="square-check"),
    Action(
        "check", _("Check a row, several, all"), ("Space", "Shift+Down", "Ctrl+A"), "list", fixed=True, offered=False
    ),
    Action("fold", _("Fold and open groups"), ("Left", "Right", "Ctrl+Left"), "list", fixed=True, offered=False),
    Action("refuse", _("On Today: refuse an approval"), ("Ctrl+Backspace",), "list", fixed=True, offered=False),
    Action("export", _("Export to Excel"), ("Ctrl+E",), "list", icon="file-spreadsheet"),
    Action("print", _("Preview and print"), ("Ctrl+P",), "list", icon="printer"),
    Action("print_papers", _("Print papers: checked rows, or today's"), ("Ctrl+Shift+P",), "list", icon="printer"),
    Action("save", _("Save"), ("Ctrl+S",), "form", icon="device-floppy"),
    Action("save_and_new", _("Save and begin another"), ("Ctrl+Shift+S",), "form", icon="device-floppy"),
    Action("step", _("Save and take the next step"), ("Ctrl+Return", "Ctrl+Enter"), "form", offered=False),
    Action("duplicate", c_("record", "Duplicate"), ("Ctrl+Shift+D",), "form", icon="copy"),
    Action("history", _("History of the record"), ("F9",), "form", icon="history"),
    Action("next_part", _("Next part of the record"), ("Ctrl+PgDown",), "form", offered=False),
    Action("previous_part", _("Previous part of the record"), ("Ctrl+PgUp",), "form", offered=False),
    Action("next_record", _("Next record of the list"), ("Alt+PgDown",), "form"),
    Action("previous_record", _("Previous record of the list"), ("Alt+PgUp",), "form"),
    Action("earlier", _("Back; in reports the period before"), ("Alt+Left",), icon="chevron-left"),
    Action("later", _("Next period"), ("Alt+Right",), "report", icon="chevron-right"),
    Action("export_pdf", _("Export to PDF"), ("Ctrl+Shift+E",), "report", icon="file-type-pdf"),
    Action("open_file", _("Choose a file"), ("Ctrl+O",), icon="file-import"),
    Action("repeat", _("The same again"), ("Ctrl+L",), "lines", icon="history"),
    Action("line_history", _("What was agreed before"), ("Ctrl+Shift+H",), "lines", icon="history"),
    Action("matrix", _("Quantities by shade and size"), ("Ctrl+G",), "lines", icon="table"),
    Action("paste_message", _("Paste message"), ("Ctrl+Shift+V",), "lines", icon="message"),
    Action("insert_line", _("Insert a line"), ("Ins",), "lines", fixed=True, offered=False),
    Action("delete_line", _("Delete lines"), ("Ctrl+Del",), "lines", fixed=True, offered=False),
    Action("fill_down", _("Fill down"), ("Ctrl+D",), "lines", fixed=True, offered=False),
    Action("copy_above", _("Copy from above"), ("Ctrl+'",), "lines", fixed=True, offered=False),
    Action("copy_headings", _("Copy with headings"), ("Ctrl+Shift+C",), "lines", fixed=True, offered=False),
    Action("as_above", _("In a text: as in the line above"), (".. Enter",), "lines", fixed=True, offered=False),
    Action("new_linked", _("New record for the field"), ("Ctrl+Shift+N",), "fields", fixed=True, offered=False),
    Action("edit_cell", _("Edit a cell, one level back"), ("F2", "Esc"), "lines", fixed=True, offered=False),
    Action(
        "clipboard",
        _("Copy, paste, cut"),
        ("Ctrl+C", "Ctrl+V", "Ctrl+X"),
        "lines",
        fixed=True,
        offered=False,
    ),
    Action("undo", _("Undo, redo"), ("Ctrl+Z", "Ctrl+Y"), "lines", fixed=True, offered=False),
    Action(
        "next_field",
        _("Next and previous field that needs something"),
        ("Enter", "Shift+Enter"),
        "fields",
        fixed=True,
        offered=False,
    ),
    Action("choose", _("Open the choice of a field"), ("F7", "Alt+Down"), "fields", fixed=True, offered=False),
)
BY_NAME = {action.name: action for action in ACTIONS}


def default_of(chord: str) -> Action | None:
    """Return the action that a chord stands for when nobody has changed anything."""
    return next((action for action in ACTIONS if chord in action.keys), None)
