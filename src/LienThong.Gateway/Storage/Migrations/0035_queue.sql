-- When the next item falls due, and whether one is due, whatever the queue holds.
CREATE INDEX work_item_due ON work_item (facility, stage, due_at) WHERE status = 'Ready';
