"""S8: every library is locked with its hashes and under a licence we may use, and nobody calls out of the house."""

import socket
from collections.abc import Callable

import pytest
from licences import is_allowed, licence_of, locked, rows
from outgoing import TRIED, OutgoingConnection


def test_every_library_is_locked_with_hashes_and_under_an_allowed_licence(
    record_property: Callable[[str, object], None],
) -> None:
    lock, page = locked(), rows()
    unhashed = [name for name, (_version, hashes) in lock.items() if not hashes]
    strange = [name for name, (_version, licence) in page.items() if not is_allowed(licence)]
    figure = f"S8: libraries {len(lock)}, without hashes {len(unhashed)}, licences not allowed {len(strange)}"
    print(figure)
    record_property("figure", figure)
    assert len(lock) > 30 and unhashed == [] and strange == []
    assert {name: version for name, (version, _licence) in page.items()} == {
        name: version for name, (version, _hashes) in lock.items()
    }, "run python3 make.py licences"
    told_otherwise = [name for name in page if licence_of(name) not in ("", page[name][1])]
    assert told_otherwise == [], "run python3 make.py licences"
    assert not is_allowed("GPL-3.0-only") and not is_allowed("") and is_allowed("GPL-2.0-only OR LGPL-3.0-only")


def test_a_connection_out_of_this_computer_is_noticed_and_refused(
    record_property: Callable[[str, object], None],
) -> None:
    figure = f"S8: outgoing connections tried by the tests before this one {len(TRIED)}"
    print(figure)
    record_property("figure", figure)
    assert TRIED == []
    with socket.socket() as way_out, pytest.raises(OutgoingConnection):
        way_out.connect(("192.0.2.1", 80))
    assert TRIED.pop() == "192.0.2.1"
