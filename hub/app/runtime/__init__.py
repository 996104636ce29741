"""What the serving processes are built of: server, worker, clocks, principals, schema, shutdown."""
