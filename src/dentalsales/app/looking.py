"""A copy unpacked for a window in which nothing can be changed."""

from pathlib import Path
from tempfile import TemporaryDirectory

from dentalsales.app.companies import open_company
from dentalsales.app.window import open_window


def look_at_copy(file: Path, passphrase: str, language: str | None, login: str) -> int:
    """Unpack a copy into a folder that goes with the window, and open it only to look; return the exit code."""
    from dentalsales.exchange.cell_text import shown
    from dentalsales.i18n import _
    from dentalsales.usecases import back_up

    with TemporaryDirectory(prefix="dentalsales-look-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        info = back_up.unpack_copy(file, folder, passphrase)
        open_company(folder).close()  # brings a copy of an older version up to date; the copy itself stays as it is
        what = _("Copy of {moment}").fill(moment=shown(info.made_at, "moment"))
        return open_window(folder, language, login, what)
