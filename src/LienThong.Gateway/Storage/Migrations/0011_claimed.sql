-- What a version claims of drugs and supplies bought by tender, packed; counted is 1 while it is part of the sums below.
CREATE TABLE version_claim (
  record_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  facility TEXT NOT NULL,
  items INTEGER NOT NULL,
  counted INTEGER NOT NULL,
  claims $BYTES$ NOT NULL,
  PRIMARY KEY (record_id, version)
);

-- Sums over current versions, in thousandths, moved by every transaction that changes which version is current. day as DateOnly.DayNumber.
CREATE TABLE claimed_total (
  facility TEXT NOT NULL,
  code TEXT NOT NULL,
  tender TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  PRIMARY KEY (facility, code, tender)
) $CLUSTERED$;
CREATE TABLE claimed_day (
  facility TEXT NOT NULL,
  code TEXT NOT NULL,
  day INTEGER NOT NULL,
  tender TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  PRIMARY KEY (facility, code, day, tender)
) $CLUSTERED$;
