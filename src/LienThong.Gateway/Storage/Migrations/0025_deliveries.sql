-- Further destinations of a facility beside the national portal. Account secrets and options are encrypted.
CREATE TABLE channel (
  channel_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL REFERENCES facility (facility),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  address TEXT NOT NULL,
  user_name TEXT NOT NULL,
  secret $BYTES$,
  options $BYTES$ NOT NULL,
  enabled INTEGER NOT NULL,
  send_after TEXT NOT NULL,
  uninsured INTEGER NOT NULL,
  send_window TEXT NOT NULL,
  max_parallel INTEGER NOT NULL,
  paused_cause TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  removed_at BIGINT
);
CREATE INDEX channel_of_facility ON channel (facility) WHERE removed_at IS NULL;

-- When records may be sent to the national portal; empty for always. Check-ins and forms go at any time.
ALTER TABLE facility ADD COLUMN send_window TEXT NOT NULL DEFAULT '';

-- One document on its way to one destination. due_at is set while it waits for a sender (also one whose outcome has to settle), leased_until while
-- one has it; both are empty when nothing happens by itself. The state is the queue: one update moves both.
CREATE TABLE delivery (
  delivery_id $IDENTITY$,
  facility TEXT NOT NULL REFERENCES facility (facility),
  channel TEXT NOT NULL,
  service TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  subject_version INTEGER NOT NULL,
  ma_lk TEXT NOT NULL,
  release TEXT NOT NULL,
  period TEXT NOT NULL,
  document_ref TEXT NOT NULL,
  document_sha256 TEXT NOT NULL,
  certificate_serial TEXT,
  priority INTEGER NOT NULL,
  state TEXT NOT NULL,
  state_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  resends INTEGER NOT NULL,
  due_at BIGINT,
  first_due_at BIGINT NOT NULL,
  deadline_at BIGINT,
  lease_owner TEXT,
  leased_until BIGINT,
  attempt_id BIGINT,
  cause TEXT,
  transaction_code TEXT,
  actor TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (subject_id, subject_version, channel, facility)
);
-- Claiming reads the first rows of this index, however many wait behind them.
CREATE INDEX delivery_due ON delivery (facility, channel, priority, due_at, delivery_id) WHERE due_at IS NOT NULL;
CREATE INDEX delivery_leased ON delivery (leased_until) WHERE leased_until IS NOT NULL;
CREATE INDEX delivery_by_visit ON delivery (facility, ma_lk, channel, delivery_id);
CREATE INDEX delivery_by_facility ON delivery (facility, delivery_id);
CREATE INDEX delivery_open ON delivery (facility, state, channel) WHERE state NOT IN ('Accepted', 'Superseded');

-- One row per call: the receipt when the destination answered, the trace when it did not.
CREATE TABLE delivery_attempt (
  attempt_id $IDENTITY$,
  delivery_id BIGINT NOT NULL REFERENCES delivery (delivery_id),
  facility TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  asks INTEGER NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  outcome TEXT,
  code TEXT,
  message TEXT,
  http_status INTEGER,
  transaction_code TEXT,
  received_at TEXT,
  answer $BYTES$,
  simulator INTEGER NOT NULL
);
CREATE INDEX delivery_attempt_by_delivery ON delivery_attempt (delivery_id, attempt_id);

-- Check-ins (XML0): one per visit and kind. What is sent is a delivery to the national portal.
CREATE TABLE check_in (
  check_in_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL REFERENCES facility (facility),
  ma_lk TEXT NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  state_at BIGINT NOT NULL,
  is_open INTEGER NOT NULL,
  origin TEXT NOT NULL,
  release TEXT NOT NULL,
  name TEXT NOT NULL,
  ngay_vao TEXT NOT NULL,
  ngay_yl TEXT NOT NULL,
  item TEXT NOT NULL,
  content_ref TEXT NOT NULL,
  content_sha256 TEXT NOT NULL,
  block_count INTEGER NOT NULL,
  findings $BYTES$,
  cause TEXT,
  actor TEXT NOT NULL,
  sign_at BIGINT,
  sign_attempts INTEGER NOT NULL,
  requested_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (facility, ma_lk, kind)
);
CREATE INDEX check_in_to_sign ON check_in (facility, sign_at) WHERE sign_at IS NOT NULL;
CREATE INDEX check_in_open ON check_in (facility, requested_at) WHERE is_open = 1;
CREATE INDEX check_in_by_state ON check_in (facility, state, state_at);

-- What a facility decided about its check-ins; without a row the defaults hold.
CREATE TABLE check_in_setting (
  facility TEXT PRIMARY KEY REFERENCES facility (facility),
  sample_only INTEGER NOT NULL,
  warn_minutes INTEGER NOT NULL,
  alert_minutes INTEGER NOT NULL,
  updated_at BIGINT NOT NULL
);
