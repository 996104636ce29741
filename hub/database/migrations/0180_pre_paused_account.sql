-- Accounts of partners that a person has paused: none of their messages is claimed.
CREATE TABLE paused_account (
    account_id text PRIMARY KEY,
    paused_at timestamptz NOT NULL,
    reason text NOT NULL
);
