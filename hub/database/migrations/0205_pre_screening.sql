-- Denied-party lists with the entries of their newest version, and what orders' parties had to do with them.
CREATE TABLE denied_list (
    list_name text NOT NULL,
    version bigint NOT NULL,
    entries bigint NOT NULL,
    difference jsonb NOT NULL,
    loaded_by text NOT NULL,
    loaded_at timestamptz NOT NULL,
    PRIMARY KEY (list_name, version)
);
CREATE TABLE denied_entry (
    list_name text NOT NULL,
    entry_id text NOT NULL,
    document jsonb NOT NULL,
    PRIMARY KEY (list_name, entry_id)
);
CREATE TABLE screening_match (
    match_id uuid PRIMARY KEY,
    order_id uuid NOT NULL,
    decision_id uuid NOT NULL,
    list_name text NOT NULL,
    entry_id text NOT NULL,
    state text NOT NULL,
    hit jsonb NOT NULL,
    found_at timestamptz NOT NULL,
    note text NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamptz,
    expires_at timestamptz
);
CREATE INDEX screening_match_order ON screening_match (order_id);
CREATE INDEX screening_match_decision ON screening_match (decision_id);
CREATE INDEX screening_match_entry ON screening_match (list_name, entry_id);
CREATE TABLE screening_decision (
    decision_id uuid PRIMARY KEY,
    state text NOT NULL,
    note text NOT NULL,
    decided_by text NOT NULL,
    decided_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
