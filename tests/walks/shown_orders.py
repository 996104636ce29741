"""Where tests show what becomes of fields about orders that stand: changes, holds, bulk work, orders taken over."""

from __future__ import annotations

from typing import Final

from tests.walks.shown import Shown

_ADOPTION, _BULK, _HOLDS = (
    "journeys/orders/test_adoption.py::test_",
    "unit/api/orders/test_bulk_service.py::test_",
    "journeys/orders/test_hold_operations.py::test_",
)
_TAKEN_OVER: Final = "walks/test_accepted_adoptions.py::test_"
_CHUNKS: Final = "unit/api/orders/test_adoption_service.py::test_"
_TRIALS: Final = "journeys/orders/test_sourcing_trials.py::test_"
_CHANGES: Final = "unit/api/orders/test_change_service.py::test_"
_ORDERS: Final = "unit/api/orders/test_order_service.py::test_"


_PROMISES: Final = "unit/api/orders/test_promising_service.py::test_"
_LANDED: Final = "unit/api/orders/test_landed_quotes.py::test_"


_BALANCES: Final = "unit/api/orders/test_balance_service.py::test_"

_OWNERS: Final = "unit/api/orders/test_intercompany_served.py::test_"
_CREDIT: Final = "unit/api/orders/test_credit_service.py::test_"

_VAT: Final = "unit/api/orders/test_vat_numbers_served.py::test_"

OBEYED: Final[Shown] = {
    _OWNERS + "what_another_seller_ships_is_listed": {
        "network.v1.Node.owner_id": "units of another seller's order change their owner as they leave",
    },
    "unit/api/returns/test_return_service.py"
    "::test_the_desk_gives_no_more_without_goods_than_its_channel_lets_and_an_administrator_may": {
        "network.v1.Channel.appeasement_percent": "the desk gives no more",
    },
    _VAT + "a_number_is_looked_up_where_the_channel_names_an_account": {
        "network.v1.Channel.vat_registry_account_id": "numbers are looked up there",
        "orders.v1.OrderDraft.tax_treatment": "the number of the payer is looked up",
        "common.v1.Contact.vat_number": "that number is looked up",
    },
    _VAT + "a_number_is_looked_up_again_once_per_request": {
        "trade.v1.CheckVatNumberRequest.order_id": "the number of that order is looked up",
        "trade.v1.CheckVatNumberRequest.vat_number": "it is looked up in the place of the one before",
    },
    _BALANCES + "a_gift_card_is_issued_found_by_its_code_and_adjusted_with_a_reason": {
        "balances.v1.IssueBalanceRequest.seller_id": "one that nobody sells for is refused",
        "balances.v1.IssueBalanceRequest.code": "the balance is found by it",
        "balances.v1.IssueBalanceRequest.amount": "so much is on it",
        "balances.v1.IssueBalanceRequest.expire_time": "nothing can be spent from then on",
        "balances.v1.IssueBalanceRequest.reason": "its first movement says so",
        "balances.v1.AdjustBalanceRequest.balance_id": "names the balance",
        "balances.v1.AdjustBalanceRequest.amount": "so much more is on it",
        "balances.v1.AdjustBalanceRequest.reason": "its movement says so",
    },
    _CREDIT + "an_account_is_put_shown_listed_and_an_order_goes_on_over_its_limit": {
        "credit.v1.PutCreditAccountRequest.seller_id": "one that nobody sells for is refused",
        "credit.v1.PutCreditAccountRequest.credit_account_id": "orders that name it count against it",
        "credit.v1.PutCreditAccountRequest.limit_amount": "an order beyond it waits",
        "credit.v1.PutCreditAccountRequest.status": "it is read back",
        "credit.v1.PutCreditAccountRequest.expected_version": "another one is refused",
        "credit.v1.ReleaseCreditHoldRequest.order_id": "that order goes on",
        "credit.v1.ReleaseCreditHoldRequest.reason": "the timeline says so",
        "credit.v1.SettleReceivableRequest.order_id": "that order owes less",
        "credit.v1.SettleReceivableRequest.amount": "by so much",
        "credit.v1.SettleReceivableRequest.reference": "the same for another amount is refused",
        "credit.v1.SettleReceivableRequest.settlement": "the timeline says how",
    },
    _BALANCES + "store_credit_of_a_party_is_found_by_it_and_pays_an_order": {
        "balances.v1.IssueBalanceRequest.party_id": "the party's next order is paid from it",
    },
    _PROMISES + "what_is_asked_decides_what_is_quoted": {
        "promising.v1.QuotePromisesRequest.channel_id": "an unknown one is refused",
        "promising.v1.QuotePromisesRequest.to_country_code": "another one has other dates",
        "promising.v1.QuotePromisesRequest.service_codes": "each is quoted",
        "promising.v1.QuotePromisesRequest.demand_class": "units kept for it count",
        "promising.v1.QuotePromisesRequest.each_line_alone": "a kept quote is of one order",
        "promising.v1.PromiseLine.sku": "an unknown one is refused",
        "promising.v1.PromiseLine.quantity": "more than there is has no option",
    },
    _LANDED + "what_is_asked_about_the_import_decides_what_it_costs": {
        "promising.v1.PromiseLine.value": "goods of other values have other taxes",
        "promising.v1.LandedCostQuestion.flow": "the rules of another flow count",
        "promising.v1.LandedCostQuestion.incoterm": "the buyer prepays less under DAP",
        "promising.v1.LandedCostQuestion.declaration": "classifications count by ten digits",
        "promising.v1.LandedCostQuestion.currency_code": "a price in another currency is refused",
    },
    _PROMISES + "services_of_a_line_decide_which_nodes_are_quoted_and_an_order_reads_them_back": {
        "promising.v1.PromiseLine.value_added_services": "only nodes with these skills are quoted",
    },
    _PROMISES + "a_wished_day_decides_when_goods_leave_and_an_order_reads_it_back": {
        "network.v1.DeliveryWish.day": "goods leave so that they arrive on it",
    },
    _PROMISES + "a_place_that_goods_travel_to_for_longer_is_promised_a_later_day": {
        "promising.v1.QuotePromisesRequest.to_postal_code": "the lane to its zone counts",
        "promising.v1.QuotePromisesRequest.to_region_code": "the lane to its zone counts",
    },
    "journeys/fulfillment/test_pickups.py::test_stores_are_quoted_with_the_time_at_which_units_are_ready": {
        "promising.v1.QuotePromisesRequest.pickup_node_ids": "a store that has the units adds an option",
    },
    _PROMISES + "a_quote_is_kept_once_and_an_order_that_names_it_reads_it_back": {
        "promising.v1.FreezePromiseRequest.hold_stock": "the units are reserved",
        "orders.v1.PromiseChoice.quote_id": "the order takes that quote",
        "orders.v1.PromiseChoice.option_number": "an option that is not there is refused",
    },
    "journeys/orders/test_changes.py::test_the_rules_of_the_channel_say_who_may_change_what_and_until_when": {
        "network.v1.ChangeTerms.staff_rule": "changes of which it is not true are refused to staff",
        "network.v1.ChangeTerms.customer_rule": "changes of which it is not true are refused to customers",
        "orders.v1.ProposeChangeRequest.requested_by": "the rule for them counts",
    },
    _TRIALS + "a_canary_ships_its_share_and_each_order_counts_once": {
        "network.v1.SourcingTrial.share_permille": "so many of 1,000 orders ship by the tried policy",
    },
    _TRIALS + "a_trial_of_another_name_begins_anew": {
        "network.v1.SourcingTrial.name": "its figures begin anew",
    },
    _TRIALS + "a_trial_that_costs_more_than_is_granted_is_stopped_and_stays_stopped": {
        "network.v1.SourcingTrial.judged_after": "it goes on until so many orders were compared",
        "network.v1.SourcingTrial.most_cost_permille": "it is stopped where it costs more",
    },
    _TRIALS + "what_a_trial_is_stopped_for": {
        "network.v1.SourcingTrial.most_split_permille": "it is stopped where more orders split",
        "network.v1.SourcingTrial.most_late_permille": "it is stopped where more orders are late",
    },
    _CHANGES + "a_proposal_holds_as_long_as_the_channel_says": {
        "network.v1.ChangeTerms.validity": "it can be confirmed for so long",
    },
    "journeys/orders/test_changes.py::test_what_a_node_is_told_changes_until_a_node_has_it": {
        "orders.v1.ChangeDraft.gift_message": "the node is told it",
        "orders.v1.ChangeDraft.delivery_instructions": "the order has them then",
    },
    _CHANGES + "what_is_asked_decides_what_changes": {
        "orders.v1.ProposeChangeRequest.order_id": "names the order",
        "orders.v1.ProposeChangeRequest.order_version": "another version is refused",
        "orders.v1.LineQuantity.line_number": "one that is not there is refused",
        "orders.v1.LineQuantity.quantity": "so many units are wanted",
        "orders.v1.ConfirmChangeRequest.order_id": "a change of another order is refused",
        "orders.v1.ConfirmChangeRequest.change_id": "a change that is none is refused",
    },
    _ORDERS + "units_that_are_not_there_are_not_canceled": {
        "orders.v1.CancelLinesRequest.order_id": "names the order",
        "orders.v1.CancelLine.line_number": "names the line",
        "orders.v1.CancelLine.quantity": "more units than there are is refused",
    },
    _ORDERS + "a_hold_that_is_none_of_the_order_cannot_be_ended": {
        "orders.v1.ResolveHoldRequest.order_id": "a hold of another order is refused",
        "orders.v1.ResolveHoldRequest.hold_id": "a hold that is none is refused",
    },
    "unit/api/orders/test_placed_holds.py::test_a_hold_of_what_is_not_there_is_refused": {
        "orders.v1.PlaceHoldRequest.order_id": "names the order",
        "orders.v1.PlaceHoldRequest.type": "one that the hub alone places is refused",
        "orders.v1.PlaceHoldRequest.line_number": "one that is not there is refused",
        "orders.v1.PlaceHoldRequest.quantity": "more units than the line has are refused",
        "orders.v1.PlaceHoldRequest.fulfillment_order_id": "one of another order is refused",
        "orders.v1.PlaceHoldRequest.instrument_number": "one that is not there is refused",
        "orders.v1.PlaceHoldRequest.blocks": "none is refused",
        "orders.v1.PlaceHoldRequest.expire_time": "a past one is refused",
    },
    "unit/api/orders/test_placed_holds.py::test_what_is_held_is_read_back": {
        "orders.v1.PlaceHoldRequest.owner": "the hold names who decides",
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
    _TAKEN_OVER + "an_order_with_another_value_is_refused": {
        "orders.v1.AdoptedUnits.line_number": "one that is not ordered is refused",
        "orders.v1.AdoptedUnits.quantity": "another sum than was ordered is refused",
        "orders.v1.AdoptedUnits.node_id": "an unknown one is refused",
        "orders.v1.AdoptedShipment.node_id": "an unknown one is refused",
        "orders.v1.AdoptedShipment.shipment_reference": "the same twice is refused",
        "orders.v1.AdoptedShipment.work_reference": "the same parcel of it twice is refused",
        "orders.v1.AdoptedShipment.ship_time": "one after the delivery is refused",
        "orders.v1.AdoptedShipment.deliver_time": "one before it left is refused",
        "orders.v1.AdoptedMoney.instrument_number": "one of no instrument is refused",
    },
    _TAKEN_OVER + "partners_read_what_the_old_system_had_of_them": {
        "orders.v1.AdoptedUnits.work_reference": "the node is asked to cancel under it",
        "orders.v1.AdoptedMoney.authorization_reference": "the provider captures under it",
        "orders.v1.AdoptedMoney.capture_reference": "the provider refunds under it",
        "orders.v1.AdoptedHold.reason": "subscribers of the feed are told it",
    },
    _TAKEN_OVER + "an_order_waits_for_a_person_where_nobody_says_when_it_goes_on": {
        "orders.v1.AdoptedOrder.resume_time": "the order goes on then",
    },
    _TAKEN_OVER + "an_authorization_that_has_ended_pays_for_nothing_that_is_still_to_leave": {
        "orders.v1.AdoptedMoney.expire_time": "an order of which it has ended is held",
    },
    _TAKEN_OVER + "a_parcel_is_followed_by_the_tracking_number_of_the_old_system": {
        "orders.v1.AdoptedShipment.tracking_number": "that parcel is delivered",
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
