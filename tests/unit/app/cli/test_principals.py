"""`crossdock principal`: tokens are shown once, hold as stated, and are known by their hashes alone."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from hub.api.edge.access import access_of
from hub.api.edge.bearer import Identity
from hub.api.edge.principals import read
from hub.app.cli.program import run
from hub.kernel.errors import Unauthenticated
from hub.kernel.scope import Role, Scope


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of principals of an installation that has none yet."""
    for name in [name for name in os.environ if name.startswith("CROSSDOCK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CROSSDOCK_DATA", str(tmp_path))
    return tmp_path / "principals.json"


def scope_of(file: Path, token: str) -> Scope:
    return access_of(read(file)).scope_of(f"Bearer {token}")


def asked(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run the program with success; answer what it printed."""
    code = run([*arguments])
    out, err = capsys.readouterr()
    assert code == 0, err
    return out.strip()


def test_an_added_principal_may_what_was_stated_and_its_file_is_private(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    token = asked("principal", "add", "shop", "--role", "channel", "--channel", "WEB-NL", capsys=capsys)

    assert scope_of(file, token) == Scope("shop", frozenset({Role.CHANNEL}), channels=frozenset({"WEB-NL"}))
    assert token not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("role", "option"), [("channel", "--channel"), ("warehouse", "--node"), ("adapter", "--account")]
)
def test_a_role_that_holds_over_something_says_over_what(
    file: Path, capsys: pytest.CaptureFixture[str], role: str, option: str
) -> None:
    assert run(["principal", "add", "shop", "--role", role]) == 2
    assert option in capsys.readouterr().err
    assert not file.exists()

    token = asked("principal", "add", "shop", "--role", role, option, "*", capsys=capsys)

    assert scope_of(file, token).unlimited


@pytest.mark.parametrize("name", ["admin", "adapter:double_tax"])
def test_names_that_the_hub_uses_are_refused(file: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(["principal", "add", name, "--role", "viewer"]) == 2
    assert "uses this name" in capsys.readouterr().err
    assert not file.exists()


def test_nobody_is_added_twice(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    token = asked("principal", "add", "desk", "--role", "service", capsys=capsys)

    assert run(["principal", "add", "desk", "--role", "admin"]) == 1
    assert "PRINCIPAL_EXISTS" in capsys.readouterr().err
    assert scope_of(file, token).roles == {Role.SERVICE}


def test_with_an_overlap_old_and_new_tokens_hold_and_without_only_the_new_one(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = asked("principal", "add", "desk", "--role", "service", capsys=capsys)
    second = asked("principal", "rotate", "desk", "--overlap", "1d", capsys=capsys)

    assert scope_of(file, first) == scope_of(file, second)
    assert [bool(token.expires) for token in read(file)[0].tokens] == [True, False]

    third = asked("principal", "rotate", "desk", capsys=capsys)

    assert scope_of(file, third).principal == "desk"
    for ended in (first, second):
        with pytest.raises(Unauthenticated):
            scope_of(file, ended)


def test_a_token_or_a_whole_principal_is_revoked(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = asked("principal", "add", "desk", "--role", "service", capsys=capsys)
    second = asked("principal", "rotate", "desk", "--overlap", "1d", capsys=capsys)
    listed = json.loads(asked("principal", "list", "--json", capsys=capsys))["principals"]

    asked("principal", "revoke", "desk", "--token", listed[0]["tokens"][0]["sha256"][:12], capsys=capsys)
    with pytest.raises(Unauthenticated):
        scope_of(file, first)
    assert scope_of(file, second).principal == "desk"

    asked("principal", "revoke", "desk", capsys=capsys)
    assert read(file) == []


def test_a_list_for_people_shows_no_whole_hash(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked("principal", "add", "desk", "--role", "service", "--expires", "90d", capsys=capsys)

    shown = asked("principal", "list", capsys=capsys)

    assert re.search(r"desk +service +all +all +all +all +[0-9a-f]{12} until \d{4}-\d\d-\d\d", shown)
    assert read(file)[0].tokens[0].sha256 not in shown


@pytest.mark.parametrize("command", ["rotate", "revoke"])
def test_who_is_not_there_is_named(file: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert run(["principal", command, "nobody"]) == 1
    assert "There is no principal nobody" in capsys.readouterr().err
    assert not file.exists()


def test_a_file_that_cannot_be_used_is_left_as_it_is(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text('[{"principal": "desk", "roles": ["service"], "tokens": [], "channel": ["WEB-NL"]}]')
    file.chmod(0o600)

    assert run(["principal", "add", "shop", "--role", "viewer"]) == 1

    assert "unknown field `channel`" in capsys.readouterr().err
    assert "shop" not in file.read_text()


def test_a_principal_of_the_identity_provider_gets_no_token_of_ours(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["principal", "add", "desk", "--role", "service", "--subject", "ada"]) == 2
    assert "CROSSDOCK_OIDC_ISSUER" in capsys.readouterr().err

    monkeypatch.setenv("CROSSDOCK_OIDC_ISSUER", "https://id.example")
    asked("principal", "add", "desk", "--role", "service", "--subject", "ada", capsys=capsys)

    (principal,) = read(file)
    assert principal.identities == (Identity("https://id.example", "ada"),)
    assert principal.tokens == ()
    assert "ada of https://id.example" in asked("principal", "list", capsys=capsys)
