"""Every rpc that the hub's contracts declare is served; the list of those that are not may only shrink."""

from __future__ import annotations

from hub.api.servicers import SERVICES, servicers
from tests.architecture.contracts import contracts
from tests.support.unused_deps import UNUSED_DEPS

UNIMPLEMENTED: frozenset[str] = frozenset()
"""Rpcs that are declared and not served. Never one of orders, inventory, fulfillment, payments or events."""


def declared() -> set[str]:
    return {
        f"{service.name}.{method.name}"
        for file in contracts()
        if not file.package.startswith("crossdock.partner.")
        for service in file.service
        for method in service.method
    }


def served() -> set[str]:
    objects = servicers(UNUSED_DEPS)
    return {
        f"{name}.{method.name}"
        for name, service in objects.items()
        for method in SERVICES[name].methods
        if hasattr(service, method.name)
    }


def test_what_is_not_served_is_listed_and_nothing_else() -> None:
    assert declared() - served() == UNIMPLEMENTED


def test_every_service_of_the_contracts_is_there() -> None:
    assert {rpc.split(".")[0] for rpc in declared()} == set(SERVICES)
