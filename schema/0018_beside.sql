-- What lists say beside tasks is read from indexes: who leads and coordinates, and what was told last with its words.
DROP INDEX assignment_by_task;
CREATE INDEX assignment_by_task ON assignment (task_id, role, agency_id, committee_id, to_day, from_day);

-- only sqlite
CREATE INDEX task_event_told ON task_event (task_id, day, id, committee_id, note)
WHERE note <> '' AND kind IN ('updated', 'handed_in', 'confirmed', 'handed_back', 'suspended', 'resumed', 'discontinued');
-- end
-- only pg
CREATE INDEX task_event_told ON task_event (task_id, day, id) -- a key of its own has no room for long words
WHERE note <> '' AND kind IN ('updated', 'handed_in', 'confirmed', 'handed_back', 'suspended', 'resumed', 'discontinued');
-- end
