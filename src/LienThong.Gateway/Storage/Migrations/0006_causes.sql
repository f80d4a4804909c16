-- What findings of current versions have in common. Kept in step by every transaction that changes them: pages never open packed findings.
-- cause is 64 bits of a hash over facility, rule, table, field, kind and key.
CREATE TABLE cause (
  cause BIGINT PRIMARY KEY,
  facility TEXT NOT NULL,
  rule TEXT NOT NULL,
  table_name TEXT NOT NULL,
  field TEXT NOT NULL,
  kind TEXT NOT NULL,
  cause_key TEXT NOT NULL,
  keeper TEXT NOT NULL,
  example TEXT NOT NULL,
  message TEXT NOT NULL,
  fix TEXT NOT NULL,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  records BIGINT NOT NULL,
  findings BIGINT NOT NULL,
  blocks BIGINT NOT NULL,
  at_risk $MONEY$ NOT NULL
);
CREATE INDEX cause_by_rule ON cause (facility, rule);
CREATE INDEX cause_shared ON cause (facility, records) WHERE records > 1;

-- One record's share in a cause; apart for findings that an exception changed.
CREATE TABLE record_cause (
  record_id TEXT NOT NULL REFERENCES record (record_id),
  cause BIGINT NOT NULL REFERENCES cause (cause),
  exception_id TEXT NOT NULL,
  facility TEXT NOT NULL,
  day INTEGER NOT NULL,
  department TEXT NOT NULL,
  findings INTEGER NOT NULL,
  blocks INTEGER NOT NULL,
  suppressed INTEGER NOT NULL,
  at_risk $MONEY$ NOT NULL,
  PRIMARY KEY (record_id, cause, exception_id)
);
CREATE INDEX record_cause_by_cause ON record_cause (cause, record_id);
CREATE INDEX record_cause_by_exception ON record_cause (exception_id, record_id) WHERE exception_id <> '';

-- Findings per rule and day of arrival (yyyyMMdd, Vietnam).
CREATE TABLE rule_day (
  facility TEXT NOT NULL,
  rule TEXT NOT NULL,
  day INTEGER NOT NULL,
  records BIGINT NOT NULL,
  findings BIGINT NOT NULL,
  suppressed BIGINT NOT NULL,
  PRIMARY KEY (facility, rule, day)
);
CREATE INDEX rule_day_by_day ON rule_day (facility, day);
