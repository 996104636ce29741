-- Finds the orders that an active hold of a type is on: those that wait for customs data go on when the catalog has it.

CREATE INDEX hold_active ON hold (type) WHERE status = 'ACTIVE';
