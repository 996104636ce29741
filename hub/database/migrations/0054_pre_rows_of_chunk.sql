-- The rows of a chunk of a count. The planner takes a chunk for 50,000 rows here, and for ten where it sees unnest: it would
-- compare a count with stock row by row then.
CREATE FUNCTION rows_of_chunk(skus text[], node_ids text[], on_hand bigint[], safety bigint[])
RETURNS TABLE (sku text, node_id text, counted bigint, kept bigint, place bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50000 AS $$
BEGIN
    RETURN QUERY SELECT * FROM unnest(skus, node_ids, on_hand, safety) WITH ORDINALITY;
END
$$;
