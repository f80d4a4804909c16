-- Card lookups count together with records and deliveries toward what a facility may call at once and in a minute.
-- A row is a call: it counts as under way until until_at, which its end sets to the moment it ended.
CREATE TABLE card_call (
  call_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL
);
CREATE INDEX card_call_lately ON card_call (facility, started_at, until_at);
