-- Keys say when the record is busy and with how many acts, so that a question is answered from them alone. What other records may ask of
-- stored ones is read anew when they are judged again.
DROP TABLE history_key;
DELETE FROM record_facts;
CREATE TABLE history_key (
  hash BIGINT NOT NULL,
  day INTEGER NOT NULL,
  record_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  facility TEXT NOT NULL,
  begins INTEGER NOT NULL,
  ends INTEGER NOT NULL,
  acts INTEGER NOT NULL,
  PRIMARY KEY (hash, day, record_id, version)
) $CLUSTERED$;
