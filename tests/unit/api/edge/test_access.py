"""Who may call what: the whole matrix, and how principals are known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hub.api.edge.access import PrincipalsUnusable, access_from, permit, token_sha256
from hub.api.edge.rpcs import RPCS, Change
from hub.kernel.errors import PermissionDenied, Unauthenticated
from hub.kernel.scope import Role, Scope


def _entry(principal: str, token: str) -> str:
    return json.dumps({"principal": principal, "token_sha256": token, "roles": []})


def test_an_administrator_may_call_everything() -> None:
    assert not [name for name, rpc in RPCS.items() if Role.ADMIN not in rpc.roles]


def test_who_only_looks_changes_nothing() -> None:
    changed = [name for name, rpc in RPCS.items() if Role.VIEWER in rpc.roles and rpc.change is not Change.NOTHING]

    assert changed == []


def test_personal_data_are_for_the_service_desk_and_for_the_channel_that_sold() -> None:
    assert RPCS["PartyService.GetParty"].roles == {Role.ADMIN, Role.SERVICE, Role.CHANNEL}


@pytest.mark.parametrize("rpc", RPCS)
@pytest.mark.parametrize("role", Role)
def test_each_role_gets_through_where_the_table_says_so_and_nowhere_else(rpc: str, role: Role) -> None:
    scope, roles = Scope("someone", frozenset({role})), RPCS[rpc].roles

    if role in roles:
        permit(scope, rpc, roles)
    else:
        with pytest.raises(PermissionDenied, match=rpc):
            permit(scope, rpc, roles)


def test_a_principal_without_roles_is_denied() -> None:
    with pytest.raises(PermissionDenied):
        permit(Scope("nobody", frozenset()), "OrderService.GetOrder", RPCS["OrderService.GetOrder"].roles)


def test_principals_of_a_file_are_known_by_their_tokens(tmp_path: Path) -> None:
    file = tmp_path / "principals.json"
    entry = {"principal": "shop", "token_sha256": token_sha256("s3cret"), "roles": ["channel"], "channels": ["WEB-NL"]}
    file.write_text(json.dumps([entry]))

    scope = access_from(file).scope_of("bearer s3cret")

    assert scope == Scope("shop", frozenset({Role.CHANNEL}), channels=frozenset({"WEB-NL"}))
    assert "s3cret" not in file.read_text()


@pytest.mark.parametrize("header", [None, "", "Bearer ", "Bearer other", "Basic s3cret", "s3cret"])
def test_who_is_not_known_is_not_let_in(tmp_path: Path, header: str | None) -> None:
    file = tmp_path / "principals.json"
    file.write_text(json.dumps([{"principal": "shop", "token_sha256": token_sha256("s3cret"), "roles": ["channel"]}]))

    with pytest.raises(Unauthenticated):
        access_from(file).scope_of(header)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}x",
        '[{"principal": "a"}]',
        '[{"principal": "a", "token_sha256": "00", "roles": ["king"]}]',
        f"[{_entry('a', '00')}, {_entry('a', '01')}]",
        f"[{_entry('a', '00')}, {_entry('b', '00')}]",
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "principals.json"
    file.write_text(text)

    with pytest.raises(PrincipalsUnusable, match="principals"):
        access_from(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PrincipalsUnusable, match=r"nowhere\.json"):
        access_from(tmp_path / "nowhere.json")
