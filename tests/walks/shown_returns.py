"""Where tests show what becomes of fields about what comes back: returns, credits, policies, totes."""

from __future__ import annotations

from typing import Final

from tests.walks.shown import Shown

_SERVICE, _RETURNS, _REFUSED, _TOTES = (
    "unit/api/returns/test_return_service.py::test_",
    "journeys/returns/test_returns.py::test_",
    "journeys/returns/test_returns_refused.py::test_",
    "journeys/returns/test_totes.py::test_",
)
_CLAIMS: Final = "journeys/returns/test_claims.py::test_"
_PARTS: Final = "journeys/returns/test_scenario_29_boxless_returns.py::test_scenario_29_"

_SHOWN: Final = "walks/test_accepted_returns.py::test_"

OBEYED: Final[Shown] = {
    _SHOWN + "what_a_policy_states_otherwise_changes_what_is_offered": {
        "returns.v1.ReturnPolicy.channel_ids": "another channel's does not count",
        "returns.v1.ReturnPolicy.shipping": "the credit is higher by it",
        "returns.v1.RefusalRule.message": "the customer is told so",
    },
    _SHOWN + "what_does_not_come_back_in_the_days_of_its_policy_expires": {
        "returns.v1.ReturnPolicy.return_days": "the return expires then",
    },
    _SHOWN + "a_fee_is_taken_for_the_reason_that_the_customer_states": {
        "returns.v1.ReturnLineDraft.reason": "the credit is lower by the fee",
    },
    _SHOWN + "another_total_than_the_customer_agreed_to_is_refused": {
        "returns.v1.ReturnDraft.agreed_total": "another total is refused",
    },
    _SHOWN + "the_difference_of_an_exchange_is_asked_of_the_instrument_that_is_stated": {
        "returns.v1.ExchangeDraft.instrument_token": "that instrument is authorized",
    },
    _SHOWN + "a_credit_is_paid_as_its_resolution_says": {
        "returns.v1.CreditDraft.resolution": "no instrument is refunded",
    },
    _SHOWN + "a_unit_is_for_sale_again_where_its_disposition_says_so": {
        "returns.v1.DisposedUnits.disposition": "the unit is for sale, or not",
    },
    _SHOWN + "what_came_instead_is_named_to_a_person": {
        "returns.v1.ReceivedUnits.found_sku": "a person is told of it",
    },
    _SHOWN + "a_scan_under_another_reference_takes_another_unit": {
        "returns.v1.ReturnScan.scan_reference": "a repeat takes no unit",
    },
    _REFUSED + "what_is_not_of_the_order_is_refused": {
        "returns.v1.ReturnDraft.customer_email": "another person's is refused",
        "returns.v1.ReturnLineDraft.line_number": "a line that is none is refused",
    },
    _SERVICE + "each_return_of_a_request_is_answered_for_itself_and_a_repeat_alike": {
        "returns.v1.ReturnDraft.order_id": "names the order",
        "returns.v1.ReturnLineDraft.quantity": "more than was delivered is refused",
    },
    _SERVICE + "a_node_sees_the_returns_it_expects_and_no_others": {
        "returns.v1.ReturnDraft.node_id": "that node expects the units",
    },
    _RETURNS + "store_credit_is_a_posting_and_refunds_no_instrument": {
        "returns.v1.ReturnDraft.resolution": "no instrument is refunded",
    },
    _RETURNS + "who_may_keep_the_goods_is_credited_at_once": {
        "returns.v1.ReturnDraft.keep": "the customer is credited at once",
    },
    _RETURNS + "a_fee_is_taken_once_and_only_where_the_customer_chose_to_send_back": {
        "returns.v1.ReturnPolicy.fees": "the credit is lower by it",
    },
    _REFUSED + "a_rule_refuses_with_its_own_words": {
        "returns.v1.ReturnLineDraft.condition": "a rule refuses by it",
    },
    "journeys/returns/test_scenario_24_exchange.py"
    "::test_scenario_24_the_difference_is_collected_and_the_rest_charged_on_day_21_and_refunded_on_day_22": {
        "returns.v1.ExchangeDraft.advance": "the new goods leave first",
    },
    _SERVICE + "returns_are_listed_by_page_state_and_order": {
        "returns.v1.CancelReturnsRequest.return_ids": "these are canceled",
    },
    _SERVICE + "a_return_is_previewed_authorized_received_inspected_and_put_away": {
        "returns.v1.RecordReturnsInTransitRequest.return_ids": "units of these are on their way",
        "returns.v1.ReturnReceipt.return_id": "that return is received",
        "returns.v1.ReturnInspection.return_id": "that return is credited",
        "returns.v1.ReturnDisposition.return_id": "that return is closed",
        "returns.v1.InspectedUnits.verdict": "ACCEPTED_REDUCED takes the reduction off",
        "returns.v1.InspectedUnits.reduction": "the credit is lower by it",
    },
    _RETURNS + "what_was_handed_in_and_lost_is_credited": {
        "returns.v1.ReceivedUnits.outcome": "lost units are credited",
    },
    _RETURNS + "a_unit_goes_from_the_customer_through_receipt_and_inspection_back_onto_the_shelf": {
        "returns.v1.ReturnReceipt.node_id": "the unit is there",
    },
    "journeys/returns/test_return_routes.py"
    "::test_a_transferred_unit_is_on_its_way_and_on_the_other_shelf_once_it_came": {
        "returns.v1.DisposedUnits.node_id": "the unit travels there",
    },
    _PARTS + "the_best_node_is_chosen_by_what_comes_of_a_unit_there_and_why_is_kept": {
        "returns.v1.DisposedUnits.best_node": "the hub chooses the node",
    },
    _CLAIMS + "units_of_a_refunded_claim_are_credited_at_what_they_cost": {
        "returns.v1.ClaimDraft.kind": "the units end lost or kept",
        "returns.v1.ClaimDecision.claim_id": "that claim is refunded",
    },
    _CLAIMS + "a_rejected_claim_gives_nothing_and_may_be_followed_by_another": {
        "returns.v1.ClaimDecision.verdict": "nothing is refunded",
    },
    _CLAIMS + "a_claim_names_a_parcel_and_a_line_that_there_are": {
        "returns.v1.ClaimDraft.shipment_id": "an unknown one is refused",
        "returns.v1.ClaimLine.line_number": "an unknown one is refused",
        "returns.v1.ClaimLine.quantity": "more than were sent are refused",
    },
    _SERVICE + "money_without_goods_is_given_by_the_service_desk": {
        "returns.v1.CreditDraft.amount": "so much is credited",
        "returns.v1.CreditDraft.order_id": "that order is credited",
    },
    "unit/api/setup/test_expected_versions.py::test_return_policies_are_replaced_only_in_the_version_that_was_read": {
        "returns.v1.PutReturnPoliciesRequest.expected_version": "another version is refused",
        "rules.v1.PutScenarioRequest.expected_version": "another version is refused",
    },
    _SERVICE + "policies_with_a_rule_that_says_nothing_are_not_put": {
        "returns.v1.ReturnPolicy.policy_id": "the same twice is refused",
        "returns.v1.RefusalRule.when": "one that does not compile is refused",
    },
    _REFUSED + "after_the_window_a_return_is_refused_and_a_credit_is_offered_instead": {
        "returns.v1.ReturnPolicy.window_days": "later returns are refused",
    },
    "journeys/returns/test_scenario_23_broken_promotion.py"
    "::test_scenario_23_a_return_keeps_the_policy_it_was_agreed_under": {
        "returns.v1.ReturnPolicy.promotions": "the credit is another",
    },
    _TOTES + "who_works_at_a_drop_off_point_fills_its_totes_and_cannot_count_them_elsewhere": {
        "returns.v1.ReturnScan.tote_id": "a tote of others is refused",
        "returns.v1.ToteClosing.tote_id": "a tote of others is refused",
        "returns.v1.ToteReceipt.tote_id": "a tote of others is refused",
    },
    _TOTES + "a_code_that_nobody_issued_and_a_return_that_was_canceled_are_refused": {
        "returns.v1.ReturnScan.code": "a code that nobody issued is refused",
    },
    _TOTES + "goods_beside_the_returns_are_kept_in_quarantine_with_an_exception_each": {
        "returns.v1.UnpackedUnits.code": "units without one are nobody's",
        "returns.v1.UnpackedUnits.sku": "that many of it are in quarantine",
        "returns.v1.UnpackedUnits.quantity": "so many are in quarantine",
    },
}
"""Test -> field -> how it is obeyed."""
