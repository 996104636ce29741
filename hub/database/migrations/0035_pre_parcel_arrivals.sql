-- Parcels that were under way before they had a deadline to arrive by get one now.
INSERT INTO timer (subject, kind, due_at, payload, order_id, traceparent)
SELECT DISTINCT shipment_id::text, 'parcel_arrival', shipment.shipped_at + interval '14 days',
    jsonb_build_object('order_id', shipment.order_id), shipment.order_id, NULL
FROM slice JOIN shipment USING (shipment_id) WHERE slice.state = 'SHIPPED'
ON CONFLICT DO NOTHING;
