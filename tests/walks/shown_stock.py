"""Where tests show what becomes of fields about stock: adjustments, counts, supply, what is kept, reservations."""

from __future__ import annotations

from typing import Final

from tests.walks.shown import Shown

_COUNTS, _FEEDS, _RESERVED, _SUPPLY = (
    "unit/api/stock/test_counts_in_chunks.py::test_",
    "unit/api/fulfillment/test_feed_service.py::test_",
    "unit/api/stock/test_reservation_service.py::test_",
    "unit/api/stock/test_supply_service.py::test_",
)
_TRANSFERS: Final = "unit/api/stock/test_transfer_service.py::test_"
_STOCK: Final = "unit/api/stock/test_inventory_service.py::test_"
_OBEYED: Final = "walks/test_accepted_stock.py::test_"

OBEYED: Final[Shown] = {
    _OBEYED + "what_moved_before_a_count_changes_nothing_on_hand": {
        "inventory.v1.Adjustment.occur_time": "what moved before the count is in it",
    },
    _OBEYED + "a_feed_goes_on_behind_the_number_through_which_its_source_counted": {
        "inventory.v1.SnapshotHeader.through_number": "what waited behind it is taken",
    },
    _OBEYED + "units_that_a_count_keeps_back_are_not_sold": {"inventory.v1.SnapshotRow.safety": "so many are not sold"},
    _OBEYED + "safety_stock_is_not_sold": {"inventory.v1.SafetyStock.quantity": "so many are not sold"},
    _OBEYED + "supply_that_slips_can_be_sold_later": {
        "inventory.v1.Slip.expect_time": "units can be promised from then on",
    },
    _STOCK + "adjustments_are_answered_one_by_one_and_done_once": {
        "inventory.v1.Adjustment.sku": "an unknown one is refused",
        "inventory.v1.Adjustment.node_id": "an unknown one is refused",
        "inventory.v1.Adjustment.delta": "the units are added; what would be negative is refused",
    },
    _FEEDS + "what_is_ahead_waits_and_is_taken_in_order_when_the_missing_one_has_come": {
        "common.v1.SourceSequence.number": "what is ahead waits",
    },
    _FEEDS + "a_second_source_of_a_node_is_refused_until_the_node_is_handed_over": {
        "common.v1.SourceSequence.source": "another source of the node is refused",
    },
    _COUNTS + "another_source_may_not_count_a_node": {
        "inventory.v1.SnapshotHeader.source": "another source of the node is refused",
    },
    _STOCK + "an_older_count_than_the_one_in_force_is_refused": {
        "inventory.v1.SnapshotHeader.count_time": "an older count is refused",
    },
    _STOCK + "a_count_is_applied_whole": {
        "inventory.v1.SnapshotHeader.node_ids": "what was not counted there is gone",
        "inventory.v1.SnapshotRow.sku": "an unknown one is named",
        "inventory.v1.SnapshotRow.node_id": "that shelf is counted",
        "inventory.v1.SnapshotRow.on_hand": "so many are there from then on",
    },
    _STOCK + "a_count_that_is_not_whole_changes_nothing": {
        "inventory.v1.SnapshotHeader.row_count": "another number of rows is refused",
    },
    _COUNTS + "rows_that_leave_a_gap_or_come_twice_are_refused_and_nothing_is_applied": {
        "inventory.v1.SnapshotRows.first_row": "a gap is refused",
    },
    "unit/api/stock/test_counts_undone.py::test_a_count_is_undone_and_read_back": {
        "inventory.v1.UndoSnapshotRequest.snapshot_id": "that count is undone",
    },
    _RESERVED + "a_reservation_is_extended_from_now_up_to_its_limit": {
        "inventory.v1.ExtendReservationRequest.ttl": "it ends then",
        "inventory.v1.ExtendReservationRequest.reservation_id": "that one ends later",
    },
    _RESERVED + "units_are_given_back_in_part_and_then_whole": {
        "inventory.v1.ReleaseReservationRequest.reservation_id": "that one gives its units back",
    },
    _RESERVED + "what_cannot_be_reserved_is_told_element_by_element": {
        "inventory.v1.ReservationDraft.ttl": "a longer one than the channel allows is refused",
        "inventory.v1.ReservationDraft.channel_id": "an unknown one is refused",
        "inventory.v1.ReservationDraft.node_id": "an unknown one is refused",
        "inventory.v1.ReservationLineDraft.sku": "an unknown one is refused",
    },
    _RESERVED + "a_malformed_reservation_is_refused_with_its_field": {
        "inventory.v1.ReservationDraft.kind": "a node with FLOATING is refused",
    },
    _RESERVED + "who_holds_too_much_is_told_when_to_come_again": {
        "inventory.v1.ReservationDraft.buyer_reference": "limits count per buyer",
        "network.v1.ReservationLimits.reservations_per_buyer": "one more is refused",
        "network.v1.ReservationLimits.units_per_buyer": "one more is refused",
    },
    _RESERVED + "a_client_may_hold_no_more_than_its_channel_lets_it": {
        "network.v1.ReservationLimits.units_per_client": "one more is refused",
    },
    _SUPPLY + "supply_is_answered_one_by_one_and_put_once": {
        "inventory.v1.SupplyDraft.sku": "an unknown one is refused",
        "inventory.v1.SupplyDraft.node_id": "an unknown one is refused",
        "inventory.v1.SupplyKey.source": "the same line of another source is refused",
        "inventory.v1.SupplyKey.reference": "another one is another supply",
    },
    _SUPPLY + "supply_is_listed_by_what_is_asked_page_by_page": {
        "inventory.v1.SupplyKey.line": "another one is another supply",
    },
    _SUPPLY + "what_makes_no_supply_is_refused": {
        "inventory.v1.SupplyDraft.kind": "none is refused",
    },
    _SUPPLY + "a_supply_tells_its_whole_history": {
        "inventory.v1.SupplyDraft.quantity": "less than came is refused",
        "inventory.v1.Receipt.receipt_reference": "other units under it are refused",
        "inventory.v1.Receipt.quantity": "so many have come",
        "inventory.v1.Receipt.final": "what ended is canceled no more",
    },
    _SUPPLY + "availability_over_time_is_told_for_many_skus_with_offers": {
        "inventory.v1.SupplyDraft.expect_time": "units can be promised from then on",
    },
    "journeys/stock/test_supply.py::test_damaged_goods_are_received_beside_what_is_sold": {
        "inventory.v1.Receipt.condition": "damaged units are not sold",
    },
    _SUPPLY + "what_is_kept_is_listed_and_shown_in_availability": {
        "inventory.v1.Protection.sku": "an unknown one is refused",
        "inventory.v1.Protection.node_id": "an unknown one is refused",
        "inventory.v1.Protection.channel_id": "an unknown one is refused",
        "inventory.v1.Protection.demand_class": "others are not offered its units",
        "inventory.v1.Protection.quantity": "so many are not offered to others",
    },
    _SUPPLY + "safety_and_conditions_are_changed_and_listed": {
        "inventory.v1.SafetyStock.node_id": "an unknown one is refused",
        "inventory.v1.ConditionChange.from_condition": "so many are there no more",
        "inventory.v1.ConditionChange.to_condition": "so many are there then",
        "inventory.v1.ConditionChange.quantity": "more than there are is refused",
    },
    _TRANSFERS + "transfers_are_answered_one_by_one_and_requested_once": {
        "inventory.v1.TransferDraft.reference": "another transfer under it is refused",
        "inventory.v1.TransferDraft.from_node_id": "an unknown one is refused; its units are claimed",
        "inventory.v1.TransferDraft.to_node_id": "an unknown one is refused",
        "inventory.v1.TransferUnits.sku": "an unknown one is refused",
        "inventory.v1.TransferUnits.quantity": "more than is free is refused",
    },
    _TRANSFERS + "a_transfer_states_when_it_leaves_and_is_expected": {
        "inventory.v1.TransferDraft.service_code": "its lane says when it arrives",
        "inventory.v1.TransferDraft.ship_by_time": "the transfer is late after it",
        "inventory.v1.TransferShipment.occur_time": "the transfer left then",
        "inventory.v1.TransferShipment.expect_time": "the supply is expected then",
        "inventory.v1.TransferShipment.tracking_number": "the transfer has it",
    },
    _TRANSFERS + "what_came_is_told_by_its_receipts": {
        "inventory.v1.TransferReceipt.receipt_reference": "other units under it are refused",
        "inventory.v1.TransferReceipt.occur_time": "the receipt says it",
        "inventory.v1.TransferReceipt.final": "what is in transit is missing",
        "inventory.v1.ReceivedUnits.sku": "one that is not in the transfer is refused",
        "inventory.v1.ReceivedUnits.quantity": "so many have come",
        "inventory.v1.ReceivedUnits.damaged_quantity": "so many are damaged",
    },
    _TRANSFERS + "transfers_are_canceled_shown_and_listed": {
        "inventory.v1.CancelTransfersRequest.transfer_ids": "that one is canceled",
        "inventory.v1.TransferShipment.transfer_id": "one that was canceled is refused",
    },
    _TRANSFERS + "who_works_at_neither_end_sees_no_transfer": {
        "inventory.v1.TransferReceipt.transfer_id": "one of others is refused",
    },
}
"""Test -> field -> how it is obeyed."""
