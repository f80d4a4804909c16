-- Lists, newest first, for callers of one, some or all facilities: in the order of the list, the facility beside it to be passed over unread.
DROP INDEX record_version_by_discharge;
DROP INDEX record_version_by_arrival;
DROP INDEX record_version_by_state;
CREATE INDEX record_version_by_discharge ON record_version (ngay_ra, record_id, facility) WHERE is_current = 1;
CREATE INDEX record_version_by_arrival ON record_version (received_at, record_id, facility) WHERE is_current = 1;
CREATE INDEX record_version_by_state ON record_version (state, ngay_ra, record_id, facility) WHERE is_current = 1;

-- Findings of current versions that count, added up for the page of findings. Kept in step with record_cause.
-- part: 0 a rule in a department, 1 a rule (department is ''), 2 a department (rule, table and field are '').
CREATE TABLE finding_count (
  facility TEXT NOT NULL,
  part INTEGER NOT NULL,
  rule TEXT NOT NULL,
  department TEXT NOT NULL,
  table_name TEXT NOT NULL,
  field TEXT NOT NULL,
  records BIGINT NOT NULL,
  findings BIGINT NOT NULL,
  blocks BIGINT NOT NULL,
  at_risk $MONEY$ NOT NULL,
  PRIMARY KEY (facility, part, rule, department)
);
INSERT INTO finding_count (facility, part, rule, department, table_name, field, records, findings, blocks, at_risk)
SELECT s.facility, 0, c.rule, s.department, MIN(c.table_name), MIN(c.field), COUNT(DISTINCT s.record_id), SUM(s.findings), SUM(s.blocks), SUM(s.at_risk)
FROM record_cause s JOIN cause c ON c.cause = s.cause WHERE s.suppressed = 0 GROUP BY s.facility, c.rule, s.department;
INSERT INTO finding_count (facility, part, rule, department, table_name, field, records, findings, blocks, at_risk)
SELECT s.facility, 1, c.rule, '', MIN(c.table_name), MIN(c.field), COUNT(DISTINCT s.record_id), SUM(s.findings), SUM(s.blocks), SUM(s.at_risk)
FROM record_cause s JOIN cause c ON c.cause = s.cause WHERE s.suppressed = 0 GROUP BY s.facility, c.rule;
INSERT INTO finding_count (facility, part, rule, department, table_name, field, records, findings, blocks, at_risk)
SELECT facility, 2, '', department, '', '', COUNT(DISTINCT record_id), SUM(findings), SUM(blocks), SUM(at_risk)
FROM record_cause WHERE suppressed = 0 GROUP BY facility, department;
