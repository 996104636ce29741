"""Progress: whatever waits is being worked on, or somebody is told by an exception what to do about it."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant
from hub.audit.states import FINISHED

_ATTENDED: Final = """
worked AS (
    SELECT order_id FROM message WHERE state <> 'SETTLED' UNION SELECT order_id FROM timer
    UNION SELECT order_id FROM transfer WHERE state IN ('REQUESTED', 'IN_TRANSIT')
), held AS (
    SELECT order_id FROM hold WHERE status = 'ACTIVE'
), named AS (
    SELECT order_id FROM exception_record WHERE resolved_at IS NULL
)
"""
"""Orders with unsettled messages, timers or transfers that bring them units, with active holds, open exceptions."""


def _is(name: str) -> str:
    return f"EXISTS (SELECT FROM {name} WHERE {name}.order_id = orders.order_id)"


INVARIANTS: Final = (
    Invariant(
        "waiting_units",
        "A live order with units without stock has an open exception, an active hold, or pending work.",
        f"""
        WITH {_ATTENDED}
        SELECT orders.order_id::text AS subject,
            {_is("worked")} OR {_is("held")} OR {_is("named")} AS sound,
            format('%s with units that wait and nothing to come', orders.state) AS found
        FROM orders WHERE orders.state IN ('PLACED', 'CONFIRMED') AND EXISTS (
            SELECT FROM slice WHERE slice.order_id = orders.order_id AND slice.state IN ('OPEN', 'BACKORDERED'))
        """,
    ),
    Invariant(
        "reserved_units",
        "A confirmed order with units that are only reserved has an active hold or pending work.",
        f"""
        WITH {_ATTENDED}
        SELECT orders.order_id::text AS subject, {_is("worked")} AS sound,
            'units are reserved and nothing is to come' AS found
        FROM orders WHERE orders.state = 'CONFIRMED' AND NOT {_is("held")} AND EXISTS (
            SELECT FROM slice WHERE slice.order_id = orders.order_id AND slice.state = 'RESERVED')
        """,
    ),
    Invariant(
        "placed_orders",
        "A PLACED order has a pending check, an active hold or an open exception.",
        f"""
        WITH {_ATTENDED}
        SELECT orders.order_id::text AS subject,
            {_is("worked")} OR {_is("held")} OR {_is("named")} AS sound,
            'placed, and nothing is to come' AS found
        FROM orders WHERE orders.state = 'PLACED'
        """,
    ),
    Invariant(
        "finished_orders",
        "An order whose units are all in final states, and that waits for no provider and no hold, has ended.",
        f"""
        WITH {_ATTENDED}
        SELECT orders.order_id::text AS subject, orders.state IN ('CLOSED', 'CANCELED', 'REJECTED') AS sound,
            format('%s, although nothing of it can move any more', orders.state) AS found
        FROM orders WHERE NOT EXISTS (
            SELECT FROM slice WHERE slice.order_id = orders.order_id AND slice.state NOT IN ({FINISHED}))
        AND NOT EXISTS (
            SELECT FROM payment_transaction WHERE payment_transaction.order_id = orders.order_id
                AND payment_transaction.state IN ('REQUESTED', 'UNKNOWN') AND payment_transaction.kind <> 'CHARGEBACK')
        AND NOT {_is("held")}
        """,
    ),
    Invariant(
        "holds_end",
        "An active hold that was put for a time has a timer that will end it, or an exception that its time is over.",
        """
        SELECT hold_id::text AS subject, EXISTS (
                SELECT FROM timer WHERE timer.kind = 'hold' AND timer.subject = hold_id::text
                UNION ALL SELECT FROM message WHERE message.kind = 'timer.hold' AND message.state <> 'SETTLED'
                    AND message.payload ->> 'subject' = hold_id::text
                UNION ALL SELECT FROM exception_record WHERE exception_record.resolved_at IS NULL
                    AND exception_record.subject = hold_id::text || '/overdue') AS sound,
            format('to end at %s, and nothing ends it', expires_at) AS found
        FROM hold WHERE status = 'ACTIVE' AND expires_at IS NOT NULL
        """,
    ),
    Invariant(
        "held_parts_exist",
        "What an active hold is of is there: at most the units of its line that are not canceled, a fulfillment order"
        " of its order, an instrument of its order.",
        """
        SELECT hold_id::text AS subject, CASE scope
                WHEN 'LINE' THEN hold.quantity <= (SELECT coalesce(sum(slice.quantity), 0) FROM slice
                    WHERE slice.order_id = hold.order_id AND slice.line_number = hold.line_number
                    AND slice.state <> 'CANCELED')
                WHEN 'FULFILLMENT_ORDER' THEN EXISTS (SELECT FROM fulfillment_order
                    WHERE fulfillment_order.fulfillment_order_id = hold.fulfillment_order_id
                    AND fulfillment_order.order_id = hold.order_id)
                WHEN 'INSTRUMENT' THEN EXISTS (SELECT FROM instrument
                    WHERE instrument.instrument_id = hold.instrument_id
                    AND instrument.order_id = hold.order_id)
                ELSE true END AS sound,
            format('a hold of scope %s holds what is not there', scope) AS found
        FROM hold WHERE status = 'ACTIVE'
        """,
    ),
    Invariant(
        "ended_orders_unheld",
        "An order that has ended has no active hold.",
        f"""
        WITH {_ATTENDED}
        SELECT orders.order_id::text AS subject, NOT {_is("held")} AS sound,
            format('%s with an active hold', orders.state) AS found
        FROM orders WHERE orders.state IN ('CLOSED', 'CANCELED', 'REJECTED')
        """,
    ),
    Invariant(
        "exceptions_say_what_to_do",
        "Every open exception has a reason, an owner, a deadline after its creation, and a suggested command.",
        """
        SELECT exception_id::text AS subject,
            reason <> '' AND owner <> '' AND suggested_command <> '' AND deadline_at > created_at AS sound,
            format('%s for %s by %s: %s', reason, owner, deadline_at, suggested_command) AS found
        FROM exception_record WHERE resolved_at IS NULL
        """,
    ),
)
