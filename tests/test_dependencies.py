"""S8: every library is locked with its hashes and under a licence we may use, and nobody calls out of the house."""

import socket

import pytest
from figures import Record, proved
from licences import is_allowed, licence_of, locked, rows
from outgoing import TRIED, OutgoingConnection


def test_every_library_is_locked_with_hashes_and_under_an_allowed_licence(
    record_property: Record,
) -> None:
    lock, page = locked(), rows()
    unhashed = [name for name, (_version, hashes) in lock.items() if not hashes]
    strange = [name for name, (_version, licence) in page.items() if not is_allowed(licence)]
    proved(record_property, "S8", libraries=len(lock), without_hashes=len(unhashed), licences_not_allowed=len(strange))
    assert len(lock) > 30 and unhashed == [] and strange == []
    assert {name: version for name, (version, _licence) in page.items()} == {
        name: version for name, (version, _hashes) in lock.items()
    }, "run python3 make.py licences"
    told_otherwise = [name for name in page if licence_of(name) not in ("", page[name][1])]
    assert told_otherwise == [], "run python3 make.py licences"
    assert not is_allowed("GPL-3.0-only") and not is_allowed("") and is_allowed("GPL-2.0-only OR LGPL-3.0-only")


def test_a_connection_out_of_this_computer_is_noticed_and_refused(
    record_property: Record,
) -> None:
    proved(record_property, "S8", outgoing_connections_tried_by_the_tests_before_this_one=len(TRIED))
    assert TRIED == []
    with socket.socket() as way_out, pytest.raises(OutgoingConnection):
        way_out.connect(("192.0.2.1", 80))
    assert TRIED.pop() == "192.0.2.1"
