-- Exceptions are put aside until an instant, and say how they were dealt with.
ALTER TABLE exception_record ADD COLUMN snoozed_until timestamptz, ADD COLUMN note text NOT NULL DEFAULT '';
