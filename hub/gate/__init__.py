"""How concurrent calls become batches: gathered, claimed by request id, run as one transaction, answered one by one."""
