-- Sources that visits are pulled from: how far each was read, who reads it now, how it goes. The files that describe them stay outside.

CREATE TABLE pull_source (
  facility TEXT NOT NULL REFERENCES facility (facility),
  source TEXT NOT NULL,
  paused INTEGER NOT NULL,
  wanted INTEGER NOT NULL,
  watermark TEXT,
  watermark_key TEXT,
  plan_hash TEXT NOT NULL,
  next_at BIGINT NOT NULL,
  failures INTEGER NOT NULL,
  last_error TEXT,
  last_error_at BIGINT,
  started_at BIGINT,
  finished_at BIGINT,
  stored BIGINT NOT NULL,
  same BIGINT NOT NULL,
  lease_owner TEXT,
  leased_until BIGINT,
  PRIMARY KEY (facility, source)
);

-- Visits that were read and could not be taken; they are read again when their source's file changes or somebody asks.
CREATE TABLE pull_refused (
  facility TEXT NOT NULL,
  source TEXT NOT NULL,
  visit_key TEXT NOT NULL,
  problem TEXT NOT NULL,
  refused_at BIGINT NOT NULL,
  PRIMARY KEY (facility, source, visit_key),
  FOREIGN KEY (facility, source) REFERENCES pull_source (facility, source)
);
