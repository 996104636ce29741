"""The gate: concurrent calls become batches, each request taking effect once."""
