"""A start with a company on a server: what stands in the way is said first, and no password in any file."""

import json
import shutil
from argparse import Namespace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from postgres_server import LOCKED, PASSWORD, PostgresServer
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from server_hands import type_into, whoever_sees

from dentalsales import app, log
from dentalsales.app import elsewhere, places
from dentalsales.app.places import Elsewhere
from dentalsales.app.signing_in import begin_company, sign_in
from dentalsales.app.window import open_window
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.cli.sign_in import company_place
from dentalsales.storage import kept_password
from dentalsales.storage.layout import MOVING
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_company import ServerCompany
from dentalsales.ui.first_start import FirstStart
from dentalsales.ui.preferences import Preferences
from dentalsales.ui.server_away_dialog import ServerAwayDialog
from dentalsales.ui.server_dialog import ServerDialog
from dentalsales.ui.sign_in_dialog import SignInDialog

_names = count(1)


@pytest.fixture
def address(postgres: PostgresServer) -> ServerAddress:
    """An empty database."""
    name = f"start_{next(_names)}"
    postgres.run(f"CREATE DATABASE {name}")
    return ServerAddress.parse(postgres.url(name))


@pytest.fixture
def preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Preferences:
    """What this computer remembers, in a folder of the test; so does all that is the user's own."""
    monkeypatch.setattr(places, "user_folder", lambda kind: tmp_path / kind)
    monkeypatch.setattr(elsewhere, "user_folder", lambda kind: tmp_path / kind)
    monkeypatch.setattr("dentalsales.app.companies.user_folder", lambda kind: tmp_path / kind)
    return Preferences(places.preferences_file())


def test_a_server_that_is_away_is_said_before_the_sign_in_and_another_place_can_be_chosen(
    preferences: Preferences, postgres: PostgresServer, address: ServerAddress, qapp: QApplication
) -> None:
    away = ServerAddress.parse(address.written.replace(str(postgres.port), "1"))
    said: list[str] = []

    def chooses_another(dialog: ServerAwayDialog) -> None:
        said.extend(label.text() for label in dialog.findChildren(QLabel))
        QTest.keyClick(dialog.elsewhere, Qt.Key.Key_Space)

    def types_the_right_one(dialog: ServerDialog) -> None:
        assert not dialog.take.isEnabled() and dialog.fields.port.text() == "1"
        type_into(dialog.fields, address)
        dialog.fields.tested.connect(lambda found: QTest.keyClick(dialog.take, Qt.Key.Key_Return) if found else None)
        QTest.keyClick(dialog.fields.port, Qt.Key.Key_Return)

    with whoever_sees(
        {
            SignInDialog: lambda dialog: said.append(dialog.where.text()),
            ServerAwayDialog: chooses_another,
            ServerDialog: types_the_right_one,
        }
    ):
        chosen = sign_in(away, preferences, "")
    assert said[0] == f"On the server: {away}"
    assert said[1].startswith("The server 127.0.0.1:1 does not answer. Check that it is on")
    assert chosen == Elsewhere(address, empty=True)
    with whoever_sees({ServerAwayDialog: lambda dialog: QTest.keyClick(dialog.again, Qt.Key.Key_Return)}):
        assert sign_in(away, preferences, "") == Elsewhere(away, same=True)


def test_the_password_is_asked_for_at_the_start_and_stands_in_no_file(
    preferences: Preferences, postgres: PostgresServer, tmp_path: Path, qapp: QApplication
) -> None:
    locked(postgres)
    place = ServerAddress.parse(postgres.url(login=LOCKED))

    def types_it(dialog: ServerAwayDialog) -> None:
        assert dialog.focusWidget() is dialog.password and not dialog.keep.isEnabled()
        QTest.keyClicks(dialog.password, PASSWORD)
        QTest.keyClick(dialog.password, Qt.Key.Key_Return)

    with whoever_sees({ServerAwayDialog: types_it}):
        chosen = sign_in(place, preferences, "")
    assert isinstance(chosen, Elsewhere) and chosen.place == place.with_password(PASSWORD)
    log.begin(tmp_path / "log")
    wrong = place.with_password(PASSWORD[::-1])
    with pytest.raises(RuleBroken) as refused:
        app.open_company(wrong)
    number = log.report(refused.value)
    elsewhere.keep_place(preferences, chosen)
    assert places.usual_place() == tmp_path / "data", "a password alone is no choice of a place"
    elsewhere.keep_place(preferences, chosen.after(Elsewhere(place)))
    assert places.usual_place() == place and company_place(Namespace(data=None, database=None)) == place
    written = {file: file.read_text(encoding="utf-8") for file in tmp_path.rglob("*") if file.is_file()}
    assert any(number in text for text in written.values())
    assert [str(file) for file, text in written.items() if PASSWORD in text or wrong.password in text] == []
    with whoever_sees({ServerAwayDialog: types_it}):  # and no sign-in before it
        assert sign_in(place, preferences, "") == chosen
    elsewhere.keep_place(preferences, Elsewhere(tmp_path / "shop"))
    assert places.usual_place() == tmp_path / "shop"


def test_a_first_start_leads_to_a_server_and_sets_the_company_up_there(
    preferences: Preferences, address: ServerAddress, tmp_path: Path, qapp: QApplication
) -> None:
    def types_it(dialog: ServerDialog) -> None:
        type_into(dialog.fields, address)
        dialog.fields.tested.connect(lambda found: QTest.keyClick(dialog.take, Qt.Key.Key_Return) if found else None)
        QTest.keyClick(dialog.fields.port, Qt.Key.Key_Return)

    with whoever_sees({FirstStart: lambda wizard: QTimer.singleShot(0, wizard.server.click), ServerDialog: types_it}):
        chosen: Any = begin_company(tmp_path / "new", preferences)
    assert chosen == Elsewhere(address, empty=True) and not (tmp_path / "new").exists()
    said: list[str] = []

    def fills_in(wizard: FirstStart) -> None:
        said.extend(label.text() for label in wizard.findChildren(QLabel))
        wizard.forward.click()
        for name, words in (("company_name", "爱牙"), ("name", "王"), ("login", "wang")):
            wizard.fields[name].setText(words)
        for name in ("password", "again"):
            wizard.fields[name].setText("long enough")
        for _page in range(3):
            QTest.keyClick(wizard.forward, Qt.Key.Key_Return)

    with whoever_sees({FirstStart: fills_in}):
        desk: Any = begin_company(chosen.place, preferences)
    assert f"The company is set up on the server: {address}" in said
    assert desk.company.place == str(address) and desk.letterhead().name == "爱牙"
    desk.company.close()


def test_how_a_move_ended_that_was_cut_off_the_server_tells_once_its_password_is_typed(
    preferences: Preferences, postgres: PostgresServer, template: Path, tmp_path: Path, qapp: QApplication
) -> None:
    locked(postgres)
    folder = Path(shutil.copytree(template, tmp_path / "shop"))
    told = {"address": ServerAddress.parse(postgres.url(login=LOCKED)).written, "last_id": 0, "seal": ""}
    (folder / MOVING).write_text(json.dumps(told), encoding="utf-8")
    said: list[str] = []

    def types_it(dialog: ServerAwayDialog) -> None:
        said.extend(label.text() for label in dialog.findChildren(QLabel))
        QTest.keyClicks(dialog.password, PASSWORD)
        QTest.keyClick(dialog.password, Qt.Key.Key_Return)

    with whoever_sees({ServerAwayDialog: types_it}):
        QTimer.singleShot(0, lambda: close_when(lambda: not (folder / MOVING).exists()))
        assert sign_in(folder, preferences, "") is None
    assert "was cut off, and only the server knows" in said[0] and "wants the password of locked" in said[0]
    app.open_company(folder).close()


def test_a_password_that_was_ticked_comes_out_of_the_keyring_at_the_next_start(
    preferences: Preferences, on_server: Any, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ring(dict):  # type: ignore[type-arg]
        """Keeps in memory what the system would keep."""

        def set_password(self, service: str, name: str, password: str) -> None:
            self[service, name] = password

        def get_password(self, service: str, name: str) -> str | None:
            return self.get((service, name))

    ring, place = Ring(), on_server.address
    monkeypatch.setattr(kept_password, "_keyring", lambda: ring)
    elsewhere.keep_place(preferences, Elsewhere(place.with_password("whatever"), keep=True))
    assert list(ring.values()) == ["whatever"] and "whatever" not in places.preferences_file().read_text()
    assert not elsewhere.wants_password(place, preferences)
    asked: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(ServerCompany, "open", lambda address, *_words: asked.append(address.password))
        app.open_company(places.usual_place())
    assert asked == ["whatever"]


def test_a_folder_that_is_gone_is_said_and_no_new_company_begins_in_its_place(
    preferences: Preferences, tmp_path: Path, qapp: QApplication
) -> None:
    elsewhere.keep_place(preferences, Elsewhere(tmp_path / "stick"))
    assert places.usual_place() == tmp_path / "stick" and places.is_missing(tmp_path / "stick")
    said: list[str] = []

    def reads(dialog: ServerAwayDialog) -> None:
        said.extend(label.text() for label in dialog.findChildren(QLabel))
        QTest.keyClick(dialog.leave, Qt.Key.Key_Return)

    with whoever_sees({ServerAwayDialog: reads}):
        assert open_window(places.usual_place(), "en", "") == 0
    assert said[0].startswith(f"There is no company in {tmp_path / 'stick'}. Plug the disk in")
    assert not (tmp_path / "stick").exists()


def locked(postgres: PostgresServer) -> None:
    """A login that has to say its password."""
    if not postgres.run(f"SELECT 1 FROM pg_roles WHERE rolname = '{LOCKED}'"):
        postgres.run(f"CREATE ROLE {LOCKED} LOGIN PASSWORD '{PASSWORD}'")


def close_when(is_so: Any) -> None:
    """Leave the sign-in once something is so."""
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, SignInDialog) and one.isVisible()]
    if dialogs and is_so():
        dialogs[0].reject()
    else:
        QTimer.singleShot(20, lambda: close_when(is_so))
