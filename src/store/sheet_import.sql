-- name: sheet_import_insert :one
-- in: committee_id i64, file_id i64, draft str, rows_good i64, rows_bad i64, now i64, created_by id?
-- out: id i64
INSERT INTO sheet_import (committee_id, file_id, state, draft, mapping, plan_new, rows_good, rows_bad, created_at, created_by, version)
VALUES (:committee_id, :file_id, 'open', :draft, '', 0, :rows_good, :rows_bad, :now, :created_by, 1)
RETURNING id;

-- name: sheet_import_get :one
-- in: committee_id i64, id i64
-- row: sheet_import
-- out: id i64, file_id i64, file_name str, state str, draft str, mapping str, plan_id id?, plan_new bool, rows_good i64, rows_bad i64, created_at i64, post str?, imported_at i64?, version i64
SELECT s.id, s.file_id, f.name, s.state, s.draft, s.mapping, s.plan_id, s.plan_new, s.rows_good, s.rows_bad, s.created_at, a.post, s.imported_at, s.version
FROM sheet_import s JOIN file f ON f.id = s.file_id LEFT JOIN account a ON a.id = s.created_by
WHERE s.committee_id = :committee_id AND s.id = :id;

-- name: sheet_import_list :many
-- in: committee_id i64
-- row: sheet_import_item
-- out: id i64, file_name str, state str, plan_id id?, plan_number str?, rows_good i64, rows_bad i64, created_at i64, post str?
SELECT s.id, f.name, s.state, s.plan_id, p.number, s.rows_good, s.rows_bad, s.created_at, a.post
FROM sheet_import s JOIN file f ON f.id = s.file_id LEFT JOIN plan p ON p.id = s.plan_id LEFT JOIN account a ON a.id = s.created_by
WHERE s.committee_id = :committee_id
ORDER BY s.id DESC LIMIT 100;

-- name: sheet_import_map :maybe
-- in: committee_id i64, id i64, version i64, mapping str, rows_good i64, rows_bad i64
-- out: version i64
UPDATE sheet_import SET mapping = :mapping, rows_good = :rows_good, rows_bad = :rows_bad, version = version + 1
WHERE committee_id = :committee_id AND id = :id AND version = :version AND state = 'open'
RETURNING version;

-- name: sheet_import_state :maybe
-- in: committee_id i64, id i64, version i64, state str, plan_id id?, plan_new bool, imported_at i64?
-- out: version i64
UPDATE sheet_import SET state = :state, plan_id = :plan_id, plan_new = :plan_new, imported_at = :imported_at, version = version + 1
WHERE committee_id = :committee_id AND id = :id AND version = :version
RETURNING version;

-- name: sheet_item_insert :exec
-- in: committee_id i64, import_id i64, kind str, object_id i64
INSERT INTO sheet_import_item (import_id, kind, object_id, committee_id) VALUES (:import_id, :kind, :object_id, :committee_id);

-- name: sheet_item_tasks :many
-- in: committee_id i64, import_id i64
-- row: sheet_item
-- out: id i64, no str, title str, version i64, events i64
SELECT t.id, t.no, t.title, t.version,
       (SELECT count(*) FROM task_event e WHERE e.task_id = t.id AND e.kind <> 'assigned') AS events
FROM sheet_import_item i JOIN task t ON t.id = i.object_id
WHERE i.committee_id = :committee_id AND i.import_id = :import_id AND i.kind = 'task'
ORDER BY t.id;

-- Reports that were closed with these tasks in their figures.
-- name: sheet_kept_reports :one
-- scan: a few reports a plan
-- in: committee_id i64, plan_id i64, since i64
-- out: n i64
SELECT count(*) AS n FROM kept_report WHERE committee_id = :committee_id AND plan_id = :plan_id AND data_at > :since;

-- name: sheet_undo_events :exec
-- in: committee_id i64, task_id i64
DELETE FROM task_event WHERE committee_id = :committee_id AND task_id = :task_id;

-- name: sheet_undo_spans :exec
-- in: committee_id i64, task_id i64
DELETE FROM task_span WHERE committee_id = :committee_id AND task_id = :task_id;

-- name: sheet_undo_assignments :exec
-- in: committee_id i64, task_id i64
DELETE FROM assignment WHERE committee_id = :committee_id AND task_id = :task_id;

-- name: sheet_undo_task :exec
-- in: committee_id i64, task_id i64
DELETE FROM task WHERE committee_id = :committee_id AND id = :task_id;

-- name: sheet_undo_groups :exec
-- scan: an import has few groups, and is taken back rarely
-- in: committee_id i64, import_id i64
DELETE FROM task_group
WHERE committee_id = :committee_id
  AND id IN (SELECT object_id FROM sheet_import_item WHERE import_id = :import_id AND kind = 'group')
  AND NOT EXISTS (SELECT 1 FROM task t WHERE t.group_id = task_group.id AND t.plan_id = task_group.plan_id);

-- Only one that is empty again.
-- name: sheet_undo_plan :exec
-- in: committee_id i64, plan_id i64
DELETE FROM plan
WHERE committee_id = :committee_id AND id = :plan_id
  AND NOT EXISTS (SELECT 1 FROM task t WHERE t.plan_id = plan.id)
  AND NOT EXISTS (SELECT 1 FROM task_group g WHERE g.plan_id = plan.id)
  AND NOT EXISTS (SELECT 1 FROM plan_note n WHERE n.plan_id = plan.id)
  AND NOT EXISTS (SELECT 1 FROM plan_document d WHERE d.plan_id = plan.id)
  AND NOT EXISTS (SELECT 1 FROM kept_report k WHERE k.plan_id = plan.id);

-- name: sheet_heading_put :exec
-- in: committee_id i64, heading_fold str, field str, now i64, accepted_by id?
INSERT INTO sheet_heading (committee_id, heading_fold, field, accepted_by, accepted_at)
VALUES (:committee_id, :heading_fold, :field, :accepted_by, :now)
ON CONFLICT (committee_id, heading_fold) DO UPDATE
SET field = excluded.field, accepted_by = excluded.accepted_by, accepted_at = excluded.accepted_at;

-- name: sheet_headings :many
-- in: committee_id i64
-- row: sheet_heading
-- out: heading_fold str, field str
SELECT heading_fold, field FROM sheet_heading WHERE committee_id = :committee_id ORDER BY heading_fold LIMIT 500;

-- name: sheet_group_next :one
-- in: committee_id i64, plan_id i64
-- out: ord i64
SELECT coalesce(max(ord) + 1, 0) AS ord FROM task_group WHERE committee_id = :committee_id AND plan_id = :plan_id;

-- A plan by the number and day of its paper.
-- name: plan_of_paper :maybe
-- in: committee_id i64, number str, day date
-- out: id i64
SELECT p.id FROM plan p WHERE p.committee_id = :committee_id AND p.number = :number AND p.issued = :day ORDER BY p.id LIMIT 1;

-- An id that is taken back is never given again: what was written and linked of it would speak of something else.
-- name: spent_id_put :exec
-- in: kind str, top i64
INSERT INTO spent_id (kind, top) VALUES (:kind, :top)
ON CONFLICT (kind) DO UPDATE SET top = CASE WHEN excluded.top > spent_id.top THEN excluded.top ELSE spent_id.top END;
