-- Lists of the portal that officers bring: runs that compare them with what was sent, what differed, and the evidence behind each receipt.

CREATE TABLE reconciliation_run (
  run_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL REFERENCES facility (facility),
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  file_name TEXT NOT NULL,
  content_ref TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  -- When the list was taken from the portal: older evidence never overrules newer.
  as_of BIGINT NOT NULL,
  -- Calls begun later can't be missed in it.
  seen_until BIGINT NOT NULL,
  simulator INTEGER NOT NULL,
  -- Run that applied the same bytes before; then this one only compares.
  repeats TEXT,
  range_by TEXT NOT NULL,
  range_from TEXT,
  range_to TEXT,
  row_count BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  confirmed INTEGER NOT NULL,
  expected TEXT NOT NULL,
  counts TEXT NOT NULL,
  problems TEXT NOT NULL,
  more_problems INTEGER NOT NULL,
  stage TEXT NOT NULL,
  cursor_key TEXT NOT NULL,
  cursor_number BIGINT NOT NULL,
  done BIGINT NOT NULL,
  differences BIGINT NOT NULL,
  actor TEXT NOT NULL,
  applied_by TEXT,
  cause TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  finished_at BIGINT,
  lease_owner TEXT,
  leased_until BIGINT
);
CREATE INDEX reconciliation_run_by_time ON reconciliation_run (created_at, run_id);
CREATE INDEX reconciliation_run_by_hash ON reconciliation_run (sha256, facility);
CREATE INDEX reconciliation_run_open ON reconciliation_run (state) WHERE state <> 'Done';

-- Rows of a list while its run is open; afterwards the archived file is what remains. Amounts in thousandths.
CREATE TABLE reconciliation_row (
  run_id TEXT NOT NULL,
  row_key TEXT NOT NULL,
  number BIGINT NOT NULL,
  facility TEXT NOT NULL,
  line INTEGER NOT NULL,
  ma_lk TEXT NOT NULL,
  ma_giao_dich TEXT NOT NULL,
  received TEXT NOT NULL,
  ngay_ra TEXT NOT NULL,
  total BIGINT,
  fund BIGINT,
  verdict TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (run_id, row_key, number)
) $CLUSTERED$;

CREATE TABLE reconciliation_difference (
  run_id TEXT NOT NULL,
  ordinal BIGINT NOT NULL,
  facility TEXT NOT NULL,
  kind TEXT NOT NULL,
  ma_lk TEXT NOT NULL,
  record_id TEXT,
  version INTEGER,
  field TEXT NOT NULL,
  ours TEXT NOT NULL,
  theirs TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  line INTEGER,
  PRIMARY KEY (run_id, ordinal)
);
CREATE INDEX reconciliation_difference_by_kind ON reconciliation_difference (run_id, kind, ordinal);

-- Records somebody has to look after: in no list of the portal (Fail), faulty there (Faulty), or seen accepted at a later comparison (Resolved).
CREATE TABLE reconciliation_case (
  record_id TEXT PRIMARY KEY REFERENCES record (record_id),
  facility TEXT NOT NULL,
  ma_lk TEXT NOT NULL,
  part TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  opened_run TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  changed_run TEXT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE INDEX reconciliation_case_by_part ON reconciliation_case (part, record_id, facility);

-- Which row of which list said what of a receipt; only ever added to. outcome is empty unless it settled a call without an answer.
CREATE TABLE receipt_evidence (
  submission_id TEXT NOT NULL REFERENCES submission (submission_id),
  run_id TEXT NOT NULL,
  facility TEXT NOT NULL,
  line INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  later_state TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  as_of BIGINT NOT NULL,
  PRIMARY KEY (submission_id, run_id, line)
);

ALTER TABLE submission ADD COLUMN later_code TEXT;
ALTER TABLE submission ADD COLUMN later_message TEXT;
ALTER TABLE submission ADD COLUMN later_at BIGINT;
CREATE INDEX submission_unconfirmed ON submission (ended_at, submission_id, facility) WHERE later_state = 'Pending';
CREATE INDEX submission_by_transaction ON submission (ma_giao_dich, facility) WHERE ma_giao_dich IS NOT NULL;
