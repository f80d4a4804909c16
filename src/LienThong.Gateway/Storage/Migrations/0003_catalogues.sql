-- Code lists. facility is '' for lists that hold for the whole country.
-- A row version belongs to the editions opened <= e < closed; nothing is ever changed but closed, once.

CREATE TABLE catalogue (
  facility TEXT NOT NULL,
  list TEXT NOT NULL,
  edition INTEGER NOT NULL,
  PRIMARY KEY (facility, list)
);

CREATE TABLE catalogue_edition (
  facility TEXT NOT NULL,
  list TEXT NOT NULL,
  edition INTEGER NOT NULL,
  restores INTEGER,
  file_name TEXT NOT NULL,
  content_ref TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  sheet TEXT NOT NULL,
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  covers_from TEXT,
  covers_to TEXT,
  is_complete INTEGER NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (facility, list, edition)
);

CREATE TABLE catalogue_row (
  row_id $IDENTITY$,
  facility TEXT NOT NULL,
  list TEXT NOT NULL,
  row_key TEXT NOT NULL,
  valid_from TEXT,
  valid_to TEXT,
  accepted INTEGER,
  accepted_on TEXT,
  content TEXT NOT NULL,
  opened INTEGER NOT NULL,
  closed INTEGER
);
CREATE INDEX catalogue_row_of_list ON catalogue_row (facility, list, opened);
CREATE INDEX catalogue_row_open ON catalogue_row (facility, list) WHERE closed IS NULL;
