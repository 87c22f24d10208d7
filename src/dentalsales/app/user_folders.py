"""Where this user's own files lie, and what a place of a company is."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dentalsales.storage.server_address import ServerAddress

    Place = Path | ServerAddress
    """Where a company is."""


def user_folder(kind: str) -> Path:
    """Return where this user's own files lie: "data", "config" or "log"."""
    import platformdirs

    find: dict[str, Callable[..., Path]] = {
        "data": platformdirs.user_data_path,
        "config": platformdirs.user_config_path,
        "log": platformdirs.user_log_path,
    }
    return find[kind]("dentalsales", appauthor=False)
