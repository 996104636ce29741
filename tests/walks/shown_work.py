"""Where tests show what becomes of fields about work and what is heard of it: nodes, carriers, payments, documents."""

from __future__ import annotations

from typing import Final

from tests.walks.shown import Shown

_WORK, _FEEDS, _DESK, _STATE = (
    "unit/api/fulfillment/test_fulfillment_service.py::test_",
    "unit/api/fulfillment/test_feed_service.py::test_",
    "unit/api/setup/test_operator_services.py::test_",
    "unit/api/setup/test_reading_services.py::test_",
)
_CUSTOMS: Final = "unit/api/fulfillment/test_declarations_served.py::test_"
_EXCEPTIONS: Final = "unit/api/setup/test_exceptions_served.py::test_"

OBEYED: Final[Shown] = {
    _WORK + "an_order_is_picked_packed_shipped_in_parcels_and_delivered": {
        "fulfillment.v1.Acknowledgment.fulfillment_order_id": "that one is accepted",
        "fulfillment.v1.ProgressReport.fulfillment_order_id": "that one is picked",
        "fulfillment.v1.FulfillmentLine.line_number": "units of that line have left",
        "fulfillment.v1.FulfillmentLine.quantity": "so many have left",
        "fulfillment.v1.DeliveryReport.tracking_number": "that parcel is delivered",
    },
    _WORK + "a_short_and_a_rejection_send_units_elsewhere": {
        "fulfillment.v1.ShortReport.fulfillment_order_id": "its units are sourced again",
        "fulfillment.v1.Rejection.fulfillment_order_id": "its units are sourced again",
    },
    "unit/api/fulfillment/test_pickups_served.py::test_units_are_made_ready_renewed_and_handed_over_when_it_is_said": {
        "fulfillment.v1.CollectionReport.fulfillment_order_id": "what lies ready of it is handed over",
        "fulfillment.v1.CollectionReport.occur_time": "the units were delivered then",
        "fulfillment.v1.CollectionReport.code": "a wrong one is refused",
        "fulfillment.v1.RenewPickupsRequest.fulfillment_order_ids": "the code before counts no more",
    },
    _CUSTOMS + "an_event_is_recorded_as_it_is_said": {
        "trade.v1.DeclarationEvent.declaration_id": "that declaration changes",
        "trade.v1.DeclarationEvent.customs_reference": "the declaration of that reference changes",
        "trade.v1.DeclarationEvent.state": "the declaration is so",
        "trade.v1.DeclarationEvent.occur_time": "events count in that order",
        "trade.v1.DeclarationEvent.event_reference": "other content under it is refused",
        "trade.v1.DeclarationEvent.reason": "it is shown",
        "trade.v1.DeclarationEvent.missing_documents": "they are shown, and those the hub makes can be sent",
    },
    _CUSTOMS + "a_parcel_is_declared_again_under_the_incoterm_stated_and_its_document_sent": {
        "trade.v1.ShipmentToDeclare.shipment_id": "that parcel is declared",
        "trade.v1.ShipmentToDeclare.incoterm": "it is declared so",
        "trade.v1.DocumentToSend.shipment_id": "a paper of that parcel is sent",
        "trade.v1.DocumentToSend.document": "that paper is sent",
    },
    "journeys/fulfillment/test_declarations.py::test_without_an_account_or_a_border_nothing_is_declared": {
        "network.v1.Channel.customs_account_id": "without one nothing is declared",
    },
    "unit/wire/test_withdrawals.py::test_what_a_customer_confirms_is_read": {
        "returns.v1.WithdrawalDraft.order_id": "the right of that order counts",
        "returns.v1.WithdrawalDraft.customer_email": "another one than a party's is refused",
        "returns.v1.WithdrawalDraft.information_missing": "the period is twelve months longer",
        "returns.v1.WithdrawalDraft.information_time": "the period ends fourteen days later",
        "returns.v1.WithdrawalLine.line_number": "units of that line are withdrawn from",
        "returns.v1.WithdrawalLine.quantity": "so many are",
    },
    _FEEDS + "a_delivery_of_a_shipment_nobody_knows_is_refused": {
        "fulfillment.v1.DeliveryReport.shipment_id": "an unknown one is refused",
    },
    "journeys/lies/test_goods.py::test_a_delivery_before_the_parcel_left_or_in_the_future_is_refused": {
        "fulfillment.v1.DeliveryReport.occur_time": "one before the parcel left is refused",
    },
    _WORK + "carriers_report_where_a_parcel_is": {
        "fulfillment.v1.CarrierEvent.tracking_number": "that parcel moves",
        "fulfillment.v1.CarrierEvent.state": "the parcel is so",
    },
    "journeys/fulfillment/test_parcels_awaited.py::test_a_parcel_written_off_ends_with_the_customer_credited": {
        "fulfillment.v1.ShipmentWriteOff.shipment_id": "that parcel is credited",
    },
    "unit/api/fulfillment/test_labels_served.py::test_a_label_is_bought_shown_and_voided": {
        "fulfillment.v1.PackedParcel.fulfillment_order_id": "a label of that one is bought",
        "fulfillment.v1.PackedParcel.shipment_reference": "the label is of that parcel",
        "fulfillment.v1.PackedParcel.format": "the label is drawn so",
        "fulfillment.v1.LabeledParcel.fulfillment_order_id": "a label of that one is taken back",
        "fulfillment.v1.LabeledParcel.shipment_reference": "the label of that parcel is taken back",
    },
    "journeys/fulfillment/test_labels_abroad.py::test_a_label_across_a_border_says_to_customs_what_its_papers_say": {
        "fulfillment.v1.PackedParcel.incoterm": "customs is told it",
    },
    "journeys/money/test_uncovered_shipments.py::test_what_nothing_covered_is_collected_once_by_the_customers_card": {
        "payments.v1.CollectPaymentRequest.order_id": "what that order lacks is collected",
    },
    "journeys/money/test_scenario_07_expired_authorization.py"
    "::test_scenario_7_a_card_that_is_declined_then_holds_the_units_until_another_card_covers_them": {
        "payments.v1.AddInstrumentRequest.order_id": "what that order lacks is authorized",
        "payments.v1.AddInstrumentRequest.token": "the provider is given that token",
        "payments.v1.AddInstrumentRequest.kind": "the order's new instrument is of that kind",
    },
    "journeys/money/test_settlements.py"
    "::test_a_report_is_compared_with_the_ledger_and_what_it_lacks_ends_with_the_report_that_has_it": {
        "payments.v1.ImportSettlementRequest.period_start_time": "what was captured from then on is looked for",
        "payments.v1.ImportSettlementRequest.period_end_time": "what was captured before then is looked for",
        "payments.v1.ImportSettlementRequest.reference": "an exception names that report",
        "payments.v1.SettlementEntry.reference": "that entry is named",
        "payments.v1.SettlementEntry.operation_key": "what was asked for under that key is compared",
        "payments.v1.SettlementEntry.amount": "another amount is named",
        "payments.v1.SettlementEntry.kind": "that kind of step is looked for",
    },
    "journeys/money/test_settlements.py::test_only_payment_accounts_are_settled": {
        "payments.v1.ImportSettlementRequest.account_id": "one that is no payment account is refused",
    },
    "journeys/money/test_answers_awaited.py::test_an_authorization_is_requested_until_the_provider_reports_it": {
        "payments.v1.PaymentEvent.transaction_id": "that transaction is answered",
    },
    "journeys/fulfillment/test_scenario_12_out_of_order_events.py"
    "::test_scenario_12_a_notification_that_contradicts_what_is_settled_is_an_exception": {
        "payments.v1.PaymentEvent.kind": "one against what is settled is an exception",
    },
    "journeys/money/test_chargebacks.py::test_a_lost_dispute_costs_its_amount_and_its_fee_once": {
        "payments.v1.PaymentEvent.fee": "it is booked beside the amount",
    },
    "journeys/lies/test_amounts.py::test_a_notified_amount_is_compared_with_what_was_asked": {
        "payments.v1.PaymentEvent.amount": "another amount is named",
    },
    "journeys/lies/test_amounts.py"
    "::test_an_authorization_of_less_or_of_the_past_counts_as_declined_and_is_asked_again": {
        "payments.v1.PaymentEvent.expire_time": "one of the past counts as declined",
    },
    _STATE + "documents_of_nobody_are_refused": {"inbox.v1.ReceiveRequest.account_id": "an unknown one is refused"},
    _STATE + "a_document_is_kept_once_and_told_of_in_scope": {
        "inbox.v1.ReceiveRequest.content": "the same content is the same document",
    },
    _FEEDS + "a_gap_of_a_day_is_an_exception_until_it_is_given_up": {
        "inbox.v1.SkipGapRequest.source": "the gap of that feed ends",
        "inbox.v1.SkipGapRequest.through_number": "what is behind it is taken",
    },
    _FEEDS + "a_second_source_of_a_node_is_refused_until_the_node_is_handed_over": {
        "inbox.v1.HandOverNodesRequest.source": "it may count the node from then on",
        "inbox.v1.HandOverNodesRequest.node_ids": "these nodes change their source",
    },
    _FEEDS + "what_is_refused_in_its_turn_holds_nothing_up_and_is_taken_once_mended": {
        "inbox.v1.ReplayParkedEventsRequest.parked_event_ids": "these are tried again",
    },
    _DESK + "time_is_moved_on_with_the_work_on_the_way": {"admin.v1.AdvanceTimeRequest.span": "time moves by it"},
    _DESK + "exceptions_are_listed_by_reason_and_ended_once": {
        "admin.v1.ResolveExceptionRequest.exception_id": "that one ends",
    },
    _EXCEPTIONS + "an_exception_is_given_to_another_owner": {
        "admin.v1.AssignExceptionRequest.exception_id": "that one has another owner",
        "admin.v1.AssignExceptionRequest.owner": "the owner is listed",
    },
    _EXCEPTIONS + "a_snoozed_exception_comes_back_by_itself": {
        "admin.v1.SnoozeExceptionRequest.exception_id": "that one is left out of lists",
        "admin.v1.SnoozeExceptionRequest.until_time": "it is listed again from then on",
    },
    _EXCEPTIONS + "the_note_of_who_ended_an_exception_is_kept": {
        "admin.v1.ResolveExceptionRequest.note": "it is listed with the record",
    },
    _EXCEPTIONS + "many_exceptions_are_changed_alike_each_done_or_refused_for_itself": {
        "admin.v1.ChangeExceptionsRequest.exception_ids": "these change",
        "admin.v1.ChangeExceptionsRequest.owner": "the owner is listed",
        "admin.v1.ChangeExceptionsRequest.snooze_until_time": "they are left out of the list",
        "admin.v1.ChangeExceptionsRequest.resolve_note": "they end",
    },
    _DESK + "a_dead_letter_gets_another_life_once": {"admin.v1.RetryMessageRequest.message_id": "that one is sent"},
    _DESK + "the_dead_letters_of_an_account_live_again_together": {
        "admin.v1.RetryMessagesRequest.account_id": "its messages are sent",
        "admin.v1.RetryMessagesRequest.since_time": "earlier ones stay dead",
    },
    _DESK + "a_party_is_read_and_erased_for_ever": {"parties.v1.ErasePartyRequest.party_id": "that one is erased"},
    _STATE + "an_adapter_remembers_by_versions": {
        "adapter.v1.CompareAndSetStateRequest.expected_version": "another version is refused",
    },
    _STATE + "a_lease_has_one_holder_and_its_fence_counts_holders": {
        "adapter.v1.AcquireLeaseRequest.holder": "another holder is refused",
        "adapter.v1.AcquireLeaseRequest.span": "it ends then",
    },
    _STATE + "each_account_of_an_adapter_has_states_leases_and_series_of_its_own": {
        "adapter.v1.AcquireLeaseRequest.account_id": "another account has another lease",
        "adapter.v1.AcquireLeaseRequest.name": "another name is another lease",
        "adapter.v1.CompareAndSetStateRequest.account_id": "another account has another state",
        "adapter.v1.CompareAndSetStateRequest.key": "another key is another state",
        "adapter.v1.NextNumberRequest.account_id": "another account counts from 1",
        "adapter.v1.NextNumberRequest.series": "another series counts from 1",
    },
}
"""Test -> field -> how it is obeyed."""

CARRIED: Final[Shown] = {
    "unit/api/fulfillment/test_labels_served.py::test_what_is_packed_reaches_the_carrier": {
        "fulfillment.v1.PackedParcel.weight_grams": "the carrier, which sells the label for it",
        "fulfillment.v1.PackedParcel.length_mm": "the carrier, which sells the label for it",
        "fulfillment.v1.PackedParcel.width_mm": "the carrier, which sells the label for it",
        "fulfillment.v1.PackedParcel.height_mm": "the carrier, which sells the label for it",
    },
    _STATE + "an_adapter_remembers_by_versions": {
        "adapter.v1.CompareAndSetStateRequest.value": "the adapter, which asks for it",
    },
}
"""Test -> field -> who outside reads it."""
