"""Lies change what they name, leave the rest, and refuse what the contract does not have."""

from __future__ import annotations

import pytest

from adapters.sdk.doubles.lies import GARBAGE, told
from crossdock.partner.call.v1 import call_pb2
from crossdock.partner.payment.v1 import payment_pb2
from crossdock.partner.warehouse.v1 import warehouse_pb2
from tests.adapters.doubles.requests import euros


def captured() -> payment_pb2.CaptureResponse:
    answer = call_pb2.Answer(outcome=call_pb2.OUTCOME_DONE, partner_reference="R")
    return payment_pb2.CaptureResponse(answer=answer, amount=euros(100))


def test_a_lie_sets_and_clears_fields_by_their_path() -> None:
    response = captured()

    assert told(response, "amount.units=10; answer.outcome=OUTCOME_PENDING; answer.message=a\\0b") is response
    assert (response.amount.units, response.amount.currency_code) == (10, "EUR")
    assert (response.answer.outcome, response.answer.message) == (call_pb2.OUTCOME_PENDING, "a\0b")
    assert response.answer.partner_reference == "R"

    told(response, "amount=;answer.partner_reference=")
    assert not response.HasField("amount")
    assert response.answer.partner_reference == ""


def test_a_lie_about_a_list_changes_what_is_told_in_it_and_tells_nothing_new() -> None:
    response = warehouse_pb2.PullUpdatesResponse()
    response.updates.add(update_id="1").shipment.shipment_reference = "P"
    response.updates.add(update_id="2").rejection.reason = "closed"

    told(response, "updates.shipment.tracking_number=T;updates.shipment.occur_time.seconds=10000000000000")

    assert response.updates[0].shipment.tracking_number == "T"
    assert response.updates[0].shipment.occur_time.seconds == 10**13
    assert response.updates[1].WhichOneof("kind") == "rejection"


def test_garbage_holds_no_message() -> None:
    assert isinstance(told(captured(), GARBAGE), bytes)


@pytest.mark.parametrize("lie", ["amounts.units=1", "answer.outcome=MAYBE"])
def test_a_lie_about_what_the_contract_lacks_is_an_error(lie: str) -> None:
    with pytest.raises(KeyError):
        told(captured(), lie)
