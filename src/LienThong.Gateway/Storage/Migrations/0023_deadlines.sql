-- Deadlines: what they are calculated by, incidents, duties, how long records took.

-- Ward the patient left from (last of XML1.MA_KHOA); empty when not given or stored by an earlier build.
ALTER TABLE record_version ADD COLUMN ma_khoa TEXT NOT NULL DEFAULT '';
-- deadline_at is the deadline that counts; deadline_base the one without incidents; deadline_kind the duty that decides.
ALTER TABLE record_version ADD COLUMN deadline_base BIGINT;
ALTER TABLE record_version ADD COLUMN deadline_kind TEXT;
-- Number of the ground (calendar, incidents, switches) it was calculated on; one that is behind is calculated again.
ALTER TABLE record_version ADD COLUMN deadline_ground BIGINT NOT NULL DEFAULT -1;
CREATE INDEX record_version_ground ON record_version (facility, deadline_ground) WHERE state NOT IN ('Accepted', 'Superseded');
-- Everything that counting by deadline and ward asks of open records, without reading them.
CREATE INDEX record_version_open ON record_version (facility, deadline_at, ma_khoa, state, ngay_ra, is_current)
  WHERE is_current = 1 AND deadline_at IS NOT NULL AND state NOT IN ('Accepted', 'Superseded');

-- Moves with every change of what deadlines are calculated by. facility '' is for all; a facility's ground is the sum of both.
CREATE TABLE deadline_ground (
  facility TEXT PRIMARY KEY,
  number BIGINT NOT NULL
);

-- Settings with a date or a number as text; facility '' is for the installation.
CREATE TABLE deadline_setting (
  facility TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  note TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (facility, name)
);

ALTER TABLE calendar_day ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE calendar_day ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;

CREATE TABLE incident (
  incident_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL REFERENCES facility (facility),
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  -- Until when an open incident is taken to last; moved on day by day.
  assumed_until BIGINT,
  description TEXT NOT NULL,
  noticed_by TEXT NOT NULL,
  told TEXT NOT NULL,
  told_at BIGINT,
  evidence TEXT NOT NULL,
  -- What the product saw: the first failed call; unique, so that a proposal is made once.
  seen_key TEXT,
  recovered_at BIGINT,
  opened_by TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  closed_by TEXT,
  closed_at BIGINT
);
CREATE INDEX incident_by_time ON incident (facility, started_at);
CREATE UNIQUE INDEX incident_seen ON incident (facility, seen_key) WHERE seen_key IS NOT NULL;

CREATE TABLE incident_file (
  file_id TEXT PRIMARY KEY,
  incident_id TEXT NOT NULL REFERENCES incident (incident_id),
  facility TEXT NOT NULL,
  file_name TEXT NOT NULL,
  content_ref TEXT NOT NULL,
  content_bytes BIGINT NOT NULL,
  added_by TEXT NOT NULL,
  added_at BIGINT NOT NULL
);
CREATE INDEX incident_file_by_incident ON incident_file (incident_id);

-- Tasks with a due date beside records, each once per facility, rule and subject (a month, a key, a day of answers).
CREATE TABLE duty (
  duty_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL REFERENCES facility (facility),
  rule TEXT NOT NULL,
  subject TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  began_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  records BIGINT,
  note TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  done_by TEXT,
  done_at BIGINT,
  UNIQUE (facility, rule, subject)
);
CREATE INDEX duty_open ON duty (due_at, facility) WHERE state = 'Open';
CREATE INDEX duty_by_time ON duty (facility, due_at);

-- First reception of every record: how long it took from the end of the visit. lateness: 0 in time, 1 late, 2 in time only by an incident.
CREATE TABLE record_reception (
  record_id TEXT PRIMARY KEY,
  facility TEXT NOT NULL,
  version INTEGER NOT NULL,
  ma_khoa TEXT NOT NULL,
  ended_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  minutes BIGINT NOT NULL,
  lateness INTEGER NOT NULL,
  ground BIGINT NOT NULL
);
CREATE INDEX record_reception_by_time ON record_reception (facility, received_at, ma_khoa, minutes, lateness);
CREATE INDEX record_reception_late ON record_reception (facility, ground) WHERE lateness <> 0;
-- Records whose fault the portal told after reception, as long as nobody mended them.
CREATE INDEX submission_faulty ON submission (facility, record_id, version) WHERE later_state = 'Faulty';
