-- Visits as hospital systems hand them over, answers kept for repeated requests, watched folders, mappings.

ALTER TABLE intake_file ADD COLUMN kind TEXT NOT NULL DEFAULT 'Package';
ALTER TABLE intake_file ADD COLUMN built INTEGER;

-- What became of each visit of a file of visits and what was wrong with it.
CREATE TABLE intake_visit (
  file_id TEXT NOT NULL REFERENCES intake_file (file_id),
  ordinal INTEGER NOT NULL,
  facility TEXT NOT NULL,
  ma_lk TEXT NOT NULL,
  verdict TEXT NOT NULL,
  record_id TEXT,
  version INTEGER,
  blocks INTEGER NOT NULL,
  warnings INTEGER NOT NULL,
  message TEXT NOT NULL,
  problems $BYTES$,
  PRIMARY KEY (file_id, ordinal)
);

-- The visit a version was built from, with the places of its rows, so that every value can be traced back.
CREATE TABLE visit_source (
  record_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  facility TEXT NOT NULL,
  visit_ref TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  revision BIGINT,
  source_name TEXT NOT NULL,
  PRIMARY KEY (record_id, version),
  FOREIGN KEY (record_id, version) REFERENCES record_version (record_id, version)
);

-- Requests that carried an Idempotency-Key: answered again with the very same answer.
CREATE TABLE request_key (
  user_id TEXT NOT NULL,
  request_key TEXT NOT NULL,
  request_sha256 TEXT NOT NULL,
  file_id TEXT NOT NULL,
  lease_owner TEXT,
  leased_until BIGINT NOT NULL,
  http_status INTEGER,
  answer $BYTES$,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, request_key)
);
CREATE INDEX request_key_by_age ON request_key (created_at);

CREATE TABLE watched_folder (
  folder_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL REFERENCES facility (facility),
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  kind TEXT NOT NULL,
  mapping TEXT NOT NULL,
  active INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  looked_at BIGINT,
  failing_since BIGINT,
  failure TEXT
);

-- Everything that was taken out of a watched folder, once each: claimed by renaming it, then by this row.
CREATE TABLE watched_file (
  folder_id TEXT NOT NULL REFERENCES watched_folder (folder_id),
  claim_name TEXT NOT NULL,
  facility TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_id TEXT NOT NULL,
  state TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  settings_at BIGINT NOT NULL,
  outcome TEXT,
  message TEXT,
  target TEXT,
  attempts INTEGER NOT NULL,
  lease_owner TEXT,
  leased_until BIGINT NOT NULL,
  taken_at BIGINT NOT NULL,
  finished_at BIGINT,
  PRIMARY KEY (folder_id, claim_name)
);
CREATE INDEX watched_file_by_hash ON watched_file (folder_id, sha256);
CREATE INDEX watched_file_by_time ON watched_file (folder_id, taken_at);

-- How the columns of a facility's extract are called; versions are only ever added.
CREATE TABLE mapping_file (
  facility TEXT NOT NULL REFERENCES facility (facility),
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  content TEXT NOT NULL,
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (facility, name, version)
);
