-- Why goods ship from where they ship from: insert-only.

CREATE TABLE decision (
    decision_id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    decided_at timestamptz NOT NULL,
    policy_version text NOT NULL,
    document jsonb NOT NULL
);

CREATE INDEX decision_order ON decision (order_id, decided_at);
