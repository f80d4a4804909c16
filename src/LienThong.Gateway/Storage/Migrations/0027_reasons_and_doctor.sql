-- Why a version replaces another, from the list of reasons, and the exchange with BHXH in which it was agreed (yyyy-MM-dd).
-- Versions stored before keep their text alone.
ALTER TABLE record_version ADD COLUMN reason_code TEXT;
ALTER TABLE record_version ADD COLUMN reference_number TEXT;
ALTER TABLE record_version ADD COLUMN reference_date TEXT;

-- When the account of a facility may be checked next: a row is taken by whoever moves the moment on.
CREATE TABLE doctor_gate (
  facility TEXT PRIMARY KEY,
  next_at BIGINT NOT NULL
);

-- Checks of accounts, kept; steps as JSON without any secret.
CREATE TABLE doctor_run (
  run_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL,
  actor TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  outcome TEXT NOT NULL,
  steps $BYTES$ NOT NULL
);
CREATE INDEX doctor_run_by_facility ON doctor_run (facility, started_at);

-- Stored passwords that the portal refused: a hash of address, account and the encrypted password, which is another one as soon as somebody enters it again.
CREATE TABLE doctor_refusal (
  account TEXT PRIMARY KEY,
  facility TEXT NOT NULL,
  code TEXT NOT NULL,
  refused_at BIGINT NOT NULL
);
