-- What rules and card lookups ask of a check-in; null for check-ins stored by an earlier build.
ALTER TABLE check_in ADD COLUMN facts $BYTES$;
CREATE INDEX check_in_by_time ON check_in (facility, requested_at);

-- When the facility last handed in the whole list of visits to watch: check-ins before it are settled by it.
ALTER TABLE card_setting ADD COLUMN watch_listed_at BIGINT;
