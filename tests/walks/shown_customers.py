"""Where tests show what becomes of fields that customers state, or who lets them in."""

from __future__ import annotations

from typing import Final

from tests.walks.shown import Shown

_DOOR: Final = "unit/api/customers/test_customer_door.py::test_"
_OWN: Final = "unit/api/customers/test_own_orders.py::test_"

OBEYED: Final[Shown] = {
    _DOOR + "whoever_asks_is_told_the_same_and_only_the_buyer_is_written": {
        "customers.v1.AskForCodeRequest.channel_id": "nobody is written under another channel",
        "customers.v1.AskForCodeRequest.order_number": "nobody is written under a number that is none",
        "customers.v1.AskForCodeRequest.email": "nobody is written under another address",
    },
    _DOOR + "what_is_named_beside_a_code_must_be_right": {
        "customers.v1.OpenSessionRequest.channel_id": "another channel is refused",
        "customers.v1.OpenSessionRequest.order_number": "another order is refused",
    },
    _DOOR + "guesses_by_another_address_do_not_lock_a_code": {
        "customers.v1.OpenSessionRequest.email": "another address is refused",
    },
    _DOOR + "five_wrong_tries_lock_a_code_and_another_one_opens": {
        "customers.v1.OpenSessionRequest.code": "a wrong one is refused",
    },
    _DOOR + "a_shop_opens_and_ends_no_session_for_an_order_of_another": {
        "customers.v1.IssueSessionRequest.order_id": "one of another shop is refused",
        "customers.v1.IssueSessionRequest.party_id": "one of another shop is refused",
        "customers.v1.EndSessionsRequest.order_id": "one of another shop is refused",
        "customers.v1.EndSessionsRequest.party_id": "one of another shop is refused",
    },
    _OWN + "a_change_carries_what_the_customer_states": {
        "customers.v1.AddedGoods.sku": "it is on the order",
        "customers.v1.AddedGoods.quantity": "so many of it are on the order",
        "customers.v1.ProposeOwnChangeRequest.gift_message": "it is shown with the order",
        "customers.v1.ProposeOwnChangeRequest.delivery_instructions": "they are shown with the order",
        "customers.v1.ProposeOwnChangeRequest.order_version": "an older one is refused",
    },
    _OWN + "a_customer_changes_an_order_within_the_rule_and_sets_no_price": {
        "customers.v1.ProposeOwnChangeRequest.order_id": "that order is changed",
        "customers.v1.ConfirmOwnChangeRequest.order_id": "that order is changed",
        "customers.v1.ConfirmOwnChangeRequest.change_id": "that change is done",
    },
    _OWN + "a_customer_cancels_within_the_rule": {
        "customers.v1.CancelOwnLinesRequest.order_id": "that order is canceled",
    },
    _OWN + "a_customer_sends_goods_back_and_takes_that_back": {
        "customers.v1.RequestOwnReturnRequest.order_id": "the return is of that order",
        "customers.v1.CancelOwnReturnRequest.order_id": "the return is of that order",
        "customers.v1.CancelOwnReturnRequest.return_id": "that return is taken back",
    },
    _OWN + "another_total_than_the_customer_agreed_to_is_refused": {
        "customers.v1.OwnReturnDraft.agreed_total": "another total is refused",
    },
    _OWN + "a_customer_exchanges_goods_at_their_list_price": {
        "customers.v1.OwnReturnDraft.resolution": "the return is an exchange",
    },
    _OWN + "a_customer_withdraws_in_two_steps_and_gets_the_receipt": {
        "customers.v1.ConfirmOwnWithdrawalRequest.order_id": "the withdrawal is from that order",
        "customers.v1.WithdrawnUnits.line_number": "the receipt names the line",
        "customers.v1.WithdrawnUnits.quantity": "the receipt names so many",
    },
}
"""Test -> field -> how it is obeyed."""
