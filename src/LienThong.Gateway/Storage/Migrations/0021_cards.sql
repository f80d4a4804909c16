-- Card lookups. card_lookup is evidence: rows are added and never changed. What the portal was asked and answered, who looked up and whom to
-- call back is encrypted; facts holds what rules compare with a record, in the same form as record_facts.

CREATE TABLE card_visit (
  visit_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL REFERENCES facility (facility),
  -- LK:<MA_LK>, or P:<hash of the person's number>:<day> while MA_LK isn't known.
  visit_key TEXT NOT NULL,
  ma_lk TEXT NOT NULL,
  -- Numbers under which history_key finds records of the same person.
  card_hash BIGINT,
  citizen_hash BIGINT,
  question $BYTES$ NOT NULL,
  state TEXT NOT NULL,
  code TEXT NOT NULL,
  cause TEXT NOT NULL,
  -- Newest lookup, and newest one in which the portal told about the card.
  lookup_id TEXT,
  answer_id TEXT,
  -- InPatient or Appointment while the facility has it watched; else empty.
  watch TEXT NOT NULL,
  watch_day TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at BIGINT,
  due_for TEXT NOT NULL,
  lease_owner TEXT,
  leased_until BIGINT,
  opened_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  ended_at BIGINT,
  closed_at BIGINT,
  closed_by TEXT,
  contact $BYTES$,
  UNIQUE (facility, visit_key)
);
CREATE INDEX card_visit_due ON card_visit (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX card_visit_open ON card_visit (facility, opened_at, visit_id) WHERE closed_at IS NULL;

CREATE TABLE card_lookup (
  lookup_id TEXT PRIMARY KEY,
  visit_id TEXT NOT NULL REFERENCES card_visit (visit_id),
  facility TEXT NOT NULL,
  ma_lk TEXT NOT NULL,
  card_hash BIGINT,
  citizen_hash BIGINT,
  moment TEXT NOT NULL,
  origin TEXT NOT NULL,
  actor TEXT NOT NULL,
  account TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  duration_ms BIGINT NOT NULL,
  http_status INTEGER,
  code TEXT NOT NULL,
  state TEXT NOT NULL,
  cause TEXT NOT NULL,
  is_whole INTEGER NOT NULL,
  simulator INTEGER NOT NULL,
  request $BYTES$ NOT NULL,
  answer $BYTES$,
  answer_sha256 TEXT,
  facts $BYTES$
);
CREATE INDEX card_lookup_by_time ON card_lookup (facility, started_at, lookup_id);
CREATE INDEX card_lookup_by_visit ON card_lookup (visit_id, started_at);
CREATE INDEX card_lookup_by_ma_lk ON card_lookup (ma_lk) WHERE facts IS NOT NULL;
CREATE INDEX card_lookup_by_card ON card_lookup (card_hash) WHERE facts IS NOT NULL;
CREATE INDEX card_lookup_by_citizen ON card_lookup (citizen_hash) WHERE facts IS NOT NULL;

-- What an answer says differently from the answer before it for the same visit; fields is encrypted.
CREATE TABLE card_change (
  change_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL,
  visit_id TEXT NOT NULL REFERENCES card_visit (visit_id),
  ma_lk TEXT NOT NULL,
  lookup_id TEXT NOT NULL REFERENCES card_lookup (lookup_id),
  before_id TEXT,
  found_at BIGINT NOT NULL,
  code_before TEXT NOT NULL,
  code_after TEXT NOT NULL,
  fields $BYTES$ NOT NULL,
  seen_at BIGINT,
  seen_by TEXT
);
CREATE INDEX card_change_by_time ON card_change (facility, found_at, change_id);

-- Who looks up: for one user in a facility, or for the whole facility when user_id is empty. Encrypted.
CREATE TABLE card_staff (
  facility TEXT NOT NULL REFERENCES facility (facility),
  user_id TEXT NOT NULL,
  staff $BYTES$ NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (facility, user_id)
);

CREATE TABLE card_setting (
  facility TEXT PRIMARY KEY REFERENCES facility (facility),
  -- Whether a record without a lookup gets a note (REC-CARD-004).
  reports_missing INTEGER NOT NULL,
  skips_forces INTEGER NOT NULL,
  nightly INTEGER NOT NULL,
  nightly_minute INTEGER NOT NULL,
  nightly_per_minute INTEGER NOT NULL,
  -- Day of the last nightly batch: whoever sets it to today runs it.
  nightly_day TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);
