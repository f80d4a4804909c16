-- Records that aren't at the portal yet, by deadline: the overview asks for the nearest ones.
CREATE INDEX record_version_due ON record_version (deadline_at, record_id)
  WHERE is_current = 1 AND deadline_at IS NOT NULL AND state NOT IN ('Accepted', 'Superseded');
