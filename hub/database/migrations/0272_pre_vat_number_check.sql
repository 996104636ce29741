-- What is known of the VAT numbers of buyers who owe the tax on the sale.
CREATE TABLE vat_number_check (
    order_id uuid PRIMARY KEY,
    party_id uuid NOT NULL,
    state text NOT NULL,
    attempt integer NOT NULL,
    checked_at timestamptz,
    consultation_number text NOT NULL
);
