"""Every timer that ends a wait for somebody outside has its row in the one table of deadlines."""

from __future__ import annotations

from typing import Final

from hub.cases.deadlines import DEADLINES
from hub.messages import timers
from hub.messages.codec import PAYLOADS

OF_OUR_OWN: Final = {
    *(
        timers.CoolDownDue,
        timers.ForgetDue,
        timers.PublishStockDue,
        timers.PostStockDue,
        timers.RetryWaiting,
        timers.DecisionDue,
        timers.RepromiseDue,
        timers.NetworkDue,
        timers.TrialDue,
        timers.StockValuesDue,
        timers.PollDue,
    ),
}
"""What the hub does at an instant; nobody is waited for."""

SET_BY_DATA: Final = {
    *(timers.PromiseDue, timers.ReleaseDue, timers.LinesExpire, timers.ReservationsExpire),
    timers.AcceptanceDue,
}
"""Waits whose end stands in an order or its promise, a channel's limits or a node's time to accept."""


def test_every_timer_that_ends_a_wait_is_in_the_table() -> None:
    kinds = {payload for kind, payload in PAYLOADS.items() if kind.startswith("timer.")} | {timers.PollDue}

    assert {one.timer for one in DEADLINES} | OF_OUR_OWN | SET_BY_DATA == kinds
    assert len(DEADLINES) == len({one.timer for one in DEADLINES})
