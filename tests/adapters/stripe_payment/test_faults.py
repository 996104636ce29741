"""Time-outs before and after the work, faults of the server, limits: nothing is lost and nothing is done twice."""

from __future__ import annotations

from typing import Any

import grpc
import httpx
import pytest

from adapters.sdk.certification.suite import retry_seconds
from adapters.stripe_payment.rehearsal import Fault
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2 as pb
from tests.adapters.stripe_payment.serving import Served, authorize, capture, refund, reverse

DONE, NOT_FOUND = call_pb2.OUTCOME_DONE, call_pb2.OUTCOME_NOT_FOUND
LATE = httpx.ReadTimeout("ordered")
OPERATIONS = ("authorize", "capture", "reverse", "refund")
EFFECTS = {"authorize": "authorized", "capture": "captured", "reverse": "canceled", "refund": "refunded"}


async def asking(served: Served, operation: str) -> Any:
    """The request of an operation, with what must be there before."""
    match operation:
        case "authorize":
            return authorize("faulty")
        case "capture":
            return capture(await served.authorized(), "faulty")
        case "reverse":
            return reverse(await served.authorized(), "faulty")
        case _:
            return refund(await served.captured(), "faulty")


async def fails(served: Served, operation: str, request: Any) -> grpc.aio.AioRpcError:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await getattr(served.stub, operation.capitalize())(request)
    return raised.value


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("lost", [LATE, httpx.Response(500), httpx.Response(503)], ids=["time-out", "500", "503"])
async def test_what_was_done_before_its_answer_was_lost_is_found_and_not_done_again(
    served: Served, operation: str, lost: httpx.Response | Exception
) -> None:
    request = await asking(served, operation)
    served.stripe.faults = [Fault(after=lost)]
    error = await fails(served, operation, request)
    assert error.code() in {grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.INTERNAL}

    found = await served.find(**{operation: request})
    repeated = await getattr(served.stub, operation.capitalize())(request)

    assert (found.answer.outcome, found.answer) == (DONE, repeated.answer)
    assert found.amount == repeated.amount
    assert served.effects(EFFECTS[operation]) == 1


@pytest.mark.parametrize("operation", ["capture", "reverse", "refund"])
async def test_what_was_not_done_is_not_found_and_the_repeat_does_it_once(served: Served, operation: str) -> None:
    request = await asking(served, operation)
    served.stripe.faults = [Fault(before=LATE)]
    assert (await fails(served, operation, request)).code() is grpc.StatusCode.DEADLINE_EXCEEDED

    assert (await served.find(**{operation: request})).answer.outcome == NOT_FOUND
    assert served.effects(EFFECTS[operation]) == 0
    assert (await getattr(served.stub, operation.capitalize())(request)).answer.outcome == DONE
    assert served.effects(EFFECTS[operation]) == 1


@pytest.mark.parametrize("fault", [Fault(before=LATE), Fault(after=LATE)], ids=["before", "after"])
@pytest.mark.parametrize("searches", [True, False])
async def test_an_authorization_that_a_search_has_not_seen_is_found_by_its_key(
    served: Served, fault: Fault, *, searches: bool
) -> None:
    served.stripe.faults, served.stripe.searches = [fault], searches
    await fails(served, "authorize", authorize())

    found = await served.find(authorize=authorize())

    assert (found.answer.outcome, found.answer.partner_reference) == (DONE, "pi_1")
    assert served.effects("authorized") == 1


async def test_after_the_life_of_its_key_an_authorization_is_found_by_search(served: Served) -> None:
    await served.authorized()
    served.stripe.keys.clear()

    assert (await served.find(authorize=authorize())).answer.partner_reference == "pi_1"
    assert served.effects("authorized") == 1


async def test_a_capture_of_another_key_is_no_capture_of_this_one(served: Served) -> None:
    await served.captured(30)
    found = await served.find(capture=capture("pi_1", "capt-2", euros=20))

    assert (found.answer.outcome, found.answer.code) == (call_pb2.OUTCOME_REFUSED, "payment_intent_unexpected_state")


async def test_a_refund_is_found_on_a_later_page(served: Served) -> None:
    reference = await served.captured()
    for number in range(3):
        await served.stub.Refund(refund(reference, f"refd-{number}", euros=1))
    every = list(served.stripe.refunds.values())
    for number in range(150):
        served.stripe.refunds[f"re_x{number}"] = {**every[0], "id": f"re_x{number}", "metadata": {}}

    found = await served.find(refund=refund(reference, "refd-0", euros=1))

    assert (found.answer.outcome, found.answer.partner_reference) == (DONE, "re_1")
    assert sum(one.method == "GET" for one in served.stripe.requests) == 2


async def test_an_intent_that_stripe_does_not_have_was_not_captured(served: Served) -> None:
    assert (await served.find(capture=capture("pi_gone"))).answer.outcome == NOT_FOUND


async def test_a_find_that_does_not_say_what_was_asked_is_refused(served: Served) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await served.stub.FindOperation(pb.FindOperationRequest(find=call_pb2.Find(call=authorize().call)))
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_too_many_requests_are_put_off_and_the_repeat_is_done_once(served: Served) -> None:
    served.stripe.faults = [Fault(before=httpx.Response(429))]
    error = await fails(served, "authorize", authorize())

    assert (error.code(), retry_seconds(error)) == (grpc.StatusCode.RESOURCE_EXHAUSTED, None)
    await served.authorized()
    assert served.effects("authorized") == 1


async def test_a_request_of_the_same_key_that_is_under_way_is_waited_for(served: Served) -> None:
    error = {"error": {"type": "invalid_request_error", "code": "idempotency_key_in_use", "message": "wait"}}
    served.stripe.faults = [Fault(before=httpx.Response(409, json=error))]
    failure = await fails(served, "authorize", authorize())

    assert (failure.code(), retry_seconds(failure)) == (grpc.StatusCode.ABORTED, 1.0)


async def test_a_key_that_may_not_do_this_is_no_decline(served: Served) -> None:
    served.stripe.faults = [Fault(before=httpx.Response(403, json={"error": {"type": "invalid_request_error"}}))]

    assert (await fails(served, "authorize", authorize())).code() is grpc.StatusCode.FAILED_PRECONDITION
