"""Principals: the operator's, the administrator's, and one per hosted adapter that sees what it serves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hub.api.edge.access import access_of, token_sha256
from hub.api.edge.principals import PrincipalsUnusable, read
from hub.app.files import read_network
from hub.app.runtime.networks import hosted_adapters
from hub.app.runtime.principals import CurrentAccess, admin_token, compose, credential
from hub.kernel.errors import Unauthenticated
from hub.kernel.scope import Role, Scope
from hub.network.model import Network
from hub.wire.setup.network import network_from_pb
from tests.architecture.sources import ROOT

Entry = dict[str, object]


def example() -> Network:
    return network_from_pb(read_network(ROOT / "examples/network.json"))


def composed(folder: Path, *, operators: list[Entry] | None = None) -> Path:
    path, own = folder / "run" / "principals.json", folder / "principals.json"
    if operators is not None:
        own.write_text(json.dumps(operators))
    network = example()
    credentials = [credential(name, f"token of {name}", network) for name in sorted(hosted_adapters(network))]
    compose(path, operators=own, admin="of the administrator", credentials=credentials)
    return path


def test_the_administrator_and_each_hosted_adapter_are_let_in(tmp_path: Path) -> None:
    access = access_of(read(composed(tmp_path)))

    admin = access.scope_of("Bearer of the administrator")
    warehouse = access.scope_of("Bearer token of double_warehouse")

    assert admin == Scope("admin", frozenset({Role.ADMIN}))
    assert (warehouse.principal, warehouse.roles) == ("adapter:double_warehouse", frozenset({Role.ADAPTER}))


def test_an_adapter_sees_the_channels_and_nodes_that_its_accounts_serve(tmp_path: Path) -> None:
    access = access_of(read(composed(tmp_path)))

    warehouse = access.scope_of("Bearer token of double_warehouse")
    payment = access.scope_of("Bearer token of double_payment")

    assert warehouse.nodes is not None
    assert warehouse.nodes >= {"DC-NL", "ST-AMS"}
    assert (warehouse.channels, payment.nodes) == (frozenset(), frozenset())
    assert payment.channels == frozenset({"WEB-NL", "WEB-UK"})
    assert (warehouse.accounts, payment.accounts) == (accounts_of("double_warehouse"), accounts_of("double_payment"))


def accounts_of(adapter: str) -> frozenset[str]:
    return frozenset(name for name, account in example().accounts.items() if account.adapter == adapter)


def test_what_the_operator_listed_is_let_in_too_and_his_file_left_alone(tmp_path: Path) -> None:
    own: Entry = {
        "principal": "shop",
        "tokens": [{"sha256": token_sha256("of the shop")}],
        "roles": ["channel"],
        "channels": ["WEB-NL"],
    }

    access = access_of(read(composed(tmp_path, operators=[own])))

    assert access.scope_of("Bearer of the shop").channels == frozenset({"WEB-NL"})
    assert json.loads((tmp_path / "principals.json").read_text()) == [own]


def test_a_name_of_ours_in_the_operators_file_is_refused(tmp_path: Path) -> None:
    own: Entry = {"principal": "admin", "tokens": [{"sha256": token_sha256("mine")}], "roles": ["admin"]}

    with pytest.raises(PrincipalsUnusable, match="names admin, which is reserved"):
        composed(tmp_path, operators=[own])


def test_no_token_stands_in_the_file_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = composed(tmp_path)

    assert "token of" not in path.read_text()
    assert "of the administrator" not in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_credential_does_not_show_its_token() -> None:
    assert "s3cret" not in repr(credential("double_tax", "s3cret", example()))


def test_the_administrators_token_is_made_once_and_kept_private(tmp_path: Path) -> None:
    path = tmp_path / "admin.token"

    token = admin_token(path)

    assert admin_token(path) == token
    assert len(token) > 40
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_token_that_was_added_is_let_in_at_once(tmp_path: Path) -> None:
    path = composed(tmp_path)
    access = CurrentAccess(path)
    own: Entry = {"principal": "shop", "tokens": [{"sha256": token_sha256("of the shop")}], "roles": ["channel"]}
    with pytest.raises(Unauthenticated):
        access.scope_of("Bearer of the shop")

    composed(tmp_path, operators=[own])

    assert access.scope_of("Bearer of the shop").principal == "shop"


def test_a_token_that_was_taken_out_is_no_longer_let_in_once_the_file_was_looked_at(tmp_path: Path) -> None:
    own: Entry = {"principal": "shop", "tokens": [{"sha256": token_sha256("of the shop")}], "roles": ["channel"]}
    access = CurrentAccess(composed(tmp_path, operators=[own]))

    composed(tmp_path, operators=[])

    assert access.refresh()
    assert not access.refresh()
    with pytest.raises(Unauthenticated):
        access.scope_of("Bearer of the shop")


def test_a_file_that_became_malformed_leaves_those_known_before_in_force(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = composed(tmp_path)
    access = CurrentAccess(path)

    path.write_text("[")

    assert not access.refresh()
    assert access.scope_of("Bearer of the administrator").principal == "admin"
    assert "stay in force" in caplog.text
