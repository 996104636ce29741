"""Does what the outbox holds: delivers messages, fires timers, polls partners, numbers the feed. Decides nothing."""
