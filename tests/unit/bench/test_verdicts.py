"""What the rounds of a row are worth, and when they are worth nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from bench.ratio import Row, Sides, Unmeasurable, Verdict, measure

STEADY: Sequence[float] = (1.4, 1.5, 1.5, 1.6, 1.45)


def test_a_row_passes_by_the_median_of_its_rounds() -> None:
    verdict = Verdict(STEADY, bar=1.5)

    assert (verdict.judged, verdict.passed, verdict.value) == (True, True, 1.5)


def test_a_row_below_its_bar_fails_and_says_so() -> None:
    verdict = Verdict(STEADY, bar=1.55)

    assert not verdict.passed
    assert verdict.as_json() == {
        "value": 1.5,
        "min": 1.4,
        "max": 1.6,
        "bar": 1.55,
        "rounds": 5,
        "judged": True,
    }


def test_rounds_that_lie_too_far_apart_are_not_judged() -> None:
    verdict = Verdict([1.0, 1.5, 1.5, 1.5, 1.7], bar=0.5)

    assert verdict.as_json()["judged"] is False
    assert "47% apart" in verdict.reason


def test_too_few_rounds_are_not_judged() -> None:
    assert not Verdict(STEADY[:4], bar=1).judged


def test_windows_that_are_too_short_are_not_judged() -> None:
    assert not Verdict(STEADY, bar=1, seconds=2.9).judged


def test_what_must_stay_low_is_judged_by_what_is_extra() -> None:
    costs = [1.1, 1.12, 1.08, 1.11, 1.1]

    assert Verdict(costs, bar=0.15, at_most=True, extra=True).passed
    assert not Verdict(costs, bar=0.05, at_most=True, extra=True).passed
    assert Verdict(costs, bar=0.15, at_most=True, extra=True).as_json()["value"] == 0.1
    assert Verdict(STEADY, bar=1.5, at_most=True).passed
    assert not Verdict(STEADY, bar=1.4, at_most=True).passed


async def test_both_sides_take_turns_and_their_ratio_is_taken_round_by_round() -> None:
    turns: list[str] = []

    verdict = await measure(row(turns), rounds=5, seconds=0, told=lambda _: None)

    assert turns == ["theirs", "ours"] * 6
    assert list(verdict.ratios) == [2.0] * 5


async def test_sides_that_did_not_do_the_same_are_not_judged() -> None:
    verdict = await measure(row([], wrong="ours wrote less"), rounds=5, seconds=0, told=lambda _: None)

    assert (verdict.judged, verdict.reason) == (False, "ours wrote less")


async def test_a_row_that_cannot_be_measured_here_says_why() -> None:
    @asynccontextmanager
    async def prepare() -> AsyncIterator[Sides]:
        async with row([]).prepare() as sides:
            yield sides
            raise Unmeasurable("there is no pgbench")

    verdict = await measure(Row("row", "", 1, prepare), rounds=5, seconds=0, told=lambda _: None)

    assert not verdict.judged
    assert verdict.reason == "there is no pgbench"


async def test_the_full_size_of_a_row_is_prepared_when_asked_for() -> None:
    turns: list[str] = []
    both = row([], full=row(turns).prepare)

    await measure(both, rounds=0, seconds=0, told=lambda _: None, full=True)

    assert turns == ["theirs", "ours"]


async def test_a_row_that_breaks_off_is_not_judged_and_ends_nothing_else() -> None:
    async def broken(_: float) -> float:
        raise ConnectionResetError("the server is gone")

    @asynccontextmanager
    async def prepare() -> AsyncIterator[Sides]:
        yield Sides(broken, broken)

    verdict = await measure(Row("row", "", 1, prepare), rounds=5, seconds=0, told=lambda _: None)

    assert (verdict.judged, verdict.reason) == (False, "it broke off: ConnectionResetError: the server is gone")


@pytest.mark.parametrize("rounds", [0, 5])
async def test_every_verdict_can_be_printed(rounds: int) -> None:
    verdict = await measure(row([]), rounds=rounds, seconds=0, told=lambda _: None)

    assert verdict.as_json()["rounds"] == rounds


def row(turns: list[str], wrong: str = "", full: Callable[[], AbstractAsyncContextManager[Sides]] | None = None) -> Row:
    """A row whose own side is twice as fast; `turns` hears who ran."""

    async def ours(_: float) -> float:
        turns.append("ours")
        return 2.0

    async def theirs(_: float) -> float:
        turns.append("theirs")
        return 1.0

    async def check() -> str:
        return wrong

    @asynccontextmanager
    async def prepare() -> AsyncIterator[Sides]:
        yield Sides(ours, theirs, check)

    return Row("row", "", 1, prepare, full=full)
