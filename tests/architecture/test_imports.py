"""Who may import whom, where import-linter's contracts (pyproject.toml) have no word for it."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Final

import grimp
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.sources import ROOT

WIRE: Final = frozenset({"buf", "crossdock", "google", "grpc", "grpc_health", "protovalidate"})
AT_THE_WIRE: Final = frozenset({"wire", "api", "connect", "app"})
DRIVERS: Final = frozenset({"psycopg", "psycopg_pool", "sqlalchemy"})
NOT_ROOMS: Final = frozenset(
    {
        "app",
        "tasks",
        "work",
        "api",
        "connect",
        "gate",
        "wire",
        "flows",
        "cases",
        "insights",
        "audit",
        "rules",
        "outbox",
        "messages",
        "database",
        "observability",
    }
    | {"config", "kernel"}
)
CALL_OPERATIONS: Final = frozenset({"flows", "cases", "gate", "app", "tasks", "api", "work"})
PRIVATE_TO_A_ROOM: Final = frozenset({"store", "operations"})

Import = tuple[str, str]


@cache
def direct_imports() -> frozenset[Import]:
    """Return (importer, imported) of every import statement in the hub and the adapters."""
    graph = grimp.build_graph("hub", "adapters", include_external_packages=True, cache_dir=None)
    return frozenset(
        (importer, imported)
        for importer in graph.modules
        if not graph.is_module_squashed(importer)
        for imported in graph.find_modules_directly_imported_by(importer)
    )


def package_of(module: str) -> str:
    """Return `orders` of `hub.orders.store`; nothing for what is not below the hub."""
    parts = module.split(".")
    return parts[1] if parts[0] == "hub" and len(parts) > 1 else ""


def inner_of(module: str) -> str:
    """Return `store` of `hub.orders.store.rows`."""
    parts = module.split(".")
    return parts[2] if len(parts) > 2 else ""


@cache
def rooms() -> set[str]:
    """Return the rooms there are: packages of the hub that are a capability."""
    folders = {path.parent.name for path in (ROOT / "hub").glob("*/__init__.py")}
    return folders - NOT_ROOMS


def shown(imports: list[Import]) -> list[str]:
    """Return imports as readable lines."""
    return sorted(f"{importer} -> {imported}" for importer, imported in imports)


def test_the_floor_plan_of_pyproject_holds(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_the_floor_plan_ignores_nothing() -> None:
    plan = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]

    assert not [contract["name"] for contract in plan["contracts"] if contract.get("ignore_imports")]


def test_every_room_has_the_inside_of_a_room() -> None:
    plan = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    inside = next(contract for contract in plan["contracts"] if contract["name"].startswith("Inside a room"))

    assert {f"hub.{room}" for room in rooms()} <= set(inside["containers"])


def test_protobuf_and_grpc_stay_at_the_wire() -> None:
    strayed = [
        (importer, imported)
        for importer, imported in direct_imports()
        if importer.startswith("hub.") and imported.split(".")[0] in WIRE and package_of(importer) not in AT_THE_WIRE
    ]

    assert not shown(strayed)


def test_only_stores_and_the_database_speak_sql() -> None:
    strayed = [
        (importer, imported)
        for importer, imported in direct_imports()
        if importer.startswith("hub.")
        and imported.split(".")[0] in DRIVERS
        and package_of(importer) in rooms()
        and inner_of(importer) != "store"
        and package_of(importer) != "insights"
    ]

    assert not shown(strayed)


def test_a_room_knows_of_another_only_its_model_and_its_policy() -> None:
    strayed = [
        (importer, imported)
        for importer, imported in direct_imports()
        if {package_of(importer), package_of(imported)} <= rooms()
        and package_of(importer) != package_of(imported)
        and inner_of(imported) in PRIVATE_TO_A_ROOM
    ]

    assert not shown(strayed)


def test_only_its_own_room_touches_a_store() -> None:
    strayed = [
        (importer, imported)
        for importer, imported in direct_imports()
        if package_of(imported) in rooms()
        and inner_of(imported) == "store"
        and package_of(importer) not in {package_of(imported), "audit"}
    ]

    assert not shown(strayed)


def test_operations_are_called_by_flows_and_never_by_the_wire_or_a_partner() -> None:
    strayed = [
        (importer, imported)
        for importer, imported in direct_imports()
        if package_of(imported) in rooms()
        and inner_of(imported) == "operations"
        and package_of(importer) not in CALL_OPERATIONS | {package_of(imported)}
    ]

    assert not shown(strayed)


def test_flows_know_no_partner() -> None:
    strayed = [
        (importer, imported)
        for importer, imported in direct_imports()
        if package_of(importer) == "flows"
        and (
            package_of(imported) in {"connect", "api", "gate", "work", "tasks", "wire"}
            or imported.split(".")[0] in {"httpx", *WIRE}
        )
    ]

    assert not shown(strayed)


def test_adapters_do_not_know_each_other() -> None:
    strayed = [
        (importer, imported)
        for importer, imported in direct_imports()
        if importer.startswith("adapters.")
        and imported.startswith("adapters.")
        and imported.split(".")[1] not in {importer.split(".")[1], "sdk"}
        and not importer.startswith("adapters.sdk")
    ]

    assert not shown(strayed)
