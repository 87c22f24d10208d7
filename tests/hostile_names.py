"""Names of files as a stranger would give them who means harm."""

HOSTILE = (
    *("../../../outside", "..\\..\\outside", "/etc/passwd", "//server/share/x", "\\\\server\\share\\x", "C:\\x", "C:x"),
    *("file:///etc/passwd", "~/.bashrc", "$HOME/x", "%TEMP%\\x", "..", ".", "", " ", "...", ". .", "a/../../b"),
    *("....//....//x", "..%2f..%2fx", "..%c0%afx", "a\x00.pdf", "\x00", "a\x00/../../b", "a\nb", "a\r\nb.pdf", "a\tb"),
    *("a\x1b[31mred", "a\u202efdp.exe.txt", "\u200e\u200f", "\u2066a\u2069", "a\u2028b", "\ufeffa", "a\u00ad.pdf"),
    *("con", "CON.pdf", "con .pdf", "nul.tar.gz", "PRN", "aux.", "com1.txt", "LPT9", "COM¹", "conin$", "clock$.pdf"),
    *("x" * 5_000, "长" * 2_000 + ".pdf", "😀" * 300, "a." + "b" * 400, "." * 300, " " * 300, "/" * 300, "é" * 200),
    *("a:b", "a.pdf::$DATA", 'a"b', "a|b", "a?*b", "<script>", "-rf", "--help", "; rm -rf x", "`id`", "$(id)", "=1+1"),
    *("\udcff\udcfe.pdf", "e\u0301" * 100, "ａ．ｐｄｆ"),
)
"""Traversal, devices, streams, invisible letters, other encodings, and names longer than any disk takes."""
