"""The password of the login at a server, in the keyring of the system or nowhere: never in a file of our own."""

from contextlib import suppress
from typing import Any

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.server_address import ServerAddress

SERVICE = "dentalsales"
REAL = tuple(f"keyring.backends.{name}" for name in ("Windows", "macOS", "SecretService", "libsecret", "kwallet"))
"""Backends that are the system's own; whatever else keyring finds may write a file that anybody can read."""


def can_keep_password() -> bool:
    """Say whether this system has a keyring of its own; asking it may take a while."""
    return _keyring() is not None


def keep_password(address: ServerAddress) -> None:
    """Keep the address's password; RuleBroken when the keyring refuses."""
    ring = _keyring()
    if ring is None:
        raise RuleBroken(_("This system has no keyring, so the password is asked for at each start."))
    from keyring.errors import KeyringError

    try:
        ring.set_password(SERVICE, _name(address), address.password)
    except KeyringError as error:
        raise RuleBroken(
            _("The system's keyring did not take the password. Unlock it, or enter the password at each start.")
        ) from error


def kept_password(address: ServerAddress) -> str:
    """Return the password that was kept, "" when there is none or the keyring stays locked: then it is asked for."""
    ring = _keyring()
    if ring is None:
        return ""
    from keyring.errors import KeyringError

    try:
        return ring.get_password(SERVICE, _name(address)) or ""
    except KeyringError:
        return ""


def forget_password(address: ServerAddress) -> None:
    """Take a password out of the keyring; nothing happens when there is none."""
    ring = _keyring()
    if ring is not None:
        from keyring.errors import KeyringError

        with suppress(KeyringError):
            ring.delete_password(SERVICE, _name(address))


def _name(address: ServerAddress) -> str:
    """What the keyring calls a login: the same server by another protection is the same login."""
    return f"{address.login}@{address.server}/{address.database}"


def _keyring() -> Any:
    """Return the system's keyring; None where there is none, or where keyring was not installed."""
    try:
        import keyring
        from keyring.backends.chainer import ChainerBackend
    except ImportError:
        return None
    found = keyring.get_keyring()
    candidates = found.backends if isinstance(found, ChainerBackend) else [found]
    return next((one for one in candidates if type(one).__module__ in REAL), None)
