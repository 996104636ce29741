"""Logging in to an SFTP server, and connections that break."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import asyncssh
import pytest

from adapters.sdk.calls import BadCall
from adapters.sdk.mailbox.files import MailboxRefused, MailboxUnavailable
from adapters.sdk.mailbox.mailbox import Mailbox, PutUnsure
from adapters.sdk.mailbox.settings import mailbox_settings, opened
from adapters.sdk.mailbox.sftp import SftpLogin, sftp_files
from adapters.sdk.profile import Profile
from tests.adapters.mailbox.places import FOLDERS, PASSWORD, make_folders, sftp_server


def profile_of(login: SftpLogin, **changes: object) -> Profile:
    section = {
        "kind": "sftp",
        "folder": "acme",
        "host": login.host,
        "port": login.port,
        "username": login.username,
        "host_keys": list(login.host_keys),
        "password": "env:ACME_PASSWORD",
    }
    return Profile.read(json.dumps({"mailbox": section | changes}))


async def test_a_profile_opens_the_mailbox_with_a_secret_by_reference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folders(tmp_path)
    monkeypatch.setenv("ACME_PASSWORD", PASSWORD)

    async with sftp_server(tmp_path) as login:
        settings = mailbox_settings(profile_of(login))
        async with opened(settings) as box:
            await box.put("a.csv", b"1")

    assert (folder / "outgoing/a.csv").read_bytes() == b"1"
    assert PASSWORD not in repr(settings)


async def test_a_private_key_opens_the_mailbox_too(tmp_path: Path) -> None:
    make_folders(tmp_path)
    key = asyncssh.generate_private_key("ssh-ed25519")
    authorized = asyncssh.import_authorized_keys(key.export_public_key().decode())
    private_key = key.export_private_key("pkcs8-pem", passphrase="open").decode()

    async with sftp_server(tmp_path, authorized_client_keys=authorized) as server:
        login = replace(server, password="", private_key=private_key, passphrase="open")
        async with sftp_files(login) as files:
            assert await files.entries("acme/incoming", 10) == []
        with pytest.raises(BadCall, match="passphrase"):
            async with sftp_files(replace(login, passphrase="shut")):
                pass


async def test_a_server_with_another_host_key_gets_no_password(tmp_path: Path) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()

    async with sftp_server(tmp_path) as login:
        with pytest.raises(MailboxRefused, match="host_keys"):
            async with sftp_files(replace(login, host_keys=(other,))):
                pass


async def test_a_wrong_password_is_refused_and_not_shown(tmp_path: Path) -> None:
    async with sftp_server(tmp_path) as login:
        with pytest.raises(MailboxRefused, match="does not let crossdock in") as refusal:
            async with sftp_files(replace(login, password="wrong horse")):
                pass

    assert "horse" not in str(refusal.value)


async def test_a_server_that_is_down_is_unavailable(tmp_path: Path) -> None:
    async with sftp_server(tmp_path) as login:
        pass

    with pytest.raises(MailboxUnavailable):
        async with sftp_files(login):
            pass


async def test_a_connection_that_breaks_as_a_file_gets_its_name_leaves_the_outcome_open(tmp_path: Path) -> None:
    folder = make_folders(tmp_path)

    class Breaking(asyncssh.SFTPServer):
        def rename(self, oldpath: bytes, newpath: bytes) -> None:
            super().rename(oldpath, newpath)
            self.channel.get_connection().abort()

    async with sftp_server(tmp_path) as login, sftp_files(login) as files:
        box = Mailbox(files=files, folders=FOLDERS)
        await box.put("before.csv", b"1")

    async with sftp_server(tmp_path, factory=Breaking) as login, sftp_files(login) as files:
        with pytest.raises(PutUnsure):
            await Mailbox(files=files, folders=FOLDERS).put("a.csv", b"1")

    assert (folder / "outgoing/a.csv").exists()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"kind": "ftp"}, "kind"),
        ({"host_keys": []}, "host_keys"),
        ({"host": ""}, "host"),
        ({"password": ""}, "password"),
        ({"password": "horse"}, "password"),
        ({"folder": "../acme"}, "folder"),
        ({"folder": "acme//x"}, "folder"),
        ({"folder": ""}, "folder"),
        ({"incoming": ".."}, "incoming"),
        ({"incoming": "/etc"}, "incoming"),
        ({"taken": "incoming"}, "two purposes"),
        ({"largest_bytes": 100_000_000}, "largest_bytes"),
        ({"settle_seconds": -1}, "settle_seconds"),
    ],
)
def test_a_profile_that_is_wrong_is_refused_by_its_setting(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, object], named: str
) -> None:
    monkeypatch.setenv("ACME_PASSWORD", PASSWORD)
    login = SftpLogin(host="sftp.acme.example", username="crossdock", host_keys=("ssh-ed25519 AAAA",))

    with pytest.raises(BadCall, match=named):
        mailbox_settings(profile_of(login, **changes))


async def test_a_host_key_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    login = SftpLogin(host="127.0.0.1", port=1, username="crossdock", host_keys=("no key",), password=PASSWORD)

    with pytest.raises(BadCall, match="host_keys"):
        async with sftp_files(login):
            pass


async def test_folders_of_this_machine_lie_below_the_root_that_the_machine_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folders(tmp_path)
    settings = mailbox_settings(Profile.read('{"mailbox": {"kind": "directory", "folder": "acme"}}'))

    with pytest.raises(MailboxRefused, match="CROSSDOCK_MAILBOX_ROOT"):
        async with opened(settings):
            pass
    monkeypatch.setenv("CROSSDOCK_MAILBOX_ROOT", str(tmp_path))
    async with opened(settings) as box:
        await box.put("a.csv", b"1")

    assert (folder / "outgoing/a.csv").exists()


def test_an_absolute_folder_of_this_machine_is_refused() -> None:
    with pytest.raises(BadCall, match="folder"):
        mailbox_settings(Profile.read('{"mailbox": {"kind": "directory", "folder": "/etc"}}'))
