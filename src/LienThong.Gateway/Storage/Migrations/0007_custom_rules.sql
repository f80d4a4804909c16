-- Rule files that facilities write. Versions are only ever added; the file row says which is the newest and whether records are judged by it.

CREATE TABLE custom_rule_file (
  facility TEXT NOT NULL REFERENCES facility (facility),
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  active INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (facility, name)
);

CREATE TABLE custom_rule_version (
  facility TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  content TEXT NOT NULL,
  rule_count INTEGER NOT NULL,
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (facility, name, version),
  FOREIGN KEY (facility, name) REFERENCES custom_rule_file (facility, name)
);
