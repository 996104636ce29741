-- Makes the partition of a month of the past where it is not there. It runs as the owner of the schema, whoever calls it,
-- and makes nothing else. A partition is attached, not made in place: readers of the table need not wait for that.
CREATE FUNCTION make_month_of_past(past text, month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    first date := date_trunc('month', month);
    name text := past || to_char(month, '_YYYY_MM');
BEGIN
    IF past NOT IN ('settled_message', 'past_event') THEN
        RAISE EXCEPTION '% is no table of the past', past;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('month of the past'), hashtext(name));
    IF to_regclass(name) IS NULL THEN
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', name, past);
        EXECUTE format(
            'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
            past, name, first::timestamp AT TIME ZONE 'UTC', (first + interval '1 month')::timestamp AT TIME ZONE 'UTC'
        );
    END IF;
END
$$;
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION make_month_of_past SET search_path = %I, pg_temp', current_schema());
END
$$;
REVOKE EXECUTE ON FUNCTION make_month_of_past FROM PUBLIC;
