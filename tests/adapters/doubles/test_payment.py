"""What the payment stand-in takes, declines and gives back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from google.type.money_pb2 import Money

from adapters.double_payment.policy import Authorization, Decline, captured, given_back
from adapters.sdk.times import instant_of
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2 as pb
from crossdock.partner.payment.v1.payment_pb2_grpc import PaymentServiceStub
from tests.adapters.doubles.requests import authorize, call, capture, euros, find, reverse
from tests.adapters.doubles.serving import TUESDAY, serving


async def test_an_authorization_lives_seven_days_of_business_time() -> None:
    async with serving("double_payment") as served:
        stub = PaymentServiceStub(served.channel)

        response = await stub.Authorize(authorize("a", euros(105)))

        assert response.answer.outcome == call_pb2.OUTCOME_DONE
        assert instant_of(response.expire_time) == TUESDAY + timedelta(days=7)
        late = await stub.Capture(
            capture("c", euros(1), response.answer.partner_reference, TUESDAY + timedelta(days=7))
        )
        assert (late.answer.outcome, late.answer.code) == (call_pb2.OUTCOME_REFUSED, "authorization_expired")


async def test_what_is_found_of_an_authorization_includes_its_expiry() -> None:
    async with serving("double_payment") as served:
        stub = PaymentServiceStub(served.channel)
        response = await stub.Authorize(authorize("a", euros(105), head=call("a", authorization_days=2)))

        found = await stub.FindOperation(pb.FindOperationRequest(find=find("a")))

        assert found.expire_time == response.expire_time
        assert instant_of(found.expire_time) == TUESDAY + timedelta(days=2)


async def test_a_declined_token_is_refused_and_reserves_nothing() -> None:
    async with serving("double_payment") as served:
        response = await PaymentServiceStub(served.channel).Authorize(
            authorize("a", euros(105), token="tok_declined_funds")
        )

        assert (response.answer.outcome, response.answer.code) == (call_pb2.OUTCOME_REFUSED, "card_declined")
        assert served.log.effects() == []


async def test_captures_and_reversals_share_what_was_authorized_to_the_cent() -> None:
    async with serving("double_payment") as served:
        stub = PaymentServiceStub(served.channel)
        reference = (await stub.Authorize(authorize("a", euros(150)))).answer.partner_reference

        answers = [
            (await stub.Capture(capture("c1", euros(60), reference))).answer,
            (await stub.Reverse(reverse("r1", euros(20, 1), reference))).answer,
            (await stub.Capture(capture("c2", euros(70), reference))).answer,
            (await stub.Capture(capture("c3", euros(69, 99), reference))).answer,
        ]

        assert [answer.code for answer in answers] == ["", "", "amount_too_large", ""]
        taken = sum(Decimal(str(effect.detail["amount"])) for effect in served.log.effects("payment.capture"))
        assert taken == Decimal("129.99")


async def test_a_capture_that_times_out_after_the_effect_is_taken_once() -> None:
    async with serving("double_payment") as served:
        stub = PaymentServiceStub(served.channel)
        reference = (await stub.Authorize(authorize("a", euros(100)))).answer.partner_reference
        await stub.Capture(capture("c", euros(100), reference))

        again = await stub.Capture(capture("c", euros(100), reference, TUESDAY + timedelta(hours=1)))

        assert again.answer.outcome == call_pb2.OUTCOME_DONE
        assert len(served.log.effects("payment.capture")) == 1


async def test_accounts_do_not_see_each_others_authorizations() -> None:
    async with serving("double_payment") as served:
        stub = PaymentServiceStub(served.channel)
        reference = (await stub.Authorize(authorize("a", euros(100)))).answer.partner_reference
        request = capture("c", euros(1), reference)
        request.call.account_id = "ACC-2"

        response = await stub.Capture(request)

        assert response.answer.code == "authorization_unknown"


async def test_sums_beyond_sixty_four_bits_of_billionths_stay_exact() -> None:
    async with serving("double_payment") as served:
        stub = PaymentServiceStub(served.channel)
        rupiah = Money(currency_code="IDR", units=98_765_432_109)
        reference = (await stub.Authorize(authorize("a", rupiah))).answer.partner_reference

        await stub.Capture(capture("c", rupiah, reference))

        assert served.log.effects("payment.capture")[0].detail["amount"] == "98765432109.00"


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [
        (0, "EUR", "amount_invalid"),
        (-1, "EUR", "amount_invalid"),
        (11, "EUR", "amount_too_large"),
        (1, "USD", "currency_mismatch"),
    ],
)
def test_amounts_that_cannot_be_taken_or_given_back_are_declined(amount: int, currency: str, code: str) -> None:
    authorization = Authorization(
        reference="A", currency="EUR", amount=20, captured=6, reversed=4, expires_at=TUESDAY + timedelta(days=1)
    )

    results = [captured(authorization, amount, currency, TUESDAY), given_back(authorization, amount, currency)]

    assert [result.code for result in results if isinstance(result, Decline)] == [code, code]
