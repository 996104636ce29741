"""What the hub asks is done at Stripe once per key, and what Stripe answers is told as it is."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc
import httpx
import pytest

from adapters.stripe_payment.rehearsal import ASKING, CREATED, DECLINED
from crossdock.partner.call.v1 import call_pb2
from tests.adapters.stripe_payment.contract import SPECIFICATION, paths, violations
from tests.adapters.stripe_payment.serving import Served, authorize, capture, money, refund, reverse

DONE, REFUSED, PENDING = call_pb2.OUTCOME_DONE, call_pb2.OUTCOME_REFUSED, call_pb2.OUTCOME_PENDING
WEEK_SECONDS = 7 * 24 * 3600


def test_the_description_of_stripes_api_is_at_hand() -> None:
    if not SPECIFICATION.exists():
        pytest.skip("requests were not judged: set CROSSDOCK_PARTNER_CONTRACTS to the folder of partner contracts")
    assert "/v1/payment_intents/search" in paths()
    intents = "https://api.stripe.com/v1/payment_intents"
    wrong = [
        httpx.Request("POST", intents, data={"amount": "5000", "currency": "eur", "capture_metod": "manual"}),
        httpx.Request("POST", intents, data={"amount": "fifty", "currency": "eur"}),
        httpx.Request("POST", intents, data={"currency": "eur"}),
        httpx.Request("POST", intents, data={"amount": "5000", "currency": "eur", "capture_method": "later"}),
        httpx.Request("PUT", intents, data={}),
        httpx.Request("GET", f"{intents}/search", params={"q": "x"}),
    ]
    assert all(violations(request) for request in wrong)


async def test_an_amount_that_stripe_cannot_take_is_refused_unsent(served: Served) -> None:
    response = await served.stub.Authorize(authorize(amount=money(1, "JPY", 500_000_000)))

    assert (response.answer.outcome, response.answer.code) == (REFUSED, "amount_not_representable")
    assert served.stripe.requests == []


async def test_an_amount_is_authorized_captured_and_refunded(served: Served) -> None:
    authorized = await served.stub.Authorize(authorize())
    reference = authorized.answer.partner_reference
    captured = await served.stub.Capture(capture(reference, euros=30))
    refunded = await served.stub.Refund(refund(captured.answer.partner_reference, euros=10))

    assert [one.answer.outcome for one in (authorized, captured, refunded)] == [DONE] * 3
    assert [one.amount for one in (authorized, captured, refunded)] == [money(50), money(30), money(10)]
    assert authorized.expire_time.seconds == CREATED + WEEK_SECONDS
    assert served.stripe.log == [("authorized", "pi_1", 5000), ("captured", "pi_1", 3000), ("refunded", "ch_1", 1000)]


async def test_each_change_has_the_operations_key_and_the_version_of_the_api(served: Served) -> None:
    await served.stub.Refund(refund(await served.captured()))
    sent = [(one.headers["idempotency-key"], one.headers["stripe-version"]) for one in served.stripe.requests]

    assert sent == [(key, "2023-08-16") for key in ("auth-1", "capt-1", "refd-1")]


async def test_when_stripe_says_when_an_authorization_ends_that_is_told(served: Served) -> None:
    def state(value: dict[str, Any]) -> None:
        value["latest_charge"]["payment_method_details"] = {"card": {"capture_before": CREATED + 60}}

    served.stripe.changed = state
    assert (await served.stub.Authorize(authorize())).expire_time.seconds == CREATED + 60


@pytest.mark.parametrize(("token", "code"), [(DECLINED, "insufficient_funds"), (ASKING, "authentication_required")])
async def test_a_decline_is_refused_with_stripes_code(served: Served, token: str, code: str) -> None:
    responses = [await served.stub.Authorize(authorize(token=token)) for _ in range(2)]

    assert [(one.answer.outcome, one.answer.code) for one in responses] == [(REFUSED, code)] * 2
    assert served.stripe.log == []


async def test_a_saved_card_is_charged_in_the_absence_of_its_customer(served: Served) -> None:
    await served.authorized(token="cus_7:pm_9")
    form = served.stripe.requests[0].content.decode()

    assert "customer=cus_7" in form
    assert "payment_method=pm_9&" in form
    assert "off_session=true" in form


async def test_a_repeat_and_twins_count_once_and_get_the_same_answer(served: Served) -> None:
    reference = await served.authorized()
    twins = await asyncio.gather(*(served.stub.Capture(capture(reference)) for _ in range(4)))

    assert all(one == twins[0] and one.answer.outcome == DONE for one in twins)
    assert served.effects("captured") == 1
    assert await served.authorized() == reference
    assert served.effects("authorized") == 1


async def test_other_content_under_a_key_is_refused(served: Served) -> None:
    await served.authorized()
    response = await served.stub.Authorize(authorize(amount=money(51)))

    assert (response.answer.outcome, response.answer.code) == (REFUSED, "idempotency_error")
    assert served.effects("authorized") == 1


async def test_an_intent_is_captured_once_and_more_than_it_has_is_refused(served: Served) -> None:
    reference = await served.authorized()
    more = await served.stub.Capture(capture(reference, "capt-0", euros=51))
    await served.stub.Capture(capture(reference, euros=30))
    again = await served.stub.Capture(capture(reference, "capt-2", euros=20))

    assert [more.answer.code, again.answer.code] == ["amount_too_large", "payment_intent_unexpected_state"]
    assert [more.answer.outcome, again.answer.outcome] == [REFUSED, REFUSED]
    assert served.effects("captured") == 1


async def test_what_is_captured_is_what_stripe_says_and_not_what_was_asked(served: Served) -> None:
    reference = await served.authorized()
    served.stripe.changed = lambda value: value.update(amount_received=1000)

    assert (await served.stub.Capture(capture(reference))).amount == money(10)


async def test_an_answer_about_another_payment_is_not_believed(served: Served) -> None:
    reference = await served.authorized()
    served.stripe.changed = lambda value: value.update(id="pi_other", charge="ch_other")
    for rpc, request in (("Capture", capture(reference)), ("Refund", refund("ch_1"))):
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await getattr(served.stub, rpc)(request)
        assert raised.value.code() is grpc.StatusCode.INTERNAL


async def test_an_authorization_is_given_back_as_a_whole(served: Served) -> None:
    reference = await served.authorized()
    part = await served.stub.Reverse(reverse(reference, "revs-0", euros=20))
    whole = [await served.stub.Reverse(reverse(reference)) for _ in range(2)]

    assert (part.answer.outcome, part.answer.code) == (REFUSED, "partial_reversal")
    assert [(one.answer.outcome, one.amount) for one in whole] == [(DONE, money(50))] * 2
    assert served.stripe.log[1:] == [("canceled", "pi_1", 5000)]


async def test_what_a_capture_of_less_gave_back_is_reversed_and_no_more(served: Served) -> None:
    await served.captured(30)
    rest = await served.stub.Reverse(reverse("pi_1", euros=20))
    more = await served.stub.Reverse(reverse("pi_1", "revs-2", euros=21))

    assert (rest.answer.outcome, rest.amount) == (DONE, money(20))
    assert (more.answer.outcome, more.answer.code) == (REFUSED, "amount_too_large")
    assert served.effects("canceled") == 0


async def test_a_refund_of_more_than_is_left_is_refused(served: Served) -> None:
    reference = await served.captured()
    responses = [await served.stub.Refund(refund(reference, f"refd-{n}", euros=30)) for n in range(2)]

    assert [one.answer.outcome for one in responses] == [DONE, REFUSED]
    assert responses[1].answer.code == "charge_already_refunded"


@pytest.mark.parametrize(
    ("status", "outcome", "code"),
    [("pending", PENDING, ""), ("failed", REFUSED, "failed"), ("a_newer_status", PENDING, "")],
)
async def test_a_refund_is_done_when_stripe_says_so(
    served: Served, status: str, outcome: call_pb2.Outcome, code: str
) -> None:
    served.stripe.refund_status = status
    response = await served.stub.Refund(refund(await served.captured()))

    assert (response.answer.outcome, response.answer.code) == (outcome, code)


async def test_a_status_from_a_newer_version_waits_for_stripes_event(served: Served) -> None:
    served.stripe.changed = lambda value: value.update(status="requires_review", from_a_newer_version={"a": [1]})
    response = await served.stub.Authorize(authorize())

    assert (response.answer.outcome, response.answer.partner_reference) == (PENDING, "pi_1")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"profile_json": "{}"}, "api_key is missing"),
        ({"profile_json": '{"api_key": "sk_live_1"}'}, "no reference to a secret"),
        ({"profile_json": "{"}, "not JSON"),
        ({"operation_key": ""}, "operation_key"),
        ({"account_id": ""}, "account_id"),
    ],
)
async def test_a_call_that_cannot_be_made_is_refused_unsent(served: Served, change: dict[str, str], said: str) -> None:
    request = authorize()
    for name, value in change.items():
        setattr(request.call, name, value)
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await served.stub.Authorize(request)

    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert said in str(raised.value.details())
    assert "sk_live_1" not in str(raised.value.details())
    assert served.stripe.requests == []


async def test_a_wrong_key_is_a_credential_to_correct_and_no_decline(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XD_STRIPE_KEY", "sk_test_old")
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await served.stub.Authorize(authorize())

    assert raised.value.code() is grpc.StatusCode.UNAUTHENTICATED
    assert "sk_test_old" not in str(raised.value.details())


async def test_a_reference_that_is_no_id_is_never_put_into_a_path(served: Served) -> None:
    for reference in ("", "pi_1/../../v1/balance", "pi 1"):
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await served.stub.Capture(capture(reference))
        assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert served.stripe.requests == []
