-- When an order last changed, in business time: what a reader who was here before asks for.

ALTER TABLE orders ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX orders_updated_at ON orders (updated_at);
