"""The audit is silent on a sound world, looks at all of it, and goes red on every planted fault."""

from __future__ import annotations

import pytest
from psycopg import AsyncConnection, AsyncRawCursor
from psycopg.rows import dict_row

from hub import audit
from hub.database.pool import Database
from hub.database.tx import Tx
from tests.rows.audit import kept, world
from tests.support.audit import broken_lines, violations

REVERSE = """
INSERT INTO payment_transaction SELECT gen_random_uuid(), order_id, instrument_id, 'REVERSAL', 'REQUESTED', 1,
    created_at, NULL, '', '', NULL FROM payment_transaction WHERE kind = 'AUTHORIZATION'
"""
RELEASE_AGAIN = """
INSERT INTO message (message_id, lane, lane_number, kind, payload, priority, created_at)
SELECT gen_random_uuid(), lane, 2, kind, payload, priority, created_at FROM message WHERE kind = 'warehouse.release'
"""
MOVED_TWICE = """
CREATE TABLE settled_message_all PARTITION OF settled_message DEFAULT; INSERT INTO settled_message
SELECT message_id, lane, lane_number, kind, account_id, order_id, payload, traceparent, priority, attempts,
    last_failure, created_at, created_at, answer FROM message
"""
HOLDING_THOUGH_EXPIRED = """
ALTER TABLE reservation DROP CONSTRAINT reservation_live; UPDATE reservation SET state = 'EXPIRED' WHERE state = 'LIVE'
"""
CONSUMED_AGAIN = """
INSERT INTO reservation SELECT gen_random_uuid(), channel_id, seller_id, principal, buyer_index, kind, node_id, state,
    version, lines, quantity, live, released, expired, consumed, made_at, expires_at, latest_at, order_id
FROM reservation WHERE state = 'CONSUMED'
"""
RECEIVE_AGAIN = """
INSERT INTO stock_move (sku, node_id, on_hand_delta, reserved_delta, allocated_delta, cause, cause_id, at)
SELECT sku, node_id, 1, 0, 0, cause, cause_id, at FROM stock_move WHERE sku = 'SHOE'
"""
PAID_OUT_AGAIN = """
INSERT INTO payment_transaction SELECT gen_random_uuid(), order_id, instrument_id, kind, state, 1, created_at, NULL, '',
    '', NULL, credit_id, capture_id FROM payment_transaction WHERE kind = 'REFUND'
"""
CREDITED_AGAIN = """
INSERT INTO payment_transaction SELECT gen_random_uuid(), order_id, NULL, 'CREDIT', state, 501, created_at, NULL, '',
    '', NULL, NULL, NULL FROM payment_transaction WHERE kind = 'CREDIT'
"""
CHARGED_BACK = """
INSERT INTO payment_transaction SELECT gen_random_uuid(), order_id, instrument_id, 'CHARGEBACK', state,
    amount_minor + 1, created_at - interval '1 day', NULL, '', '', NULL, NULL, transaction_id
    FROM payment_transaction WHERE kind = 'CAPTURE' AND state = 'SUCCEEDED'
"""
TAKEN_IN_ADVANCE = """
INSERT INTO payment_transaction SELECT gen_random_uuid(), order_id, NULL, 'PREPAYMENT', state, 501, created_at, NULL,
    '', '', NULL, NULL, NULL FROM payment_transaction WHERE kind = 'CREDIT'
"""
SENT_ON = """
INSERT INTO supply (supply_id, source, reference, line, kind, sku, node_id, quantity, received, expected_at, state)
SELECT gen_random_uuid(), 'returns', 'nobody', '1', 'IN_TRANSIT', 'SHIRT', 'ST-AMS', 1, 0, now(), 'EXPECTED'
"""
HELD = """
INSERT INTO hold (hold_id, order_id, type, status, reason, blocks, created_at, note)
SELECT gen_random_uuid(), order_id, 'FRAUD', 'ACTIVE', '', '[]', now(), '' FROM orders WHERE state = 'CANCELED'
"""
FAULTS: tuple[tuple[str, str, str], ...] = (
    ("line_quantity", "a unit appeared", "UPDATE slice SET quantity = quantity + 1 WHERE state = 'CANCELED'"),
    ("line_quantity", "a slice vanished", "DELETE FROM slice WHERE state = 'BACKORDERED'"),
    ("line_quantity", "another SKU", "UPDATE slice SET sku = 'SHOE' WHERE state = 'CANCELED'"),
    ("ended_orders", "an ended order has open units", "UPDATE orders SET state = 'CLOSED' WHERE state = 'CONFIRMED'"),
    ("worked_units", "no fulfillment order", "UPDATE slice SET fulfillment_order_id = NULL WHERE state = 'RELEASED'"),
    ("worked_units", "a dead fulfillment order", "UPDATE fulfillment_order SET state = 'CANCELED'"),
    ("worked_units", "another node's", "UPDATE fulfillment_order SET node_id = 'ST-AMS'"),
    ("stock_claims", "a reservation was lost", "UPDATE stock SET reserved = reserved - 1 WHERE reserved > 0"),
    ("stock_claims", "a claim without a node", "UPDATE slice SET node_id = NULL WHERE state = 'RESERVED'"),
    ("stock_claims", "a phantom claim", "INSERT INTO stock VALUES ('HAT', 'DC-NL', 1, 0, 1, 0)"),
    ("stock_claims", "a reservation holds what stock does not", "UPDATE reservation_claim SET units = units + 1"),
    ("reservation_units", "a unit is nowhere", """UPDATE reservation SET lines = jsonb_set(lines, '{0,live}', '1')"""),
    (
        "reservation_units",
        "the sum is another",
        "ALTER TABLE reservation DROP CONSTRAINT reservation_units; UPDATE reservation SET quantity = quantity + 1",
    ),
    (
        "reservation_units",
        "an expired one holds units",
        HOLDING_THOUGH_EXPIRED,
    ),
    (
        "reservation_units",
        "consumed by nobody",
        "ALTER TABLE reservation DROP CONSTRAINT reservation_consumed; UPDATE reservation SET order_id = NULL",
    ),
    ("reservation_claims", "a claim was lost", "DELETE FROM reservation_claim"),
    ("reservation_claims", "a claim ends by itself", "UPDATE reservation_claim SET expires_at = now()"),
    (
        "reservations_consumed",
        "by an order that is not there",
        "UPDATE reservation SET order_id = gen_random_uuid() WHERE state = 'CONSUMED'",
    ),
    (
        "reservations_consumed",
        "twice for the same units",
        CONSUMED_AGAIN,
    ),
    ("reservations_end", "nobody will take it back", "DELETE FROM timer WHERE kind = 'expire_reservations'"),
    ("stock_ledger", "stock without cause", "UPDATE stock SET on_hand = on_hand + 1"),
    ("stock_ledger", "safety stock without cause", "UPDATE stock SET safety = safety + 1"),
    (
        "conditioned_stock",
        "a returned unit turned up without cause",
        "UPDATE conditioned_stock SET on_hand = on_hand + 1",
    ),
    ("conditioned_stock", "a ledger row of a condition vanished", "DELETE FROM conditioned_move"),
    ("supply_history", "units were ordered without a statement", "UPDATE supply SET quantity = quantity + 1"),
    ("supply_history", "a statement vanished", "DELETE FROM supply_move WHERE action = 'PUT'"),
    ("supply_receipts", "a receipt never reached the shelf", "DELETE FROM stock_move WHERE sku = 'SHOE'"),
    (
        "supply_receipts",
        "a receipt reached the shelf twice",
        RECEIVE_AGAIN,
    ),
    ("supply_expected", "more came than expected, unnamed", "UPDATE supply SET received = 6, state = 'RECEIVED'"),
    ("supply_expected", "it waits for nothing", "UPDATE supply SET received = 5"),
    ("protection_history", "units are kept without cause", "UPDATE protection SET units = 9"),
    ("stock_ledger", "a correction vanished", "DELETE FROM stock_correction"),
    ("stock_ledger", "a ledger row vanished", "DELETE FROM stock_move WHERE cause = 'RECEIPT'"),
    (
        "shipped_stock",
        "what shipped stayed on the shelf",
        "UPDATE stock_move SET on_hand_delta = 0 WHERE cause = 'ship' AND on_hand_delta < 0",
    ),
    (
        "stock_covers_claims",
        "more is claimed than is there",
        "ALTER TABLE stock DROP CONSTRAINT stock_covers_claims; UPDATE stock SET on_hand = 0",
    ),
    ("capacity_used", "a place without an order", "UPDATE capacity SET used = 2"),
    ("capacity_used", "an order without a place", "DELETE FROM capacity"),
    ("free_units_given", "it waits beside free units", "UPDATE orders SET state = 'CONFIRMED' WHERE state = 'PLACED'"),
    ("shipped_units", "no shipment", "UPDATE slice SET shipment_id = NULL WHERE state = 'SHIPPED'"),
    ("shipped_units", "delivered by a parcel under way", "UPDATE shipment SET state = 'IN_TRANSIT'"),
    ("shipped_units", "under way in a delivered parcel", "UPDATE shipment SET state = 'DELIVERED'"),
    (
        "pickups_awaited",
        "nobody waits for who collects",
        "DELETE FROM timer WHERE kind = 'pickup'",
    ),
    ("worked_units_awaited", "nobody waits for its node", "DELETE FROM timer WHERE kind = 'node_work'"),
    ("shipped_units_awaited", "nobody waits for it", "DELETE FROM timer WHERE kind = 'parcel_arrival'"),
    ("labels_awaited", "nobody waits for it", "DELETE FROM timer WHERE kind = 'label'"),
    (
        "labels_used",
        "nothing is left to send, and it left with none",
        "UPDATE slice SET state = 'CANCELED' WHERE state = 'RELEASED'; UPDATE shipment SET tracking_number = 'OTHER'",
    ),
    ("shipment_lines", "a parcel says more", """UPDATE shipment SET lines = '[{"line_number": 1, "quantity": 2}]'"""),
    ("shipment_lines", "a parcel is gone", "DELETE FROM shipment"),
    ("shipment_values", "one cent", "UPDATE shipment SET value_minor = value_minor + 1 WHERE state = 'DELIVERED'"),
    ("shipment_values", "charges twice", "UPDATE shipment SET value_minor = value_minor + 500"),
    (
        "shipments_paid",
        "captured twice",
        "UPDATE payment_transaction SET amount_minor = 7668 WHERE amount_minor = 3834",
    ),
    ("shipments_paid", "not captured", "DELETE FROM payment_transaction WHERE kind = 'CAPTURE'"),
    ("shipments_paid", "a capture failed", "UPDATE payment_transaction SET state = 'FAILED' WHERE kind = 'CAPTURE'"),
    (
        "instrument_limits",
        "more captured than authorized",
        "UPDATE payment_transaction SET amount_minor = 4999 WHERE kind = 'AUTHORIZATION'",
    ),
    ("authorizations_watched", "no timer", "DELETE FROM timer WHERE kind = 'authorization'"),
    (
        "instrument_limits",
        "reversed and captured",
        REVERSE,
    ),
    (
        "instrument_limits",
        "more applied than prepaid",
        "UPDATE payment_transaction SET amount_minor = 999 WHERE kind = 'PREPAYMENT'",
    ),
    (
        "instrument_limits",
        "more invoiced than granted",
        "UPDATE instrument SET amount_minor = 699 WHERE holder = 'TERMS'",
    ),
    ("instrument_limits", "captured from the channel's", "UPDATE instrument SET holder = 'CHANNEL' WHERE rank = 1"),
    ("prepayments_used", "kept though the order ended", TAKEN_IN_ADVANCE),
    ("postings_balance", "one sided", "UPDATE entry SET amount_minor = amount_minor + 1 WHERE account = 'revenue'"),
    ("postings_balance", "empty", "INSERT INTO posting SELECT gen_random_uuid(), order_id, '', '', at FROM posting"),
    ("postings_balance", "entries of no posting", "DELETE FROM posting WHERE cause = 'CAPTURE'"),
    ("shipments_booked", "a sale was not booked", "DELETE FROM posting WHERE cause = 'shipment'"),
    ("shipments_booked", "tax", "UPDATE entry SET amount_minor = amount_minor + 1 WHERE account = 'tax'"),
    ("money_booked", "a capture was not booked", "DELETE FROM posting WHERE cause = 'CAPTURE'"),
    ("money_booked", "booked before it happened", "UPDATE payment_transaction SET state = 'REQUESTED'"),
    ("moves_replay", "a move was lost", "DELETE FROM slice_move WHERE action = 'SHIP'"),
    ("moves_replay", "a slice moved by itself", "UPDATE slice SET state = 'PACKED' WHERE state = 'RELEASED'"),
    ("moves_replay", "a slice changed its node", "UPDATE slice SET node_id = 'ST-AMS' WHERE state = 'RESERVED'"),
    ("moves_caused", "no event", "UPDATE slice_move SET event_id = gen_random_uuid() WHERE action = 'SHIP'"),
    ("moves_caused", "another order's event", "UPDATE event SET order_id = gen_random_uuid() WHERE order_version = 1"),
    ("order_versions", "a gap", "DELETE FROM event WHERE order_version = 2"),
    ("order_versions", "a version without event", "UPDATE orders SET version = version + 1"),
    ("payments_asked_once", "nobody was asked", "DELETE FROM message WHERE kind = 'payment.capture'"),
    (
        "payments_asked_once",
        "asked for another amount",
        """UPDATE message SET payload = '{"amount_minor": 1}' WHERE kind = 'payment.capture'""",
    ),
    ("payments_asked_once", "asked for nothing of ours", "DELETE FROM payment_transaction WHERE kind = 'CAPTURE'"),
    ("releases_sent_once", "never handed over", "DELETE FROM message WHERE kind = 'warehouse.release'"),
    (
        "releases_sent_once",
        "handed over twice",
        RELEASE_AGAIN,
    ),
    (
        "released_screened",
        "not screened",
        """UPDATE orders SET checks = checks || '{"parties": "PENDING"}' WHERE checks ? 'parties'""",
    ),
    ("matches_hold", "nothing holds it", "DELETE FROM hold WHERE type = 'EXPORT_CONTROL'"),
    ("no_release_under_match", "released since", "UPDATE screening_match SET found_at = found_at - interval '2 years'"),
    ("balances_moved", "a cent from nowhere", "UPDATE balance SET free_minor = free_minor + 1"),
    (
        "balance_movements_double",
        "issued and reserved at once",
        "UPDATE balance_movement SET free_minor = free_minor - 1, reserved_minor = 1 WHERE kind = 'ISSUED'",
    ),
    ("balances_reserved", "reserved for no order", "UPDATE balance SET reserved_minor = reserved_minor + 1"),
    (
        "balance_transactions",
        "another amount",
        "UPDATE balance_movement SET free_minor = free_minor - 1, reserved_minor = 301 WHERE kind = 'RESERVED'",
    ),
    (
        "balances_booked",
        "taken and not booked",
        "UPDATE balance_movement SET reserved_minor = 295, outside_minor = 5 WHERE kind = 'RESERVED'",
    ),
    *kept.FAULTS,
    ("owners_follow_units", "more than left", "UPDATE intercompany_entry SET quantity = quantity + 1"),
    ("owners_follow_units", "worth too much", "UPDATE intercompany_entry SET value_minor = 99999999"),
    ("vat_numbers_looked_up", "another party's number", "UPDATE vat_number_check SET party_id = gen_random_uuid()"),
    ("vat_numbers_looked_up", "nobody asks", "UPDATE vat_number_check SET state = 'PENDING', checked_at = NULL"),
    ("vat_numbers_looked_up", "no answer", "UPDATE vat_number_check SET checked_at = NULL"),
    (
        "vat_numbers_looked_up",
        "forgotten",
        """UPDATE orders SET document = document || '{"tax_treatment": "REVERSE_CHARGE"}'""",
    ),
    ("declared_once", "the first attempt is lost", "UPDATE declaration SET attempt = 2"),
    (
        "customs_references_differ",
        "one reference twice",
        """INSERT INTO declaration SELECT gen_random_uuid(), gen_random_uuid(), order_id, account_id, state,
            customs_reference, 1, document FROM declaration""",
    ),
    ("messages_kept_once", "moved and left behind", MOVED_TWICE),
    ("lanes_counted", "a lane forgotten too soon", "DELETE FROM lane"),
    (
        "lanes_counted",
        "a lane begun anew too soon",
        "UPDATE message SET lane_number = lane_number + 9",
    ),
    ("feed_without_gaps", "an event vanished", "UPDATE event SET position = written + 1"),
    ("documents_numbered", "a number twice", "UPDATE orders SET erp_documents = 3 WHERE erp_documents = 2"),
    ("documents_numbered", "a document of the shelf vanished", "DELETE FROM message WHERE lane LIKE 'erp.stock:%'"),
    ("shipments_invoiced", "not invoiced", """DELETE FROM message WHERE payload ->> 'document' = 'INVOICE'"""),
    ("shipments_invoiced", "another amount", "UPDATE shipment SET value_minor = 3835 WHERE state = 'DELIVERED'"),
    ("stock_posted", "posted twice", "UPDATE stock_posted SET on_hand = on_hand + 9"),
    ("returned_units", "a unit came unreported", "DELETE FROM return_receipt"),
    ("returned_units", "of no return", "UPDATE slice SET return_id = gen_random_uuid() WHERE return_id IS NOT NULL"),
    ("returned_units", "back with the customer", "UPDATE slice SET state = 'DELIVERED' WHERE state = 'RETURN_CLOSED'"),
    ("returned_stock", "never put on the shelf", "DELETE FROM stock_move WHERE cause = 'return'"),
    ("returned_stock", "on its way to nowhere", SENT_ON),
    ("tote_units", "a unit left the manifest", "DELETE FROM tote_scan"),
    ("tote_units", "counted before it came", "UPDATE tote SET state = 'CLOSED', received_at = NULL"),
    ("tote_units", "never counted", "DELETE FROM tote_count WHERE kind = 'RECEIVED'"),
    ("tote_returns", "missing, and received all the same", "UPDATE tote_count SET kind = 'MISSING'"),
    ("tote_returns", "a return was not told", "DELETE FROM return_receipt"),
    ("totes_under_way", "on its way and back already", "UPDATE tote SET state = 'IN_TRANSIT', received_at = NULL"),
    ("unexpected_goods", "came and is nowhere", "DELETE FROM conditioned_move WHERE cause = 'unexpected'"),
    ("unexpected_goods", "kept and never came", "DELETE FROM unexpected_goods"),
    ("returns_awaited", "goods came, and it never ends", "UPDATE return_authorization SET state = 'RECEIVED'"),
    (
        "claims_within_shipped",
        "more than was sent",
        """UPDATE claim SET document = jsonb_set(document, '{lines,0,quantity}', '2')""",
    ),
    ("claims_credited_once", "credited by nothing", "UPDATE claim SET document = document - 'return_id'"),
    ("claims_credited_once", "rejected and credited", "UPDATE claim SET state = 'REJECTED'"),
    (
        "claims_credited_once",
        "other units",
        """UPDATE claim SET document = jsonb_set(document, '{lines,0,quantity}', '2')""",
    ),
    ("claims_awaited", "nobody decides it", "UPDATE claim SET state = 'OPEN'"),
    ("returned_stock", "sent back all the same", "UPDATE return_disposition SET disposition = 'SEND_BACK'"),
    (
        "closed_once_more_than_reopened",
        "reopened by nothing",
        "UPDATE orders SET state = 'CONFIRMED' WHERE version = 12",
    ),
    ("credits_whole", "one cent", "UPDATE credit_line SET amount_minor = amount_minor + 1"),
    ("credits_whole", "owed for nothing", "DELETE FROM credit"),
    ("credits_paid", "paid out twice", PAID_OUT_AGAIN),
    ("credits_paid", "never paid out", "UPDATE payment_transaction SET state = 'FAILED' WHERE kind = 'REFUND'"),
    ("credits_within_paid", "credited again", CREDITED_AGAIN),
    (
        "refund_limits",
        "more than was captured",
        "UPDATE payment_transaction SET amount_minor = 10000 WHERE kind = 'CAPTURE'",
    ),
    ("refund_limits", "of no capture", "UPDATE payment_transaction SET capture_id = NULL WHERE kind = 'REFUND'"),
    ("chargeback_limits", "more than was captured", CHARGED_BACK),
    ("disputed_not_refunded", "refunded all the same", CHARGED_BACK),
    ("chargebacks_booked", "not booked", CHARGED_BACK),
    ("credited_goods", "what was rejected", "UPDATE return_inspection SET verdict = 'REJECTED'"),
    ("credited_goods", "more than it cost", "UPDATE credit_line SET amount_minor = amount_minor + 1"),
    ("credited_goods", "another tax", "UPDATE credit_line SET tax_minor = tax_minor - 1"),
    ("credits_proportional", "a cent less than its part", "UPDATE credit_line SET amount_minor = amount_minor - 1"),
    (
        "credits_booked",
        "not booked",
        "DELETE FROM entry USING posting WHERE entry.posting_id = posting.posting_id AND cause = 'credit'",
    ),
    ("waiting_units", "nobody was told", "UPDATE exception_record SET resolved_at = created_at"),
    ("reserved_units", "nothing is to come", "DELETE FROM timer"),
    ("placed_orders", "nothing is to come", "DELETE FROM exception_record"),
    ("holds_end", "it never ends", "DELETE FROM timer WHERE kind = 'hold'"),
    ("ended_orders_unheld", "closed under a hold", HELD),
    ("finished_orders", "never ended", "UPDATE orders SET state = 'PLACED' WHERE state = 'CANCELED'"),
    ("requests_end", "nobody ends the wait", "DELETE FROM timer WHERE kind = 'node_answer'"),
    ("requests_end", "no answer, and nobody was told", "DELETE FROM exception_record WHERE reason = 'CANCEL_REFUSED'"),
    (
        "requests_end",
        "done, and units are left",
        """UPDATE fulfillment_order SET requests = jsonb_set(requests, '{2,lines,0,left}', '1')""",
    ),
    ("exceptions_say_what_to_do", "no owner", "UPDATE exception_record SET owner = ''"),
    ("exceptions_say_what_to_do", "no command", "UPDATE exception_record SET suggested_command = ''"),
    ("exceptions_say_what_to_do", "no time", "UPDATE exception_record SET deadline_at = created_at"),
)
"""(invariant, what is wrong, how it is planted)."""


async def test_a_sound_world_has_no_violation_and_every_invariant_looks_at_it(tx: Tx) -> None:
    await world.make(tx)

    results = await audit.run(tx)

    assert broken_lines(results) == []
    assert not [one.name for one in results if one.checked == 0]


@pytest.mark.parametrize(("name", "wrong", "planted"), FAULTS, ids=[f"{name}: {wrong}" for name, wrong, _ in FAULTS])
async def test_a_planted_fault_is_found(tx: Tx, name: str, wrong: str, planted: str) -> None:
    await world.make(tx)
    for statement in planted.split("; "):
        await tx.execute(statement)

    found = {one.name: one for one in await audit.run(tx)}[name]

    assert 0 < found.violations <= found.checked, wrong
    assert len(found.examples) == min(10, found.violations)


def test_every_invariant_has_a_planted_fault() -> None:
    assert {name for name, _, _ in FAULTS} == {one.name for one in audit.INVARIANTS}


def test_every_invariant_is_named_once_and_says_what_it_means() -> None:
    assert len({one.name for one in audit.INVARIANTS}) == len(audit.INVARIANTS)
    assert not [one.name for one in audit.INVARIANTS if not one.statement.endswith(".")]


async def test_the_audit_changes_nothing(database_url: str) -> None:
    async with Database(database_url, max_connections=1) as database:
        async with database.transaction() as tx:
            await world.make(tx)
        async with database.reading() as tx:
            assert broken_lines(await audit.run(tx)) == []


async def test_a_test_that_breaks_an_invariant_is_told_which(database_url: str) -> None:
    async with await AsyncConnection.connect(
        database_url, row_factory=dict_row, cursor_factory=AsyncRawCursor
    ) as connection:
        tx = Tx(connection)
        await world.make(tx)
        await tx.flush()
        await connection.execute("DELETE FROM timer WHERE kind = 'release'")
        await connection.commit()

    (line,) = await violations(database_url)

    assert line.startswith("reserved_units (")
