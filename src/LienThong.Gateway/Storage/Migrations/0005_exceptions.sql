-- What a facility decided to treat differently, and what its people said of single findings. Rows are ended or withdrawn, never removed.
CREATE TABLE rule_exception (
  exception_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL,
  rule TEXT NOT NULL,
  match_table TEXT NOT NULL,
  match_field TEXT NOT NULL,
  match_value TEXT NOT NULL,
  match_visit_kind TEXT NOT NULL,
  match_department TEXT NOT NULL,
  match_item TEXT NOT NULL,
  match_card TEXT NOT NULL,
  action TEXT NOT NULL,
  reason TEXT NOT NULL,
  evidence TEXT NOT NULL,
  author TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  needs_approval INTEGER NOT NULL,
  decided_by TEXT,
  decided_at BIGINT,
  refused INTEGER NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  ended_by TEXT,
  end_reason TEXT,
  -- Whether stored findings show it; set by the keeper once they all do.
  applied INTEGER NOT NULL,
  -- What it changes among current versions now, and what came back when it stopped.
  records BIGINT NOT NULL,
  findings BIGINT NOT NULL,
  at_risk $MONEY$ NOT NULL,
  returned_records BIGINT,
  returned_findings BIGINT
);
CREATE INDEX rule_exception_by_facility ON rule_exception (facility, created_at);

CREATE TABLE finding_mark (
  mark_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  record_id TEXT NOT NULL REFERENCES record (record_id),
  ma_lk TEXT NOT NULL,
  rule TEXT NOT NULL,
  table_name TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  author TEXT NOT NULL,
  marked_at BIGINT NOT NULL,
  withdrawn_by TEXT,
  withdrawn_at BIGINT
);
CREATE UNIQUE INDEX finding_mark_standing ON finding_mark (facility, fingerprint) WHERE withdrawn_at IS NULL;
CREATE INDEX finding_mark_by_rule ON finding_mark (facility, rule, marked_at);

-- Findings that an exception keeps from counting, and the part of the card number that exceptions may ask for.
ALTER TABLE record_version ADD COLUMN suppressed_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE record_version ADD COLUMN card_prefix TEXT NOT NULL DEFAULT '';
