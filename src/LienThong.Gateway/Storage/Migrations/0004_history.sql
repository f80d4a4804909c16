-- Judging stored records again: one row per facility of a run, with the place it has reached.
CREATE TABLE rejudge_run (
  run_id TEXT NOT NULL,
  facility TEXT NOT NULL REFERENCES facility (facility),
  state TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  rule TEXT NOT NULL,
  include_sent INTEGER NOT NULL,
  listed INTEGER NOT NULL,
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  total BIGINT NOT NULL,
  done BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  now_ready BIGINT NOT NULL,
  now_invalid BIGINT NOT NULL,
  cursor_day TEXT NOT NULL,
  cursor_id TEXT NOT NULL,
  cause TEXT,
  started_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  finished_at BIGINT,
  lease_owner TEXT,
  leased_until BIGINT,
  PRIMARY KEY (run_id, facility)
);
CREATE INDEX rejudge_run_by_time ON rejudge_run (started_at, run_id);
CREATE INDEX rejudge_run_open ON rejudge_run (state) WHERE state IN ('Running', 'Paused');

-- The records of a run that names them; gone when it is over.
CREATE TABLE rejudge_record (
  run_id TEXT NOT NULL,
  facility TEXT NOT NULL,
  record_id TEXT NOT NULL,
  PRIMARY KEY (run_id, facility, record_id)
);

-- What other records may ask of a version (LienThong.Validation/History), and under what it is found. Rows of superseded versions stay
-- and are passed over: only current versions are joined.
CREATE TABLE record_facts (
  record_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  facility TEXT NOT NULL,
  facts $BYTES$ NOT NULL,
  PRIMARY KEY (record_id, version)
);
CREATE TABLE history_key (
  hash BIGINT NOT NULL,
  day INTEGER NOT NULL,
  record_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  facility TEXT NOT NULL,
  PRIMARY KEY (hash, day, record_id, version)
) $CLUSTERED$;

-- Stored records that a newly stored one concerns: judged again soon.
CREATE TABLE history_due (
  record_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL,
  added_at BIGINT NOT NULL
);
