-- How many events of a principal wait is counted before one more is parked.

CREATE INDEX parked_event_principal ON parked_event ((scope ->> 'principal')) WHERE state = 'PARKED';
