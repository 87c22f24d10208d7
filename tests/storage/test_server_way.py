"""The way to a server: its protection stands in the address and never gives way, and a test tells what is there."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import psycopg
import pytest
from company_tables import company_metadata
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from desks import with_employees
from postgres_server import LOCKED, PASSWORD, PostgresServer

from dentalsales.blueprint.house_records import SettingValue
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import tr
from dentalsales.storage import kept_password, server_company
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_company import ServerCompany
from dentalsales.storage.server_look import look_at_server
from dentalsales.usecases.server_place import ServerWords, try_server, words_of

_names = count(1)


def certificate(name: str) -> tuple[str, str]:
    """A key and the certificate that it signs for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private.decode(), made.public_bytes(serialization.Encoding.PEM).decode()


@pytest.fixture
def authority(postgres: PostgresServer, tmp_path: Path) -> Iterator[Path]:
    """The server speaks TLS under the name localhost as long as the test runs; the file vouches for it."""
    key, public = certificate("localhost")
    for file, words in (("server.key", key), ("server.crt", public)):
        rows = ", ".join(f"('{line}')" for line in words.splitlines())
        postgres.run(f"COPY (VALUES {rows}) TO PROGRAM 'umask 077; /bin/cat > {file}'")
    switch(postgres, "on")
    file = tmp_path / "authority.crt"
    file.write_text(public)
    yield file
    switch(postgres, "off")


def switch(postgres: PostgresServer, state: str) -> None:
    """Turn TLS on or off, for the connections to come."""
    postgres.run(f"ALTER SYSTEM SET ssl = {state}", "SELECT pg_reload_conf()")
    for _wait in range(200):
        if postgres.run("SHOW ssl") == [(state,)]:
            return
        time.sleep(0.02)
    raise AssertionError("the server did not take its new settings")


def refusal(url: str) -> str:
    with pytest.raises(RuleBroken) as refused:
        look_at_server(ServerAddress.parse(url))
    return tr(refused.value.text)


def test_the_protection_is_chosen_and_never_weaker_than_that(postgres: PostgresServer, authority: Path) -> None:
    url = postgres.url().replace("127.0.0.1", "localhost")
    checked = f"{url}?sslmode=verify-full&sslrootcert={authority}"
    assert look_at_server(ServerAddress.parse(checked)).protocol.startswith("TLS")
    assert look_at_server(ServerAddress.parse(f"{url}?sslmode=require")).protocol.startswith("TLS")
    assert look_at_server(ServerAddress.parse(url)).protocol == "", "to this computer itself nothing is asked for"
    assert refusal(checked.replace("localhost", "127.0.0.1")).startswith("The certificate is made for another name")
    authority.write_text(certificate("localhost")[1])
    assert "can't be trusted" in refusal(checked)
    assert "can't be read" in refusal(checked.replace("authority.crt", "lost.crt"))
    switch(postgres, "off")
    assert "offers no encrypted connection, so nothing was sent" in refusal(f"{url}?sslmode=require")


def test_an_address_keeps_its_protection_and_takes_none_that_gives_way() -> None:
    kept = ServerAddress.parse("postgresql://wang:secret@office/shop?sslmode=verify-full&sslrootcert=/ca.crt")
    assert (kept.mode, kept.authority, kept.password) == ("verify-full", "/ca.crt", "secret")
    assert kept.written == "postgresql://wang@office:5432/shop?sslmode=verify-full&sslrootcert=%2Fca.crt"
    assert ServerAddress.parse(kept.written).with_password("secret") == kept and "secret" not in kept.written
    assert ServerAddress.parse("postgresql://wang@office/shop").mode == "require"
    assert {ServerAddress.parse(f"postgresql://wang@{one}/shop").mode for one in ("localhost", "127.0.0.1")} == {
        "disable"
    }
    for words, sentence in (
        ("sslmode=prefer", "prefer may go on without protection"),
        ("sslmode=disable", "crosses the network, so it has to be encrypted"),
        ("sslmode=require&sslmode=disable", "may go on without protection"),
        ("sslmode=verify-full", "name the file of whoever vouches"),
        ("host=elsewhere", "but not host"),
        ("password=secret", "but not password"),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            ServerAddress.parse(f"postgresql://wang@office/shop?{words}")


def test_a_test_of_the_connection_says_in_a_sentence_what_is_there(
    postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"way_{next(_names)}"
    postgres.run(f"CREATE DATABASE {name}")
    address = ServerAddress.parse(postgres.url(name))
    words = words_of(address)

    def said() -> str:
        return tr(try_server(words).sentence)

    assert said().startswith(f"{name} @ 127.0.0.1:{postgres.port} answers; the database is empty and fit")
    assert said().endswith("Not encrypted; nothing leaves this computer.")
    with monkeypatch.context() as patch, pytest.raises(RuleBroken, match="Install PostgreSQL 99 or newer"):
        patch.setattr(server_company, "OLDEST", 99)
        try_server(words)
    made = with_employees(ServerCompany.create(address, tmp_path, company_metadata()))
    with made.writing() as session:
        session.add(SettingValue(key="company_name", value="爱牙"))
    made.close()
    assert said().startswith(f"There is a company in {name} @ 127.0.0.1:{postgres.port} already: 爱牙.")
    with psycopg.connect(postgres.url(name), autocommit=True) as raw:
        raw.execute("DROP TABLE setting_value")
    with pytest.raises(RuleBroken, match="tables of another program"):
        try_server(words)
    if not postgres.run(f"SELECT 1 FROM pg_roles WHERE rolname = '{LOCKED}'"):
        postgres.run(f"CREATE ROLE {LOCKED} LOGIN PASSWORD '{PASSWORD}'")
    for password in ("", "wrong"):
        with pytest.raises(RuleBroken) as refused:
            try_server(ServerWords("127.0.0.1", postgres.port, "postgres", LOCKED, password, "disable"))
        assert refused.value.field == "password" and "locked" in tr(refused.value.text)
    with pytest.raises(RuleBroken) as refused:
        try_server(ServerWords("127.0.0.1", postgres.port, "postgres", LOCKED, PASSWORD, "disable"))
    assert "has to own the database" in tr(refused.value.text)
    with pytest.raises(RuleBroken) as refused:
        ServerWords("", login="x").address()
    assert refused.value.field == "server"


def test_a_password_goes_into_the_keyring_of_the_system_or_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backend import KeyringBackend

    class Ring(KeyringBackend):
        """Keeps in memory what the system would keep."""

        priority = 1

        def __init__(self) -> None:
            super().__init__()
            self.kept: dict[tuple[str, str], str] = {}

        def get_password(self, service: str, username: str) -> str | None:
            return self.kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            self.kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del self.kept[service, username]

    ring = Ring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", ring)
    address = ServerAddress.parse("postgresql://wang:secret@office/shop")
    assert not kept_password.can_keep_password(), "a keyring that is not the system's own may be a plain file"
    with pytest.raises(RuleBroken, match="has no keyring"):
        kept_password.keep_password(address)
    assert ring.kept == {} and kept_password.kept_password(address) == ""
    Ring.__module__ = "keyring.backends.SecretService"
    assert kept_password.can_keep_password()
    kept_password.keep_password(address)
    assert ring.kept == {("dentalsales", "wang@office/shop"): "secret"}
    assert kept_password.kept_password(address.with_password("")) == "secret"
    assert "secret" not in repr(words_of(address)) + repr(address) + str(address)
    kept_password.forget_password(address)
    assert kept_password.kept_password(address) == ""
