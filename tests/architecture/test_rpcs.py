"""The table of rpcs and the contracts say the same: one row per rpc, and what a row says is so.

A new rpc has its row, and everything else that is known of it is drawn: access, shedding, limits, routes, pages.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from google.api import annotations_pb2
from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor

from buf.validate import validate_pb2
from hub.api.edge import rpcs
from hub.api.edge.rpcs import RPCS, Change, Rpc
from hub.api.servicers import SERVICES
from hub.app.runtime.connections import LARGEST_MESSAGE_BYTES
from tests.architecture.contracts import contracts
from tests.architecture.sources import sources

MEBIBYTE = 1024 * 1024
TABLE = "hub/api/edge/rpcs.py"
METHODS = {f"{name}.{method.name}": method for name, service in SERVICES.items() for method in service.methods}
LARGE = {
    "AdapterStateService.CompareAndSetState",
    "AdoptionService.AdoptOrders",
    "CatalogService.PutItems",
    "InboxService.Receive",
    "InventoryService.ImportSnapshot",
    "NetworkService.PutNetwork",
    "OrderService.PlaceOrders",
    "ScreeningService.LoadList",
    "TradeService.LoadRules",
}
"""Rpcs whose messages may have more than 1 MiB: documents, chunks of many elements, the network, adapters' entries."""


def declared() -> set[str]:
    """Return the full name of every rpc that the hub serves by its contracts."""
    return {
        f"{file.package}.{service.name}.{method.name}"
        for file in contracts()
        if not file.package.startswith("crossdock.partner.")
        for service in file.service
        for method in service.method
    }


def test_every_rpc_of_the_contracts_has_a_row_and_every_row_an_rpc() -> None:
    assert {f"{service}.{name}" for service, rows in rpcs.SERVICES.items() for name in rows} == declared()


def test_services_have_names_of_their_own_without_their_packages() -> None:
    assert len(RPCS) == sum(map(len, rpcs.SERVICES.values()))


def test_no_other_module_of_the_api_names_an_rpc() -> None:
    """Who may, how soon, how large: a second list of rpcs anywhere would have to be kept beside the table."""
    assert not [place for place in named_rpcs() if not place.startswith(TABLE)]


def named_rpcs() -> Iterator[str]:
    for source in sources("hub/api", "hub/gate"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in RPCS:
                yield f"{source.at(node)} names {node.value}"


def test_what_a_row_says_of_changes_is_what_the_contract_says() -> None:
    assert not list(contradictions(RPCS))


@pytest.mark.parametrize(
    ("rpc", "change"),
    [
        ("OrderService.PlaceOrder", Change.NOTHING),
        ("OrderService.PlaceOrders", Change.GUARDED),
        ("OrderService.GetOrder", Change.ONCE),
        ("AdminService.RunAudit", Change.ANEW),
    ],
)
def test_a_row_that_says_otherwise_is_found(rpc: str, change: Change) -> None:
    row = RPCS[rpc]
    wrong = {rpc: Rpc(row.roles, row.rank, change)}

    assert [place.split()[0] for place in contradictions(wrong)] == [rpc]


def contradictions(rows: Mapping[str, Rpc]) -> Iterator[str]:
    """Yield the rpcs whose rows and contracts do not say the same of what a call changes.

    What takes effect once per request_id has one: in the request, or in each element of a stream. A GET reads.
    """
    for name, row in rows.items():
        keyed = has_request_id(METHODS[name])
        if keyed is not (row.change is Change.ONCE):
            yield f"{name} is said to change {row.change.value}; its request has {'a' if keyed else 'no'} request_id"
        elif gets(METHODS[name]) and row.change is not Change.NOTHING:
            yield f"{name} is a GET, and is said to change {row.change.value}"


def has_request_id(method: MethodDescriptor) -> bool:
    """Whether a request has a request_id; in a stream, whether a message in its messages has one."""
    messages: list[Descriptor] = [method.input_type]
    if method.client_streaming:
        messages += [field.message_type for field in method.input_type.fields if field.message_type]
    return any("request_id" in message.fields_by_name for message in messages)


def gets(method: MethodDescriptor) -> bool:
    """Whether an rpc is reached by GET over HTTP."""
    options: Any = method.GetOptions()
    return bool(options.Extensions[annotations_pb2.http].get)


def test_only_what_must_be_large_may_be() -> None:
    assert {name for name, row in RPCS.items() if row.largest_bytes > MEBIBYTE} == LARGE


def test_no_limit_is_above_that_of_the_server() -> None:
    assert max(row.largest_bytes for row in RPCS.values()) < LARGEST_MESSAGE_BYTES


def test_bytes_that_the_contract_allows_fit_into_a_message() -> None:
    assert {name for name, method in METHODS.items() if bytes_allowed(method)} == {
        "AdapterStateService.CompareAndSetState",
        "InboxService.Receive",
    }
    assert not [name for name, method in METHODS.items() if bytes_allowed(method) >= RPCS[name].largest_bytes]


def bytes_allowed(method: MethodDescriptor) -> int:
    """Return how many bytes the bytes fields of a request may have in all."""
    fields = [field for field in method.input_type.fields if field.type == FieldDescriptor.TYPE_BYTES]
    options: list[Any] = [field.GetOptions() for field in fields]
    return sum(option.Extensions[validate_pb2.field].bytes.max_len for option in options)
