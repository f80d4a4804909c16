-- What is kept begins behind this entry: older ones were removed after their time. 0 and empty: nothing was.
ALTER TABLE audit_head ADD COLUMN kept_after BIGINT NOT NULL DEFAULT 0;
ALTER TABLE audit_head ADD COLUMN kept_hash TEXT NOT NULL DEFAULT '';
CREATE INDEX audit_entry_by_actor ON audit_entry (actor, sequence);
CREATE INDEX audit_entry_by_action ON audit_entry (action, sequence);
CREATE INDEX audit_entry_by_facility ON audit_entry (facility, sequence);
CREATE INDEX audit_entry_by_time ON audit_entry (occurred_at, sequence);

-- Who read what in which period: the first time goes into the audit log, the rest is no news.
CREATE TABLE read_note (
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  period BIGINT NOT NULL,
  PRIMARY KEY (actor, action, subject, detail, period)
);
CREATE INDEX read_note_by_period ON read_note (period);
