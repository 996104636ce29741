"""Where tests show what becomes of fields about orders that stand: changes, holds, bulk work, orders taken over."""

from __future__ import annotations

from typing import Final

from tests.walks.shown import Shown

_ADOPTION, _BULK, _HOLDS = (
    "journeys/orders/test_adoption.py::test_",
    "unit/api/orders/test_bulk_service.py::test_",
    "journeys/orders/test_hold_operations.py::test_",
)
_CHUNKS: Final = "unit/api/orders/test_adoption_service.py::test_"
_ORDERS: Final = "unit/api/orders/test_order_service.py::test_"


OBEYED: Final[Shown] = {
    _ORDERS + "units_that_are_not_there_are_not_canceled": {
        "orders.v1.CancelLinesRequest.order_id": "names the order",
        "orders.v1.CancelLine.line_number": "names the line",
        "orders.v1.CancelLine.quantity": "more units than there are is refused",
    },
    _ORDERS + "a_hold_that_is_none_of_the_order_cannot_be_ended": {
        "orders.v1.ResolveHoldRequest.order_id": "a hold of another order is refused",
        "orders.v1.ResolveHoldRequest.hold_id": "a hold that is none is refused",
    },
    "journeys/orders/test_holds.py::test_an_order_whose_hold_is_rejected_gives_back_stock_and_money": {
        "orders.v1.ResolveHoldRequest.status": "REJECTED ends the order, RESOLVED lets it go on",
    },
    _CHUNKS + "a_dry_run_reports_what_the_run_then_does_and_changes_nothing": {
        "orders.v1.AdoptOrdersRequest.dry_run": "nothing is changed",
    },
    _ADOPTION + "an_order_in_mid_life_is_taken_as_it_stands_and_no_partner_hears_of_it": {
        "orders.v1.AdoptedUnits.state": "units stand where they are said to",
    },
    _ADOPTION + "money_that_does_not_fit_goods_that_left_is_held_and_named": {
        "orders.v1.AdoptedMoney.captured": "less than what left is held",
    },
    _ADOPTION + "what_was_given_back_is_a_fact_too": {
        "orders.v1.AdoptedMoney.refunded": "it is not given back again",
        "orders.v1.AdoptedMoney.authorized": "money is moved within it",
    },
    _ADOPTION + "holds_of_the_old_system_hold_here": {
        "orders.v1.AdoptedHold.type": "a hold of that type stands",
    },
    _BULK + "a_dry_run_answers_what_would_be_done_and_leaves_everything": {
        "orders.v1.CancelOrdersRequest.dry_run": "nothing is canceled",
    },
    _BULK + "orders_are_held_and_resumed": {
        "orders.v1.OrderSelection.exception_reason": "chooses orders with such an exception",
    },
    _BULK + "orders_are_selected_by_their_ids": {"orders.v1.OrderSelection.order_ids": "chooses these orders"},
    _BULK + "orders_are_canceled_page_by_page_with_an_answer_each": {
        "common.v1.PageRequest.page_size": "as many orders are done at once",
        "common.v1.PageRequest.page_token": "goes on behind the page before",
    },
    "walks/test_accepted_bulk.py::test_a_hold_blocks_what_it_is_put_to_block": {
        "orders.v1.HoldOrdersRequest.blocks": "that is refused, and nothing else",
    },
    "walks/test_accepted_bulk.py::test_orders_are_sourced_again_in_earnest_only": {
        "orders.v1.SourceOrdersAgainRequest.dry_run": "nothing is sourced again",
    },
    _HOLDS + "a_hold_put_for_a_time_ends_by_itself_and_the_order_goes_on": {
        "orders.v1.HoldOrdersRequest.ttl": "the hold ends then",
    },
}
"""Test -> field -> how it is obeyed."""
