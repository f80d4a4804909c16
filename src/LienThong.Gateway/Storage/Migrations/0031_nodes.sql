-- Portal sessions, one per account for all nodes. session is encrypted: tokens, or the portal's refusal to log in.
CREATE TABLE portal_session (
  account TEXT PRIMARY KEY,
  facility TEXT NOT NULL REFERENCES facility (facility),
  session $BYTES$,
  login_owner TEXT,
  login_until BIGINT
);
CREATE INDEX portal_session_by_facility ON portal_session (facility);

-- Calls to the portal that may start in a minute; null for no limit.
ALTER TABLE facility ADD COLUMN max_per_minute INTEGER;

-- Processes that work the outbox. What a process holds whose sign of life is too old is taken over by the others.
-- host says which machine since which boot, so that whoever starts there can see which of the processes are gone.
CREATE TABLE node (
  owner TEXT PRIMARY KEY,
  host TEXT NOT NULL,
  pid INTEGER NOT NULL,
  started_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);
