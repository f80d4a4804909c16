-- Shared by SQLite and PostgreSQL; $IDENTITY$, $BYTES$ and $MONEY$ are filled in by the dialect.
-- Times (*_at, *_until) are UTC milliseconds since 1970-01-01; calendar dates are yyyy-MM-dd text.
-- NGAY_* keep the twelve characters of the XML (Vietnam time) so that they sort and compare as text.

CREATE TABLE facility (
  facility TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  province TEXT NOT NULL,
  portal_url TEXT,
  portal_user TEXT,
  portal_digest $BYTES$,
  key_pfx $BYTES$,
  key_password $BYTES$,
  key_serial TEXT,
  key_subject TEXT,
  key_certificate $BYTES$,
  key_not_after BIGINT,
  signature_required_from TEXT,
  max_parallel INTEGER NOT NULL,
  stopped_cause TEXT,
  send_paused_cause TEXT,
  sign_paused_cause TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE intake_file (
  file_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  content_ref TEXT NOT NULL,
  content_bytes BIGINT NOT NULL,
  actor TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  finished_at BIGINT,
  outcome TEXT NOT NULL,
  declared INTEGER,
  found INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  blocked INTEGER NOT NULL,
  problems $BYTES$
);
CREATE INDEX intake_file_by_hash ON intake_file (sha256, facility);
CREATE INDEX intake_file_by_time ON intake_file (received_at, file_id);

CREATE TABLE record (
  record_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL REFERENCES facility (facility),
  ma_lk TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (facility, ma_lk)
);

CREATE TABLE record_version (
  record_id TEXT NOT NULL REFERENCES record (record_id),
  version INTEGER NOT NULL,
  facility TEXT NOT NULL,
  ma_lk TEXT NOT NULL,
  state TEXT NOT NULL,
  state_at BIGINT NOT NULL,
  is_current INTEGER NOT NULL,
  is_waiting INTEGER NOT NULL,
  origin TEXT NOT NULL,
  reason TEXT,
  actor TEXT NOT NULL,
  file_id TEXT,
  hoso INTEGER NOT NULL,
  content_ref TEXT NOT NULL,
  content_sha256 TEXT NOT NULL,
  arrived_signed INTEGER NOT NULL,
  release TEXT NOT NULL,
  name TEXT NOT NULL,
  name_search TEXT NOT NULL,
  ngay_vao TEXT NOT NULL,
  ngay_ra TEXT NOT NULL,
  ma_loai_kcb TEXT NOT NULL,
  t_tongchi_bv $MONEY$,
  t_bhtt $MONEY$,
  block_count INTEGER NOT NULL,
  warn_count INTEGER NOT NULL,
  info_count INTEGER NOT NULL,
  not_checked_count INTEGER NOT NULL,
  findings $BYTES$,
  state_cause TEXT,
  held_until BIGINT,
  deadline_at BIGINT,
  received_at BIGINT NOT NULL,
  signed_ref TEXT,
  signed_sha256 TEXT,
  certificate_serial TEXT,
  signed_at BIGINT,
  PRIMARY KEY (record_id, version)
);
CREATE UNIQUE INDEX record_version_one_current ON record_version (record_id) WHERE is_current = 1;
CREATE UNIQUE INDEX record_version_one_waiting ON record_version (record_id) WHERE is_waiting = 1;
CREATE UNIQUE INDEX record_version_one_sending ON record_version (record_id) WHERE state = 'Sending';
CREATE INDEX record_version_by_discharge ON record_version (facility, ngay_ra, record_id) WHERE is_current = 1;
CREATE INDEX record_version_by_arrival ON record_version (facility, received_at, record_id) WHERE is_current = 1;
CREATE INDEX record_version_by_state ON record_version (facility, state, ngay_ra, record_id) WHERE is_current = 1;
CREATE INDEX record_version_by_file ON record_version (file_id);

CREATE TABLE correction (
  record_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  facility TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_number INTEGER NOT NULL,
  field TEXT NOT NULL,
  old_value TEXT,
  new_value TEXT NOT NULL,
  PRIMARY KEY (record_id, version, ordinal),
  FOREIGN KEY (record_id, version) REFERENCES record_version (record_id, version)
);

CREATE TABLE record_transition (
  transition_id $IDENTITY$,
  record_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  facility TEXT NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  event TEXT NOT NULL,
  actor TEXT NOT NULL,
  cause TEXT,
  occurred_at BIGINT NOT NULL,
  FOREIGN KEY (record_id, version) REFERENCES record_version (record_id, version)
);
CREATE INDEX record_transition_by_record ON record_transition (record_id, transition_id);

-- The outbox: what still has to happen with a version. One row per version, gone when nothing is left to do.
CREATE TABLE work_item (
  record_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  facility TEXT NOT NULL,
  stage TEXT NOT NULL,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at BIGINT NOT NULL,
  first_due_at BIGINT NOT NULL,
  deadline_at BIGINT NOT NULL,
  resends INTEGER NOT NULL,
  submission_id TEXT,
  lease_owner TEXT,
  leased_until BIGINT,
  cause TEXT,
  PRIMARY KEY (record_id, version),
  FOREIGN KEY (record_id, version) REFERENCES record_version (record_id, version)
);
CREATE INDEX work_item_ready ON work_item (facility, stage, deadline_at, record_id) WHERE status = 'Ready';
CREATE INDEX work_item_leased ON work_item (leased_until) WHERE status = 'Leased';
CREATE INDEX work_item_dead ON work_item (facility) WHERE status = 'Dead';

-- One row per call to the portal: the receipt when it answered, the trace when it did not.
CREATE TABLE submission (
  submission_id TEXT PRIMARY KEY,
  record_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  facility TEXT NOT NULL,
  ma_lk TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  follows TEXT REFERENCES submission (submission_id),
  service TEXT NOT NULL,
  request_ref TEXT NOT NULL,
  request_sha256 TEXT NOT NULL,
  certificate_serial TEXT,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  outcome TEXT,
  code TEXT,
  message TEXT,
  http_status INTEGER,
  ma_giao_dich TEXT,
  thoi_gian_tiep_nhan TEXT,
  answer $BYTES$,
  simulator INTEGER NOT NULL,
  later_state TEXT,
  actor TEXT NOT NULL,
  FOREIGN KEY (record_id, version) REFERENCES record_version (record_id, version)
);
CREATE INDEX submission_by_record ON submission (record_id, version, attempt);
CREATE INDEX submission_by_time ON submission (facility, started_at, submission_id);

CREATE TABLE audit_entry (
  sequence BIGINT PRIMARY KEY,
  occurred_at BIGINT NOT NULL,
  facility TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX audit_entry_by_subject ON audit_entry (subject, sequence);

-- One row, locked by whoever appends, so that the chain has no fork.
CREATE TABLE audit_head (
  singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
  sequence BIGINT NOT NULL,
  hash TEXT NOT NULL
);
INSERT INTO audit_head (singleton, sequence, hash) VALUES (1, 0, '');

CREATE TABLE app_user (
  user_id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  all_facilities INTEGER NOT NULL,
  failed_count INTEGER NOT NULL,
  locked_until BIGINT,
  disabled INTEGER NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE TABLE user_role (
  user_id TEXT NOT NULL REFERENCES app_user (user_id),
  role TEXT NOT NULL,
  PRIMARY KEY (user_id, role)
);
CREATE TABLE user_facility (
  user_id TEXT NOT NULL REFERENCES app_user (user_id),
  facility TEXT NOT NULL,
  PRIMARY KEY (user_id, facility)
);
CREATE TABLE access_token (
  token_hash TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES app_user (user_id),
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX access_token_by_user ON access_token (user_id, created_at);

-- Days a person added or changed in the calendar; what is not here comes with the program.
CREATE TABLE calendar_day (
  day TEXT PRIMARY KEY,
  works INTEGER NOT NULL,
  note TEXT NOT NULL
);
