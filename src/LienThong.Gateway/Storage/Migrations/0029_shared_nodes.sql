-- Keys of Data Protection for nodes that share a database, and which archive the contents are in.

CREATE TABLE key_ring (
  name TEXT PRIMARY KEY,
  xml TEXT NOT NULL,
  added_at BIGINT NOT NULL
);

-- One row: 'folder' or s3://bucket/prefix.
CREATE TABLE archive_place (
  id INTEGER PRIMARY KEY,
  place TEXT NOT NULL
);

-- What was stored before lies in the data folder.
INSERT INTO archive_place (id, place)
SELECT 1, 'folder' WHERE EXISTS (SELECT 1 FROM intake_file) OR EXISTS (SELECT 1 FROM record_version) OR EXISTS (SELECT 1 FROM catalogue_edition);
