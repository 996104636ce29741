"""Failed authentications: counted by address, logged seldom, refused early; whoever has a token notices nothing."""

from __future__ import annotations

import pytest

from hub.api.edge.strangers import MOST_FAILURES, WINDOW_SECONDS, Strangers
from hub.kernel.errors import AuthenticationThrottled, Refusal, Unauthenticated

UNKNOWN = Unauthenticated("The token is not known.")
NO_HEADER = Unauthenticated("Send the metadata.")


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def strangers(clock: Clock) -> Strangers:
    return Strangers(clock)


def failed(
    strangers: Strangers, times: int, address: str = "ipv4:192.0.2.7", why: Unauthenticated = UNKNOWN
) -> Refusal:
    """Fail so often, each time from another port; return the last refusal."""
    return [strangers.refused(f"{address}:{port}", why) for port in range(times)][-1]


def test_an_address_that_fails_often_is_told_to_wait_until_the_minute_ends(strangers: Strangers, clock: Clock) -> None:
    assert failed(strangers, MOST_FAILURES) is UNKNOWN
    clock.seconds += 20

    throttled = failed(strangers, 1)

    assert isinstance(throttled, AuthenticationThrottled)
    assert throttled.retry_after_seconds == WINDOW_SECONDS - 20
    clock.seconds += WINDOW_SECONDS - 20
    assert failed(strangers, 1) is UNKNOWN


def test_another_address_is_counted_for_itself(strangers: Strangers) -> None:
    failed(strangers, MOST_FAILURES + 1)

    assert failed(strangers, 1, "ipv6:%5B2001:db8::7%5D") is UNKNOWN
    assert failed(strangers, 1, "127.0.0.1") is UNKNOWN


def test_a_reason_is_logged_once_a_minute_for_an_address(
    strangers: Strangers, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    failed(strangers, 100)
    failed(strangers, 100, why=NO_HEADER)
    failed(strangers, 100, "ipv4:192.0.2.8")
    assert [record.getMessage() for record in caplog.records] == [
        "a caller at ipv4:192.0.2.7 was not let in: The token is not known.",
        "a caller at ipv4:192.0.2.7 was not let in: Send the metadata.",
        "a caller at ipv4:192.0.2.8 was not let in: The token is not known.",
    ]

    clock.seconds += WINDOW_SECONDS
    caplog.clear()
    failed(strangers, 1)

    assert [record.getMessage() for record in caplog.records] == [
        "297 more calls came without a token that holds within the last minute",
        "a caller at ipv4:192.0.2.7 was not let in: The token is not known.",
    ]


def test_many_addresses_take_bounded_memory(
    strangers: Strangers, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.api.edge.strangers.MOST_KEPT", 10)

    for number in range(100):
        failed(strangers, 2, f"ipv4:192.0.2.{number}")

    assert (len(strangers._failures), len(strangers._logged), len(caplog.records)) == (10, 10, 10)
