-- Deliveries to the national portal count together with records toward what a facility may call at once and in a minute.

-- Until then records leave a call to a delivery that found none free.
ALTER TABLE facility ADD COLUMN delivery_slot_until BIGINT;

ALTER TABLE delivery_attempt ADD COLUMN paced INTEGER NOT NULL DEFAULT 0;
CREATE INDEX delivery_attempt_paced ON delivery_attempt (facility, started_at, paced) WHERE paced = 1;
CREATE INDEX delivery_in_hand ON delivery (facility, channel, leased_until, lease_owner) WHERE leased_until IS NOT NULL;
