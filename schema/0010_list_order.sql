-- The newest plans first, for choices and the head of the board; what ended since a past day, phase by phase.
CREATE INDEX plan_by_issued ON plan (committee_id, issued, id, number, year);
CREATE INDEX task_span_ended ON task_span (committee_id, agency_id, phase, to_day, from_day, due_key, task_id, assignment_id)
WHERE to_day < '9999-12-31';
