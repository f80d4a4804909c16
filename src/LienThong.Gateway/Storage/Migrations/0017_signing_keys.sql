-- Signing keys of facilities, several beside each other so that a new certificate takes over without a stop; nothing is overwritten.
-- place says where the key is (JSON, no secret); key_file, key_password and key_others are encrypted.

CREATE TABLE signing_key (
  key_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL REFERENCES facility (facility),
  name TEXT NOT NULL,
  place TEXT NOT NULL,
  key_file $BYTES$,
  key_password $BYTES$,
  key_others $BYTES$,
  certificate $BYTES$ NOT NULL,
  serial TEXT NOT NULL,
  not_after BIGINT NOT NULL,
  -- Day from which the portal knows the certificate; null while it isn't registered.
  registered_on TEXT,
  active_from BIGINT NOT NULL,
  retired_at BIGINT,
  -- Fewest days left for which a warning went into the log; null before the first.
  warned_days INTEGER,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX signing_key_by_facility ON signing_key (facility, active_from);

-- One row per PIN that is being tried, or was wrong: then nobody tries it until a person unlocks it.
CREATE TABLE pin_lock (
  scope TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  since BIGINT NOT NULL
);

-- Keys set before were in use, so the portal knew them.
INSERT INTO signing_key (key_id, facility, name, place, key_file, key_password, certificate, serial, not_after, registered_on, active_from, created_at, created_by)
SELECT facility || '-' || key_serial, facility, 'PFX', '{"kind":"pfx"}', key_pfx, key_password, key_certificate, key_serial, key_not_after, '2000-01-01', updated_at, updated_at, 'migration'
FROM facility WHERE key_pfx IS NOT NULL AND key_password IS NOT NULL AND key_certificate IS NOT NULL AND key_serial IS NOT NULL AND key_not_after IS NOT NULL;

ALTER TABLE facility DROP COLUMN key_pfx;
ALTER TABLE facility DROP COLUMN key_password;
ALTER TABLE facility DROP COLUMN key_serial;
ALTER TABLE facility DROP COLUMN key_subject;
ALTER TABLE facility DROP COLUMN key_certificate;
ALTER TABLE facility DROP COLUMN key_not_after;
