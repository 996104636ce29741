"""Calls offered at a rate of their own: what is counted, and which answers are none."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2, status_pb2

from bench.offering import Offered, count_refusal, not_refused
from bench.ratio import Unmeasurable


def refused(code: grpc.StatusCode, details: bytes | None = None, said: str = "") -> grpc.aio.AioRpcError:
    """The end of a call."""
    trailers = () if details is None else (("grpc-status-details-bin", details),)
    made: Any = grpc.aio.AioRpcError
    error: grpc.aio.AioRpcError = made(code, grpc.aio.Metadata(), grpc.aio.Metadata(*trailers), said)
    return error


def retry_info() -> bytes:
    """Details that say when to come again."""
    status = status_pb2.Status()
    status.details.add().Pack(error_details_pb2.RetryInfo())
    return status.SerializeToString()


def test_a_refusal_without_retry_info_is_told_apart() -> None:
    came = Offered(seconds=3)

    count_refusal(refused(grpc.StatusCode.RESOURCE_EXHAUSTED, retry_info()), came)
    assert (came.refused, came.unhelpful) == (1, 0)
    count_refusal(refused(grpc.StatusCode.RESOURCE_EXHAUSTED), came)
    assert (came.refused, came.unhelpful) == (2, 1)


def test_a_call_that_a_server_did_not_begin_is_a_refusal_that_needs_no_time_to_come_again() -> None:
    came, unavailable = Offered(seconds=3), grpc.StatusCode.UNAVAILABLE

    count_refusal(refused(unavailable, said="Stream removed (Received RST_STREAM with error code 7)"), came)
    assert (came.refused, came.unhelpful) == (1, 0)
    with pytest.raises(Unmeasurable, match="UNAVAILABLE"):
        count_refusal(refused(unavailable, said="Socket closed"), came)


def test_what_comes_too_late_is_no_answer() -> None:
    came = Offered(seconds=3)

    count_refusal(refused(grpc.StatusCode.DEADLINE_EXCEEDED), came)

    assert (came.late, came.goodput) == (1, 0)


def test_an_error_that_is_no_refusal_ends_the_measurement() -> None:
    with pytest.raises(Unmeasurable, match="INTERNAL"):
        count_refusal(refused(grpc.StatusCode.INTERNAL), Offered(seconds=3))


def test_calls_that_wait_in_vain_are_told_from_refused_ones() -> None:
    refusing, waiting = Offered(refused=60, late=20), Offered(late=50)

    assert not not_refused([refusing])
    assert not_refused([refusing, waiting]) == "70 calls were let wait until it was too late, only 60 refused"
