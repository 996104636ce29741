"""Which PostgreSQL is preferred where several are installed."""

from __future__ import annotations

from pathlib import Path

from hub.app.embedded.binaries import Binaries, by_preference


def binaries(name: str, major: int, *, wheel: bool = False) -> Binaries:
    return Binaries(bin=Path(name), major=major, version=f"{major}.1", movable=wheel)


def test_a_system_postgresql_as_new_as_the_wheels_is_preferred() -> None:
    wheel, system = binaries("wheel", 18, wheel=True), binaries("system", 18)
    assert by_preference([wheel, system]) == [system, wheel]
    newer = binaries("newer", 19)
    assert by_preference([wheel, system, newer, newer]) == [newer, system, wheel]


def test_an_older_system_postgresql_stands_behind_the_wheels() -> None:
    wheel, older = binaries("wheel", 18, wheel=True), binaries("older", 15)
    assert by_preference([older, wheel]) == [wheel, older]
