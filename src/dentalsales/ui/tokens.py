"""Every colour of the window by name, light and dark, with the contrast they were chosen for."""

LIGHT = {
    "bg.app": "#F3F5F7",
    "bg.surface": "#FFFFFF",
    "bg.subtle": "#EAEEF2",
    "bg.zebra": "#F7F9FB",
    "bg.hover": "#EDF3FA",
    "bg.selected": "#D3E4F8",
    "bg.selected_inactive": "#E3E7EB",
    "text.primary": "#1B2733",
    "text.secondary": "#46545F",
    "text.muted": "#5F6C79",
    "text.disabled": "#7C8793",
    "line.subtle": "#D3DAE1",
    "line.input": "#758391",
    "accent": "#1A5FB4",
    "accent.hover": "#154E95",
    "accent.pressed": "#103E78",
    "on.accent": "#FFFFFF",
    "ring": "#1A5FB4",
    "danger": "#B3261E",
    "danger.bg": "#FDECEA",
    "on.danger": "#FFFFFF",
    "warning": "#7A4F00",
    "warning.bg": "#FFF4D6",
    "success": "#1B6E3C",
    "success.bg": "#E6F4EA",
    "info": "#1A5FB4",
    "info.bg": "#E6F0FB",
    "shadow": "#1B2733",
    "paper": "#FFFFFF",
    "series.1": "#1A5FB4",
    "series.2": "#C2410C",
    "series.3": "#1B6E3C",
    "series.4": "#7B3FA0",
    "series.5": "#8A6100",
    "series.6": "#0B7285",
}

DARK = {
    "bg.app": "#13181E",
    "bg.surface": "#1B222A",
    "bg.subtle": "#252E38",
    "bg.zebra": "#1F272F",
    "bg.hover": "#22303F",
    "bg.selected": "#284566",
    "bg.selected_inactive": "#2C3641",
    "text.primary": "#E7ECF1",
    "text.secondary": "#B7C2CD",
    "text.muted": "#97A4B1",
    "text.disabled": "#6D7A87",
    "line.subtle": "#35404B",
    "line.input": "#7C8A98",
    "accent": "#86B8F4",
    "accent.hover": "#A3C9F7",
    "accent.pressed": "#6BA5EC",
    "on.accent": "#0B1A2B",
    "ring": "#A3C9F7",
    "danger": "#FF9F97",
    "danger.bg": "#3B1F1F",
    "on.danger": "#2A0B09",
    "warning": "#F0C45C",
    "warning.bg": "#3A2F14",
    "success": "#82D8A3",
    "success.bg": "#173324",
    "info": "#86B8F4",
    "info.bg": "#1B3048",
    "shadow": "#000000",
    "paper": "#FFFFFF",
    "series.1": "#86B8F4",
    "series.2": "#FFA46B",
    "series.3": "#82D8A3",
    "series.4": "#D2A8F5",
    "series.5": "#F0C45C",
    "series.6": "#6ED3E3",
}

PALETTES = {"light": LIGHT, "dark": DARK}

CHIPS: dict[str, dict[str, tuple[str, str]]] = {
    "light": {
        "draft": ("#E4E8EC", "#3A4855"),
        "pending": ("#FFEFC7", "#6B4700"),
        "confirmed": ("#DAE8FA", "#124A8F"),
        "part": ("#E6E2FB", "#46349B"),
        "sent": ("#D6EEF1", "#0B5560"),
        "done": ("#DAF1E1", "#135C31"),
        "overdue": ("#FBDEDB", "#8F1D17"),
        "void": ("#EBEBEB", "#555555"),
        "return": ("#FBE0EC", "#86184B"),
    },
    "dark": {
        "draft": ("#35404B", "#D5DDE5"),
        "pending": ("#4A3A10", "#FFD978"),
        "confirmed": ("#1E3A5C", "#B6D6FB"),
        "part": ("#352E63", "#CFC6FF"),
        "sent": ("#143F47", "#9FE3EC"),
        "done": ("#17412A", "#A4E6BE"),
        "overdue": ("#5A2320", "#FFC2BC"),
        "void": ("#33373B", "#BFC4C9"),
        "return": ("#52233A", "#FFBCD8"),
    },
}
"""State family -> background and text of its chip."""

TEXT_PAIRS = tuple(
    (text, ground)
    for text in ("text.primary", "text.secondary", "accent", "danger", "warning", "success")
    for ground in ("bg.app", "bg.surface", "bg.subtle", "bg.zebra", "bg.hover", "bg.selected")
) + (
    ("text.muted", "bg.app"),
    ("text.muted", "bg.surface"),
    ("text.muted", "bg.subtle"),
    ("on.accent", "accent"),
    ("on.accent", "accent.hover"),
    ("on.accent", "accent.pressed"),
    ("on.danger", "danger"),
    ("danger", "danger.bg"),
    ("warning", "warning.bg"),
    ("success", "success.bg"),
    ("info", "info.bg"),
    ("text.primary", "danger.bg"),
    ("text.primary", "warning.bg"),
    ("text.primary", "success.bg"),
    ("text.primary", "info.bg"),
)
"""Texts and the grounds they stand on: 4.5 : 1 at least."""

CONTROL_PAIRS = tuple((part, ground) for part in ("line.input", "ring") for ground in ("bg.app", "bg.surface")) + (
    ("text.disabled", "bg.surface"),
    ("ring", "bg.selected"),
)
"""Borders and rings and the grounds they stand on: 3 : 1 at least."""
