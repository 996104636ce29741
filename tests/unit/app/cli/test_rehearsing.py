"""Rehearsals on the command line: on invented demand, without a hub."""

from __future__ import annotations

from tests.unit.app.cli.pretend import Crossdock

SMALL = ("rehearse", "--simulate", "--seed", "2", "--share", "0.01")


def test_ways_to_source_are_compared_without_a_hub(crossdock: Crossdock) -> None:
    figures = crossdock(*SMALL, "--json").json()

    assert figures["hindsight"] <= min(figures["centers_first"], figures["least_cost"], figures["with_values"])
    assert figures["saving"] == round(1 - figures["with_values"] / figures["centers_first"], 4)


def test_the_comparison_is_a_table_with_a_sentence(crossdock: Crossdock) -> None:
    printed = crossdock(*SMALL)

    assert "hindsight (bound)" in printed.out
    assert "of the gap between least cost and hindsight" in printed.out


def test_without_demand_to_rehearse_on_the_command_says_what_is_missing(crossdock: Crossdock) -> None:
    assert crossdock("rehearse").code == 2
