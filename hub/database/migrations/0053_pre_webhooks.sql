-- Webhooks: where events of the feed are posted. Secrets are encrypted under a key that the database does not know.

CREATE TABLE webhook (
    webhook_id uuid PRIMARY KEY,
    principal text NOT NULL,
    scope jsonb NOT NULL,
    url text NOT NULL,
    types jsonb NOT NULL,
    channel_id text NOT NULL,
    content text NOT NULL,
    signature text NOT NULL,
    secrets jsonb NOT NULL,
    position bigint NOT NULL,
    round integer NOT NULL,
    state text NOT NULL,
    why text NOT NULL,
    created_at timestamptz NOT NULL,
    delivered_at timestamptz
);
CREATE INDEX webhook_principal ON webhook (principal, webhook_id);
CREATE INDEX message_to_webhook ON message (account_id, message_id) WHERE account_id LIKE 'webhook:%';
