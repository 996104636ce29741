-- Holds of part of an order: units of a line, a fulfillment order, an instrument; and who must decide.
ALTER TABLE hold
    ADD COLUMN scope text NOT NULL DEFAULT 'ORDER',
    ADD COLUMN line_number integer,
    ADD COLUMN quantity bigint CHECK (quantity > 0),
    ADD COLUMN fulfillment_order_id uuid,
    ADD COLUMN instrument_id uuid,
    ADD COLUMN owner text NOT NULL DEFAULT '',
    ADD COLUMN credit_ids jsonb NOT NULL DEFAULT '[]',
    ADD CONSTRAINT hold_scope CHECK (
        (scope = 'LINE') = (line_number IS NOT NULL AND quantity IS NOT NULL)
        AND (scope = 'FULFILLMENT_ORDER') = (fulfillment_order_id IS NOT NULL)
        AND (scope = 'INSTRUMENT') = (instrument_id IS NOT NULL)
    );
