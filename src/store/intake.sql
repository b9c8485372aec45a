-- name: file_insert :one
-- in: committee_id i64, name str, type str, size i64, sha256 blob, bytes blob, now i64, created_by id?
-- out: id i64
INSERT INTO file (committee_id, name, type, size, sha256, bytes, created_at, created_by)
VALUES (:committee_id, :name, :type, :size, :sha256, :bytes, :now, :created_by)
RETURNING id;

-- name: file_get :one
-- in: committee_id i64, id i64
-- row: file
-- out: id i64, name str, type str, size i64, sha256 blob, bytes blob
SELECT id, name, type, size, sha256, bytes FROM file WHERE committee_id = :committee_id AND id = :id;

-- name: intake_by_hash :maybe
-- in: committee_id i64, sha256 blob
-- out: id i64, state str, plan_id id?
-- row: intake_known
SELECT id, state, plan_id FROM intake WHERE committee_id = :committee_id AND sha256 = :sha256 AND state <> 'dropped'
ORDER BY id DESC LIMIT 1;

-- name: intake_insert :one
-- in: committee_id i64, file_id i64, sha256 blob, draft str, now i64, created_by id?
-- out: id i64
INSERT INTO intake (committee_id, file_id, sha256, state, draft, created_at, created_by, version)
VALUES (:committee_id, :file_id, :sha256, 'draft', :draft, :now, :created_by, 1)
RETURNING id;

-- name: intake_get :one
-- in: committee_id i64, id i64
-- row: intake
-- out: id i64, file_id i64, file_name str, state str, draft str, plan_id id?, created_at i64, version i64
SELECT i.id, i.file_id, f.name, i.state, i.draft, i.plan_id, i.created_at, i.version
FROM intake i JOIN file f ON f.id = i.file_id
WHERE i.committee_id = :committee_id AND i.id = :id;

-- name: intake_list :many
-- in: committee_id i64
-- row: intake_item
-- out: id i64, file_name str, state str, plan_id id?, created_at i64, post str?, rows_total i64, rows_seen i64
-- scan: drafts of a committee, some tens
SELECT i.id, f.name, i.state, i.plan_id, i.created_at, a.post,
       (SELECT count(*) FROM draft_task d WHERE d.intake_id = i.id),
       (SELECT count(*) FROM draft_task d WHERE d.intake_id = i.id AND d.state <> 'unseen')
FROM intake i JOIN file f ON f.id = i.file_id LEFT JOIN account a ON a.id = i.created_by
WHERE i.committee_id = :committee_id
ORDER BY i.id DESC LIMIT 100;

-- name: intake_set_state :maybe
-- in: committee_id i64, id i64, version i64, state str, plan_id id?
-- out: version i64
UPDATE intake SET state = :state, plan_id = :plan_id, version = version + 1
WHERE committee_id = :committee_id AND id = :id AND version = :version AND state = 'draft'
RETURNING version;

-- name: draft_task_insert :exec
-- in: committee_id i64, intake_id i64, ord i64, no str, group_no str?, title str, lead str, coordinating str, deadline_text str, output str, needs_look bool
INSERT INTO draft_task (committee_id, intake_id, ord, no, group_no, title, lead, coordinating, deadline_text, output,
                        state, needs_look, version)
VALUES (:committee_id, :intake_id, :ord, :no, :group_no, :title, :lead, :coordinating, :deadline_text, :output,
        'unseen', :needs_look, 1);

-- name: draft_task_list :many
-- in: committee_id i64, intake_id i64
-- row: draft_task
-- out: id i64, ord i64, no str, group_no str?, title str, lead str, coordinating str, deadline_text str, output str, state str, needs_look bool, post str?, verified_at i64?, version i64
SELECT d.id, d.ord, d.no, d.group_no, d.title, d.lead, d.coordinating, d.deadline_text, d.output, d.state, d.needs_look,
       a.post, d.verified_at, d.version
FROM draft_task d LEFT JOIN account a ON a.id = d.verified_by
WHERE d.committee_id = :committee_id AND d.intake_id = :intake_id
ORDER BY d.ord, d.id;

-- name: draft_task_get :one
-- in: committee_id i64, intake_id i64, id i64
-- row: draft_task
SELECT d.id, d.ord, d.no, d.group_no, d.title, d.lead, d.coordinating, d.deadline_text, d.output, d.state, d.needs_look,
       a.post, d.verified_at, d.version
FROM draft_task d LEFT JOIN account a ON a.id = d.verified_by
WHERE d.committee_id = :committee_id AND d.intake_id = :intake_id AND d.id = :id;

-- name: draft_task_update :maybe
-- in: committee_id i64, id i64, version i64, title str, lead str, coordinating str, deadline_text str, output str, state str, verified_by id?, verified_at i64?
-- out: version i64
UPDATE draft_task SET title = :title, lead = :lead, coordinating = :coordinating, deadline_text = :deadline_text,
       output = :output, state = :state, verified_by = :verified_by, verified_at = :verified_at, version = version + 1
WHERE committee_id = :committee_id AND id = :id AND version = :version
RETURNING version;

-- name: draft_change_insert :exec
-- in: committee_id i64, intake_id i64, draft_task_id i64, title str, lead str, coordinating str, deadline_text str, output str, state str, changed_by id?, now i64
INSERT INTO draft_change (committee_id, intake_id, draft_task_id, title, lead, coordinating, deadline_text, output, state,
                          changed_by, changed_at, undone)
VALUES (:committee_id, :intake_id, :draft_task_id, :title, :lead, :coordinating, :deadline_text, :output, :state,
        :changed_by, :now, 0);

-- name: draft_change_last :maybe
-- in: committee_id i64, intake_id i64
-- row: draft_change
-- out: id i64, draft_task_id i64, title str, lead str, coordinating str, deadline_text str, output str, state str
SELECT id, draft_task_id, title, lead, coordinating, deadline_text, output, state FROM draft_change
WHERE committee_id = :committee_id AND intake_id = :intake_id AND undone = 0
ORDER BY id DESC LIMIT 1;

-- name: draft_change_undone :exec
-- in: committee_id i64, id i64
UPDATE draft_change SET undone = 1 WHERE committee_id = :committee_id AND id = :id;
