"""Card numbers are refused in texts of people, and in no field whose name says that it holds an identity."""

from __future__ import annotations

import pytest

from crossdock.orders.v1.orders_pb2 import OrderDraft
from hub.kernel.errors import CardNumberRefused
from hub.wire.checks.cards import refuse_card_numbers

CARD = "4111111111111111"


def check(**attributes: str) -> None:
    draft = OrderDraft(attributes={name.replace("__", "."): value for name, value in attributes.items()})
    refuse_card_numbers(draft, draft.SerializeToString())


@pytest.mark.parametrize("key", ["x12__ref__CO", "x12__contract", "shopify__po_number"])
def test_a_key_that_names_a_reference_may_hold_any_digits(key: str) -> None:
    check(**{key: CARD})


@pytest.mark.parametrize("key", ["x12__carrier", "refund", "note__gift"])
def test_a_card_number_under_any_other_key_is_refused_by_its_path(key: str) -> None:
    with pytest.raises(CardNumberRefused) as refused:
        check(**{key: f"paid by {CARD}"})

    assert refused.value.metadata["field"] == f"attributes[{key.replace('__', '.')}]"
