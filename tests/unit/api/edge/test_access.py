"""Who may call what: the whole matrix, and how principals are known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hub.api.edge.access import Access, Grant, access_of, permit, token_sha256
from hub.api.edge.bearer import Identity, Verifier
from hub.api.edge.principals import PrincipalsUnusable, encoded, read
from hub.api.edge.rpcs import RPCS, Change
from hub.kernel.errors import PermissionDenied, Unauthenticated
from hub.kernel.scope import Role, Scope

SHOP = Scope("shop", frozenset({Role.CHANNEL}))


def entry(principal: str, token: str, **scope: list[str]) -> dict[str, object]:
    """A principal of role channel, as it stands in a file."""
    return {"principal": principal, "roles": ["channel"], "tokens": [{"sha256": token_sha256(token)}], **scope}


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
    scope, row = Scope("someone", frozenset({role})), RPCS[rpc]

    if role in row.roles:
        permit(scope, rpc, row)
    else:
        with pytest.raises(PermissionDenied, match=rpc):
            permit(scope, rpc, row)


def test_a_principal_without_roles_is_denied() -> None:
    with pytest.raises(PermissionDenied):
        permit(Scope("nobody", frozenset()), "OrderService.GetOrder", RPCS["OrderService.GetOrder"])


@pytest.mark.parametrize("rpc", ["AdminService.AdvanceTime", "CatalogService.PutItems"])
@pytest.mark.parametrize("part", [{"channels": frozenset()}, {"nodes": frozenset({"DC-NL"})}, {"sellers": frozenset()}])
def test_what_concerns_the_whole_installation_is_not_for_who_sees_a_part(rpc: str, part: dict[str, Any]) -> None:
    with pytest.raises(PermissionDenied, match="whole installation"):
        permit(Scope("someone", frozenset({Role.ADMIN}), **part), rpc, RPCS[rpc])


def test_principals_of_a_file_are_known_by_their_tokens(tmp_path: Path) -> None:
    file = written(tmp_path, [entry("shop", "of the shop", channels=["WEB-NL"])])

    scope = access_of(read(file)).scope_of("bearer of the shop")

    assert scope == Scope("shop", frozenset({Role.CHANNEL}), channels=frozenset({"WEB-NL"}))
    assert "of the shop" not in file.read_text()


@pytest.mark.parametrize("header", [None, "", "Bearer ", "Bearer other", "Basic of the shop", "of the shop"])
def test_who_is_not_known_is_not_let_in(tmp_path: Path, header: str | None) -> None:
    file = written(tmp_path, [entry("shop", "of the shop")])

    with pytest.raises(Unauthenticated):
        access_of(read(file)).scope_of(header)


def test_a_token_holds_until_it_expires_however_often_it_came_before() -> None:
    clock = [100.0]
    access = Access({token_sha256("t"): Grant(SHOP, until=200.0)}, now=lambda: clock[0])
    assert access.scope_of("Bearer t") is SHOP

    clock[0] = 200.0

    with pytest.raises(Unauthenticated, match="expired"):
        access.scope_of("Bearer t")


def test_who_is_let_in_has_a_token_that_holds_or_an_identity_of_the_provider() -> None:
    clock = [100.0]
    grants = {"a": Grant(SHOP, until=200.0), "b": Grant(Scope("till", frozenset({Role.CHANNEL})))}
    identities = {Identity("https://id.example", "jo"): Scope("jo", frozenset({Role.SERVICE}))}
    verifier = Verifier("https://id.example", "hub", now=lambda: clock[0])
    with_provider = Access(grants, identities=identities, verifier=verifier, now=lambda: clock[0])
    without = Access(grants, identities=identities, now=lambda: clock[0])
    assert sorted(with_provider.let_in()) == ["jo", "shop", "till"]
    assert sorted(without.let_in()) == ["shop", "till"]

    clock[0] = 200.0

    assert sorted(with_provider.let_in()) == ["jo", "till"]
    assert sorted(without.let_in()) == ["till"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "truncated"),
        ("{}x", "Expected `array`"),
        ('[{"principal": "a"}]', "missing required field `roles`"),
        (json.dumps([entry("a", "x") | {"roles": ["king"]}]), "roles"),
        (json.dumps([entry("a", "x") | {"channel": ["WEB-NL"]}]), "unknown field `channel`"),
        (json.dumps([entry("a", "x") | {"tokens": [{"sha256": "00"}]}]), r"tokens\[0\].sha256"),
        (json.dumps([entry("a", "x"), entry("a", "y")]), "the principal a twice"),
        (json.dumps([entry("a", "x"), entry("b", "x")]), "a token twice, for a, b"),
        (json.dumps([entry("a", "password")]), "gives a a token that anybody would guess"),
    ],
)
def test_a_file_that_lets_in_more_than_its_author_meant_is_refused(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "principals.json"
    file.write_text(text)
    file.chmod(0o600)

    with pytest.raises(PrincipalsUnusable, match=words) as refused:
        read(file)

    assert str(file) in str(refused.value)


@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_a_file_that_others_may_write_is_refused(tmp_path: Path, mode: int) -> None:
    file = written(tmp_path, [])
    file.chmod(mode)

    with pytest.raises(PrincipalsUnusable, match="chmod go-w"):
        read(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PrincipalsUnusable, match=r"nowhere\.json"):
        read(tmp_path / "nowhere.json")


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    principals = read(written(tmp_path, [entry("shop", "of the shop", channels=["WEB-NL"], nodes=[])]))
    (tmp_path / "again.json").write_text(encoded(principals))
    (tmp_path / "again.json").chmod(0o600)

    assert read(tmp_path / "again.json") == principals


def written(folder: Path, entries: list[dict[str, object]]) -> Path:
    """Write a file of principals."""
    path = folder / "principals.json"
    path.write_text(json.dumps(entries))
    path.chmod(0o600)
    return path
