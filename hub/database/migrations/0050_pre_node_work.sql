-- Fulfillment orders that nodes had before they had a deadline get one now.
INSERT INTO timer (subject, kind, due_at, payload, order_id, traceparent)
SELECT DISTINCT fulfillment_order_id::text, 'node_work', fulfillment_order.ship_by + interval '1 day',
    jsonb_build_object('order_id', fulfillment_order.order_id), fulfillment_order.order_id, NULL
FROM slice JOIN fulfillment_order USING (fulfillment_order_id)
WHERE slice.state IN ('RELEASED', 'ACCEPTED', 'PICKED', 'PACKED')
ON CONFLICT DO NOTHING;
