"""Where tests show what becomes of fields about how the hub is set up: catalog, network, rules of availability."""

from __future__ import annotations

from typing import Final

from tests.walks.shown import Shown

_NETWORK, _POLICY, _DATES, _RULES = (
    "unit/api/setup/test_network_changes.py::test_",
    "unit/network/test_policy.py::test_",
    "unit/promising/test_dates.py::test_",
    "unit/api/stock/test_availability_rules.py::test_",
)
_COMING: Final = "unit/api/setup/test_coming_networks.py::test_"
_ABLE: Final = "journeys/orders/test_what_nodes_can_do.py::test_"
_SCREENING: Final = "unit/api/setup/test_screening_service.py::test_"
_ACCOUNTS: Final = "walks/test_accepted_network.py::test_an_account_is_"
_WEBHOOKS: Final = "unit/api/setup/test_webhooks.py::test_"
_POSTED: Final = "journeys/upkeep/test_webhooks.py::test_"
_CARRIERS: Final = "unit/network/test_carriers.py::test_"
_PICKUPS: Final = "unit/promising/test_pickups.py::test_"
_TRADE: Final = "unit/api/setup/test_trade_service.py::test_"
_PLACES: Final = "unit/returns/test_places.py::test_"
_ITEMS: Final = "unit/api/setup/test_expected_versions.py::test_"
_ORDERS: Final = "unit/api/orders/test_what_orders_must_be.py::test_"

OBEYED: Final[Shown] = {
    "walks/test_accepted_setup.py::test_a_bundle_is_ordered_at_its_list_price_and_ships_as_its_components": {
        "catalog.v1.BundleComponent.quantity": "so many are taken from stock",
        "catalog.v1.Item.prices": "lines without a price cost it",
    },
    _SCREENING + "a_list_is_loaded_in_versions_with_their_differences": {
        "screening.v1.LoadListRequest.list_name": "its version and differences are those of the list",
        "screening.v1.LoadListRequest.validate_only": "nothing is put in force",
        "screening.v1.ListFile.name": "how it is read",
        "screening.v1.ListFile.content": "its entries are counted",
    },
    _SCREENING + "a_broken_list_or_another_version_is_refused_and_the_one_in_force_stays": {
        "screening.v1.LoadListRequest.expected_version": "another version is refused",
    },
    _SCREENING + "matches_are_listed_with_the_entry_and_decided_once": {
        "screening.v1.DecideMatchRequest.match_id": "an unknown one is refused",
        "screening.v1.DecideMatchRequest.state": "the match is cleared, and its order goes on",
        "screening.v1.DecideMatchRequest.note": "the match shows it",
    },
    "journeys/orders/test_screening.py::test_clearing_ends_with_its_time": {
        "network.v1.ScreeningTerms.decision_days": "after so many days the order is held again",
    },
    "journeys/orders/test_screening.py::test_a_lower_review_score_of_the_channel_finds_more": {
        "network.v1.ScreeningTerms.review_score": "a name that is less alike is a match",
    },
    "unit/api/setup/test_accounts.py::test_an_account_is_paused_with_its_reason_and_resumed": {
        "admin.v1.PauseAccountRequest.reason": "the list of accounts shows it",
    },
    _ACCOUNTS + "asked_from_where_its_cursor_was_moved_to_and_at_its_interval": {
        "admin.v1.MovePollCursorRequest.cursor": "updates behind it are asked for",
        "network.v1.PartnerAccount.poll_interval": "the account is asked again after it",
    },
    _ACCOUNTS + "given_no_more_calls_at_a_time_than_it_takes": {
        "network.v1.PartnerAccount.max_in_flight": "the rest waits",
    },
    _ORDERS + "an_item_that_ended_is_ordered_no_more_and_its_orders_are_still_known": {
        "catalog.v1.Item.sku": "names the item",
        "catalog.v1.Item.state": "an item that ended is ordered no more",
    },
    _ORDERS + "an_item_kept_in_pieces_is_not_sold_in_another_unit": {
        "catalog.v1.Item.unit_code": "orders in another unit are refused",
    },
    _ITEMS + "an_item_is_replaced_only_in_the_version_that_was_read": {
        "catalog.v1.Item.version": "another version is refused",
    },
    "unit/api/stock/test_finding.py::test_a_variant_of_a_style_is_found_by_its_attributes": {
        "catalog.v1.Item.attributes": "items are found by them",
    },
    "unit/catalog/test_policy.py::test_a_bundle_takes_its_components_from_stock": {
        "catalog.v1.BundleComponent.sku": "units of it are taken from stock",
    },
    _PLACES + "the_most_specific_resale_of_the_item_counts": {
        "catalog.v1.Resale.node_id": "counts before the kind",
        "catalog.v1.Resale.node_kind": "counts before all nodes",
        "catalog.v1.Resale.value": "what comes of a unit",
        "catalog.v1.Resale.sell_through": "what comes of a unit",
    },
    _TRADE + "rules_are_replaced_as_a_whole_and_old_versions_compute_as_before": {
        "trade.v1.RuleFile.name": "says what the rows are",
        "trade.v1.RuleFile.content": "landed cost follows from the rows",
    },
    _TRADE + "rules_are_replaced_only_in_the_version_that_was_read": {
        "trade.v1.LoadRulesRequest.expected_version": "another version is refused",
    },
    _TRADE + "rules_that_are_only_validated_do_not_come_into_force": {
        "trade.v1.LoadRulesRequest.validate_only": "nothing comes into force",
    },
    _NETWORK + "a_network_is_replaced_only_in_the_version_that_was_read": {
        "network.v1.PutNetworkRequest.expected_version": "another version is refused",
    },
    _NETWORK + "a_network_that_is_only_validated_is_answered_and_not_put_in_force": {
        "network.v1.PutNetworkRequest.validate_only": "nothing is put in force",
    },
    _NETWORK + "a_node_with_stock_stays_unless_it_is_named_as_removed": {
        "network.v1.PutNetworkRequest.removed_node_ids": "these may go",
    },
    _NETWORK + "an_account_with_messages_and_a_channel_with_open_orders_stay_unless_named": {
        "network.v1.PutNetworkRequest.removed_account_ids": "these may go",
        "network.v1.PutNetworkRequest.removed_channel_ids": "these may go",
    },
    _ABLE + "units_ship_only_from_nodes_with_the_skills_that_they_need": {
        "catalog.v1.Item.required_skills": "other nodes do not ship it",
        "network.v1.Node.skills": "units that need another ship from elsewhere",
    },
    _ABLE + "units_that_take_time_leave_later_with_all_that_is_in_their_parcel": {
        "catalog.v1.Item.item_class": "says how long a unit takes at a node",
        "network.v1.ProcessingTime.item_class": "units of it leave later",
        "network.v1.ProcessingTime.working_days": "so many later",
    },
    "journeys/fulfillment/test_acceptance.py"
    "::test_work_that_a_node_does_not_accept_in_its_time_ships_from_elsewhere_once": {
        "network.v1.Node.accept_within": "what is not acknowledged in it ships from elsewhere",
    },
    "journeys/orders/test_slots.py::test_a_wished_slot_decides_from_when_to_when_goods_arrive": {
        "network.v1.DeliverySlot.begin": "from when they arrive",
        "network.v1.DeliverySlot.end": "by when they arrive",
        "network.v1.DeliverySlot.time_zone": "both are read in it",
        "network.v1.DeliveryWish.slot_id": "another slot has other times",
    },
    "journeys/orders/test_slots.py::test_a_service_without_the_slot_keeps_no_such_wish": {
        "network.v1.DeliverySlot.slot_id": "a wish for another one is not kept",
        "network.v1.DeliverySlot.to_zone_id": "elsewhere there is no such slot",
    },
    "journeys/orders/test_slots.py::test_a_full_slot_is_refused_until_an_order_in_it_is_canceled": {
        "network.v1.DeliverySlot.daily_capacity": "so many orders are delivered in it on a day",
    },
    "journeys/fulfillment/test_labels.py::test_a_node_that_buys_its_own_labels_is_told_so": {
        "network.v1.CarrierService.buys_labels": "the hub buys no label without it",
    },
    _ABLE + "rates_count_the_volume_and_what_no_rate_carries_does_not_travel": {
        "catalog.v1.Item.volume_cm3": "a larger parcel costs another rate",
    },
    _ABLE + "an_option_shows_the_carbon_of_its_parcels_where_all_lanes_state_it": {
        "network.v1.Lane.carbon_grams_per_parcel": "counts for each parcel",
        "network.v1.Lane.carbon_grams_per_kg": "counts for what it weighs",
    },
    _COMING + "a_network_comes_into_force_at_its_instant": {
        "network.v1.PutNetworkRequest.valid_from_time": "it is in force from then on",
    },
    _COMING + "a_network_that_is_canceled_never_comes": {
        "network.v1.CancelNetworkRequest.valid_from_time": "that one never comes",
    },
    "unit/api/orders/test_bulk_service.py::test_a_closed_node_takes_no_new_work_until_it_is_opened": {
        "network.v1.CloseNodeRequest.node_id": "that node takes no work",
        "network.v1.CloseNodeRequest.reopen": "it takes work again",
    },
    _NETWORK + "a_capacity_below_what_is_promised_is_refused_unless_the_node_is_named": {
        "network.v1.Node.daily_capacity": "so many orders are promised for a day",
        "network.v1.PutNetworkRequest.overbooked_node_ids": "these may have less",
    },
    _DATES + "scenario_16_on_clock_change_days_the_cut_off_is_the_wall_clocks": {
        "network.v1.Node.time_zone": "the cut-off is read in it",
        "network.v1.Node.cut_off": "later work leaves a working day later",
    },
    _DATES + "scenario_16_transit_days_are_counted_in_the_destinations_calendar": {
        "network.v1.Node.calendar_id": "its days off count at the node",
        "network.v1.Lane.calendar_id": "its days off count on the way",
        "network.v1.Lane.transit_days": "the goods arrive so much later",
        "network.v1.Calendar.calendar_id": "names the calendar",
    },
    _POLICY + "a_contradiction_is_named": {
        "network.v1.Node.warehouse_account_id": "an unknown one is refused",
        "network.v1.Node.handling_cost": "another currency is refused",
        "network.v1.Lane.from_node_id": "an unknown one is refused",
        "network.v1.Lane.parcel_rate": "another currency is refused",
        "network.v1.Lane.transport_account_id": "an unknown one is refused",
    },
    _CARRIERS + "a_contradiction_or_gap_is_named": {
        "network.v1.CarrierService.transport_account_id": "one that is no carrier is refused",
        "network.v1.CarrierService.service_code": "one without a lane is refused",
        "network.v1.Pickup.node_id": "an unknown one is refused",
        "network.v1.RateTable.transport_account_id": "one that is no carrier is refused",
        "network.v1.RateTable.to_country_code": "refused together with a zone",
        "network.v1.Surcharge.surcharge_code": "one that stands twice is refused",
        "network.v1.Zone.zone_id": "an unknown one is refused",
    },
    _CARRIERS + "an_address_is_in_the_zone_of_the_area_that_fits_it_most_narrowly": {
        "network.v1.ZoneArea.country_code": "another country is in another zone",
        "network.v1.ZoneArea.region_code": "counts before the country",
        "network.v1.ZoneArea.postal_prefix": "the longest counts",
    },
    _CARRIERS + "a_lane_to_the_zone_counts_before_the_country_and_one_from_the_node_before_its_zone": {
        "network.v1.Lane.from_zone_id": "it starts at the nodes there",
        "network.v1.Lane.to_zone_id": "it counts before a country",
    },
    _CARRIERS + "a_parcel_costs_the_first_rate_that_carries_it_and_the_surcharges": {
        "network.v1.RateTable.service_code": "rates of another service do not count",
        "network.v1.RateTable.to_zone_id": "rates to another zone do not count",
        "network.v1.RateBreak.rate": "what a parcel costs",
        "network.v1.RateBreak.max_weight_grams": "a heavier parcel costs another rate",
        "network.v1.RateBreak.max_volume_cm3": "a larger parcel costs another rate",
        "network.v1.Surcharge.amount": "added to the rate",
        "network.v1.Surcharge.share": "added to the rate",
        "network.v1.Surcharge.from_weight_grams": "lighter parcels are not charged",
    },
    _CARRIERS + "a_surcharge_to_a_zone_is_not_charged_elsewhere": {
        "network.v1.Surcharge.to_zone_id": "charged there only",
    },
    _PICKUPS + "goods_leave_with_the_next_pickup_and_the_last_of_the_day_keeps_the_date": {
        "network.v1.Pickup.weekdays": "goods leave on these days",
        "network.v1.Pickup.cut_off": "later goods leave with the next",
    },
    _PICKUPS + "the_fastest_and_the_slowest_transit_make_an_interval": {
        "network.v1.Lane.fastest_transit_days": "begins the interval",
    },
    _PICKUPS + "a_carrier_that_delivers_on_weekends_counts_them": {
        "network.v1.Lane.weekend_delivery": "the weekend counts on the way",
    },
    "journeys/orders/test_promises_changed.py"
    "::test_scenario_18_what_comes_short_goes_by_tier_then_time_and_the_rest_gets_a_new_day": {
        "network.v1.PromiseTerms.demand_tiers": "classes that are named first are served first",
    },
    _PLACES + "the_cost_of_a_return_counts_before_the_cost_of_a_fulfillment_order": {
        "network.v1.ReturnTerms.handling_cost": "what comes of a unit is less by it",
    },
    "unit/availability/test_nearness.py::test_nodes_come_by_distance_and_those_that_stand_nowhere_known_not_at_all": {
        "network.v1.Coordinates.latitude": "nodes come by distance",
        "network.v1.Coordinates.longitude": "nodes come by distance",
    },
    "unit/availability/test_nearness.py::test_the_smallest_area_that_holds_a_postal_code_counts": {
        "network.v1.PostalArea.country_code": "an area of another country does not count",
        "network.v1.PostalArea.prefix": "the longest that matches counts",
    },
    "journeys/stock/test_variance.py::test_more_than_the_network_allows_becomes_an_exception": {
        "network.v1.Node.variance_units": "more is an exception",
        "network.v1.Node.variance_value": "more is an exception",
    },
    "journeys/fulfillment/test_partners_told.py"
    "::test_what_moves_on_a_shelf_is_posted_by_cause_and_sums_to_what_is_there": {
        "network.v1.Node.erp_account_id": "movements are posted there",
    },
    "journeys/fulfillment/test_partners_told.py"
    "::test_every_document_and_report_arrives_once_and_in_order_whatever_fails": {
        "network.v1.Channel.erp_account_id": "documents are posted there",
    },
    "journeys/fulfillment/test_partners_told.py"
    "::test_a_burst_of_stock_levels_is_spread_over_minutes_and_the_newest_wins": {
        "network.v1.PartnerAccount.stock_levels_per_minute": "the rest is told later",
    },
    _NETWORK + "the_name_of_an_adapter_is_never_a_path": {
        "network.v1.PartnerAccount.adapter": "a path is refused",
    },
    "journeys/fulfillment/test_partners_told.py::test_the_acknowledgment_names_dates_and_what_waits": {
        "network.v1.Channel.shortage_policy": "BACKORDER waits",
    },
    "unit/api/stock/test_availability.py::test_a_channel_sells_from_its_nodes_less_its_buffer": {
        "network.v1.Channel.node_ids": "other nodes sell nothing to it",
        "network.v1.Channel.stock_buffer": "so many are not offered",
        "network.v1.Channel.channel_id": "names the channel",
        "network.v1.Node.node_id": "names the node",
    },
    "journeys/orders/test_holds.py::test_a_rule_of_the_channel_can_ask_for_a_person": {
        "network.v1.Channel.hold_rule": "orders of which it is true are held",
    },
    _RULES + "verdicts_are_renewed_with_nodes_and_channels": {
        "network.v1.Node.attributes": "rules withhold by them",
        "network.v1.Channel.attributes": "rules withhold by them",
    },
    _RULES + "a_preview_is_what_switching_on_then_does": {
        "rules.v1.AvailabilityRule.withheld_units": "so many are withheld",
        "rules.v1.AvailabilityRule.condition": "stock of which it is true is withheld",
        "rules.v1.AvailabilityScenario.scenario_id": "names the scenario",
    },
    _RULES + "two_rules_of_one_name_are_refused": {
        "rules.v1.AvailabilityRule.rule_id": "the same twice is refused",
    },
    _RULES + "versions_are_kept_and_the_active_one_stays_until_another_is_switched_on": {
        "rules.v1.ActivateScenarioRequest.version": "that version withholds",
    },
    _WEBHOOKS + "a_principal_sees_and_changes_its_own_webhooks_only": {
        "webhooks.v1.PutWebhookRequest.webhook_id": "that one is changed",
    },
    _WEBHOOKS + "a_test_event_is_posted_now_and_its_outcome_told": {
        "webhooks.v1.PutWebhookRequest.url": "events are posted there",
        "webhooks.v1.SendTestEventRequest.webhook_id": "the event is posted to that one",
    },
    _WEBHOOKS + "a_channel_out_of_scope_and_a_type_that_is_none_are_refused": {
        "webhooks.v1.PutWebhookRequest.channel_id": "one out of scope is refused",
    },
    _WEBHOOKS + "who_verifies_by_a_public_key_is_shown_no_secret": {
        "webhooks.v1.PutWebhookRequest.signature": "events are signed so",
    },
    _POSTED + "the_whole_order_is_posted_where_it_is_asked_for": {
        "webhooks.v1.PutWebhookRequest.content": "the order is posted too",
        "webhooks.v1.PutWebhookRequest.types": "others are not posted",
    },
    _POSTED + "both_secrets_verify_while_one_is_replaced": {
        "webhooks.v1.RotateWebhookSecretRequest.webhook_id": "that one signs by two secrets",
        "webhooks.v1.RotateWebhookSecretRequest.overlap": "the secret before signs no more after it",
    },
    _POSTED + "a_replay_from_a_position_posts_the_same_ids_again": {
        "webhooks.v1.ReplayWebhookRequest.webhook_id": "that one is posted to again",
        "webhooks.v1.ReplayWebhookRequest.after_position": "events after it are posted again",
    },
    _POSTED + "nothing_is_posted_to_a_webhook_that_was_removed": {
        "webhooks.v1.RemoveWebhookRequest.webhook_id": "that one is posted to no more",
    },
    _RULES + "a_scenario_that_is_not_there_is_not_found": {
        "rules.v1.ActivateScenarioRequest.scenario_id": "an unknown one is refused",
        "rules.v1.DeactivateScenarioRequest.scenario_id": "an unknown one is refused",
    },
}
"""Test -> field -> how it is obeyed."""

CARRIED: Final[Shown] = {
    _RULES + "the_feed_tells_when_a_scenario_is_switched": {
        "rules.v1.AvailabilityScenario.kind": "subscribers of the feed",
        "rules.v1.AvailabilityScenario.title": "subscribers of the feed",
    },
    "walks/test_accepted_setup.py::test_what_the_catalog_and_the_network_state_reaches_nodes_carriers_and_books": {
        "catalog.v1.Item.title": "the node",
        "catalog.v1.Item.hs_code": "the node",
        "catalog.v1.Item.origin_country_code": "the node",
        "catalog.v1.Item.weight_grams": "the node and the carrier",
        "network.v1.Channel.seller_id": "the books",
        "network.v1.Node.title": "the carrier",
    },
    "unit/connect/test_calls.py::test_a_call_carries_account_key_time_profile_credential_and_trace": {
        "network.v1.PartnerAccount.profile_json": "every call of a partner",
    },
}
"""Test -> field -> who outside reads it."""
