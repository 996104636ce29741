"""Labels of parcels: each that is asked for is awaited, and none that is paid for lies unused."""

from __future__ import annotations

from typing import Final

from hub.audit.invariant import Invariant
from hub.slices.lifecycle import AT_NODE

_AT_NODE: Final = ", ".join(sorted(f"'{state.value}'" for state in AT_NODE))
"""States of units that a node has still to send, as SQL lists them."""
_LABELS: Final = """
    SELECT fulfillment_order_id, order_id, label ->> 'label_id' AS label_id,
        coalesce(label ->> 'state', 'ASKED') AS state, label ->> 'tracking_number' AS number,
        label -> 'parcel' ->> 'reference' AS reference
    FROM fulfillment_order CROSS JOIN LATERAL jsonb_array_elements(labels) AS label
"""

INVARIANTS: Final = (
    Invariant(
        "labels_awaited",
        "A label that is asked for has a deadline to come, or an exception was opened that names its parcel.",
        f"""
        SELECT label_id AS subject, EXISTS (
                SELECT FROM timer WHERE timer.kind = 'label' AND timer.subject = label_id
                UNION ALL SELECT FROM message WHERE message.kind = 'timer.label'
                    AND message.state <> 'SETTLED' AND message.payload ->> 'subject' = label_id
                UNION ALL SELECT FROM exception_record WHERE exception_record.reason = 'LABEL_MISSING'
                    AND exception_record.subject = fulfillment_order_id || '/' || reference) AS sound,
            'it is asked for, and nobody waits for it' AS found
        FROM ({_LABELS}) AS label WHERE state = 'ASKED'
        """,
    ),
    Invariant(
        "labels_used",
        "A label that is bought belongs to a parcel that left with its number, or its node has units left to send.",
        f"""
        SELECT label_id AS subject, EXISTS (
                SELECT FROM shipment WHERE shipment.order_id = label.order_id
                    AND shipment.fulfillment_order_id = label.fulfillment_order_id
                    AND shipment.tracking_number = label.number
                UNION ALL SELECT FROM slice WHERE slice.order_id = label.order_id
                    AND slice.fulfillment_order_id = label.fulfillment_order_id
                    AND slice.state IN ({_AT_NODE})) AS sound,
            'it is paid for, and no parcel leaves with it' AS found
        FROM ({_LABELS}) AS label WHERE state = 'BOUGHT'
        """,
    ),
)
