"""The only place that builds things: command line, server, worker, clock, embedded PostgreSQL, adapter processes."""
