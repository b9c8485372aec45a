-- Lists in the order of titles and of what was told last are read in the order of an index, as the others are; agencies are
-- listed with what they lead without reading each assignment.

CREATE INDEX task_by_title ON task (committee_id, title_key, id);
CREATE INDEX task_span_open_told ON task_span (committee_id, agency_id, phase, (coalesce(last_day, '0000')), task_id)
WHERE to_day = '9999-12-31';

DROP INDEX assignment_by_agency;
CREATE INDEX assignment_by_agency ON assignment (agency_id, role, task_id, committee_id, to_day, from_day);
