-- Reservations that ended are forgotten a month after their time; this finds the oldest of them.
CREATE INDEX reservation_over ON reservation (expires_at, reservation_id) WHERE state <> 'LIVE';
