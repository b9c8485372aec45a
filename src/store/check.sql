-- What `dondoc check` and the restore drill read: everything, in pages by id.

-- name: check_audit :many
-- no-scope: the chain runs over the whole installation
-- in: after_id i64
-- row: check_audit
-- out: id i64, committee_id id?, account_id id?, recorded_at i64, origin str, action str, object_id id?, detail str?, hash blob
SELECT id, committee_id, account_id, recorded_at, origin, action, object_id, detail, hash FROM audit
WHERE id > :after_id ORDER BY id LIMIT 1000;

-- name: check_file :maybe
-- no-scope: every file of the installation
-- in: after_id i64
-- row: check_file
-- out: id i64, committee_id i64, name str, size i64, sha256 blob, bytes blob
SELECT id, committee_id, name, size, sha256, bytes FROM file WHERE id > :after_id ORDER BY id LIMIT 1;

-- name: check_task :many
-- no-scope: every task of the installation
-- in: after_id i64
-- row: check_task
-- out: id i64, committee_id i64, no str, plan_id i64
SELECT id, committee_id, no, plan_id FROM task WHERE id > :after_id ORDER BY id LIMIT 500;

-- name: check_spans :many
-- in: committee_id i64, task_id i64
-- row: check_span
-- out: plan_id i64, assignment_id i64, agency_id i64, from_day date, to_day date, lifecycle i64, due date?, due_key date, conditional bool, original_due date?, done_day date?, percent i64, last_day date?, leads str
SELECT plan_id, assignment_id, agency_id, from_day, to_day, lifecycle, due, due_key, conditional, original_due, done_day,
       percent, last_day, leads
FROM task_span WHERE +committee_id = :committee_id AND task_id = :task_id ORDER BY assignment_id, from_day;

-- name: check_sessions :one
-- no-scope: of the installation, for its measures
-- scan: a row a person who is signed in
-- out: n i64
SELECT count(*) AS n FROM session;
