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
-- out: id i64, file_id i64, file_name str, state str, draft str, plan_id id?, created_at i64, opened_at i64?, active_seconds i64, version i64
SELECT i.id, i.file_id, f.name, i.state, i.draft, i.plan_id, i.created_at, i.opened_at, i.active_seconds, i.version
FROM intake i JOIN file f ON f.id = i.file_id
WHERE i.committee_id = :committee_id AND i.id = :id;

-- The first look at a draft: from here its verifying is measured.
-- name: intake_opened :exec
-- in: committee_id i64, id i64, now i64
UPDATE intake SET opened_at = :now, acted_at = :now
WHERE committee_id = :committee_id AND id = :id AND opened_at IS NULL AND state = 'draft';

-- Time between two acts, a pause counted as two minutes at most.
-- name: intake_touch :exec
-- in: committee_id i64, id i64, now i64
UPDATE intake SET active_seconds = active_seconds + CASE WHEN acted_at IS NULL OR acted_at > :now THEN 0
                                                         WHEN :now - acted_at > 120 THEN 120
                                                         ELSE :now - acted_at END,
       acted_at = :now, opened_at = coalesce(opened_at, :now)
WHERE committee_id = :committee_id AND id = :id;

-- name: intake_list :many
-- in: committee_id i64
-- row: intake_item
-- out: id i64, file_name str, state str, plan_id id?, created_at i64, post str?, rows_total i64, rows_seen i64, active_seconds i64
-- scan: drafts of a committee, some tens
SELECT i.id, f.name, i.state, i.plan_id, i.created_at, a.post,
       (SELECT count(*) FROM draft_task d WHERE d.intake_id = i.id AND d.gone = 0),
       (SELECT count(*) FROM draft_task d WHERE d.intake_id = i.id AND d.gone = 0 AND d.state <> 'unseen'),
       i.active_seconds
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
                        state, needs_look, version, place)
VALUES (:committee_id, :intake_id, :ord, :no, :group_no, :title, :lead, :coordinating, :deadline_text, :output,
        'unseen', :needs_look, 1, :ord);

-- A row that a person adds, or the second half of one that is split.
-- name: draft_task_add :one
-- in: committee_id i64, intake_id i64, ord i64, no str, group_no str?, title str, lead str, coordinating str, deadline_text str, output str, needs_look bool, place i64, also str
-- out: id i64
INSERT INTO draft_task (committee_id, intake_id, ord, no, group_no, title, lead, coordinating, deadline_text, output,
                        state, needs_look, version, place, also)
VALUES (:committee_id, :intake_id, :ord, :no, :group_no, :title, :lead, :coordinating, :deadline_text, :output,
        'unseen', :needs_look, 1, :place, :also)
RETURNING id;

-- Makes room for rows, or takes it back.
-- name: draft_task_shift :exec
-- in: committee_id i64, intake_id i64, from_place i64, by i64
UPDATE draft_task SET place = place + :by
WHERE committee_id = :committee_id AND intake_id = :intake_id AND place >= :from_place;

-- name: draft_task_list :many
-- in: committee_id i64, intake_id i64
-- row: draft_task
-- out: id i64, ord i64, no str, group_no str?, title str, lead str, coordinating str, deadline_text str, output str, state str, needs_look bool, verified_by id?, post str?, verified_at i64?, version i64, place i64, gone bool, also str
SELECT d.id, d.ord, d.no, d.group_no, d.title, d.lead, d.coordinating, d.deadline_text, d.output, d.state, d.needs_look,
       d.verified_by, a.post, d.verified_at, d.version, d.place, d.gone, d.also
FROM draft_task d LEFT JOIN account a ON a.id = d.verified_by
WHERE d.committee_id = :committee_id AND d.intake_id = :intake_id AND d.gone = 0
ORDER BY d.place, d.id;

-- name: draft_task_get :one
-- in: committee_id i64, intake_id i64, id i64
-- row: draft_task
SELECT d.id, d.ord, d.no, d.group_no, d.title, d.lead, d.coordinating, d.deadline_text, d.output, d.state, d.needs_look,
       d.verified_by, a.post, d.verified_at, d.version, d.place, d.gone, d.also
FROM draft_task d LEFT JOIN account a ON a.id = d.verified_by
WHERE d.committee_id = :committee_id AND d.intake_id = :intake_id AND d.id = :id;

-- The row above, by the order people see.
-- name: draft_task_above :maybe
-- in: committee_id i64, intake_id i64, place i64
-- row: draft_task
SELECT d.id, d.ord, d.no, d.group_no, d.title, d.lead, d.coordinating, d.deadline_text, d.output, d.state, d.needs_look,
       d.verified_by, a.post, d.verified_at, d.version, d.place, d.gone, d.also
FROM draft_task d LEFT JOIN account a ON a.id = d.verified_by
WHERE d.committee_id = :committee_id AND d.intake_id = :intake_id AND d.gone = 0 AND d.place < :place
ORDER BY d.place DESC, d.id DESC LIMIT 1;

-- name: draft_task_below :maybe
-- in: committee_id i64, intake_id i64, place i64
-- row: draft_task
SELECT d.id, d.ord, d.no, d.group_no, d.title, d.lead, d.coordinating, d.deadline_text, d.output, d.state, d.needs_look,
       d.verified_by, a.post, d.verified_at, d.version, d.place, d.gone, d.also
FROM draft_task d LEFT JOIN account a ON a.id = d.verified_by
WHERE d.committee_id = :committee_id AND d.intake_id = :intake_id AND d.gone = 0 AND d.place > :place
ORDER BY d.place, d.id LIMIT 1;

-- name: draft_task_last_place :one
-- in: committee_id i64, intake_id i64
-- out: place i64
SELECT coalesce(max(place), -1) FROM draft_task WHERE committee_id = :committee_id AND intake_id = :intake_id;

-- name: draft_task_update :maybe
-- in: committee_id i64, id i64, version i64, no str, title str, lead str, coordinating str, deadline_text str, output str, state str, verified_by id?, verified_at i64?
-- in: place i64, gone bool, also str
-- out: version i64
UPDATE draft_task SET no = :no, title = :title, lead = :lead, coordinating = :coordinating,
       deadline_text = :deadline_text, output = :output, state = :state, verified_by = :verified_by,
       verified_at = :verified_at, place = :place, gone = :gone, also = :also, version = version + 1
WHERE committee_id = :committee_id AND id = :id AND version = :version
RETURNING version;

-- name: draft_change_insert :exec
-- in: committee_id i64, intake_id i64, draft_task_id i64, title str, lead str, coordinating str, deadline_text str, output str, state str, changed_by id?, now i64
-- in: step i64, act str, no str, also str, place i64?, gone bool, verified_by id?, verified_at i64?
INSERT INTO draft_change (committee_id, intake_id, draft_task_id, title, lead, coordinating, deadline_text, output, state,
                          changed_by, changed_at, undone, step, act, no, also, place, gone, verified_by, verified_at)
VALUES (:committee_id, :intake_id, :draft_task_id, :title, :lead, :coordinating, :deadline_text, :output, :state,
        :changed_by, :now, 0, :step, :act, :no, :also, :place, :gone, :verified_by, :verified_at);

-- name: draft_step_next :one
-- in: committee_id i64, intake_id i64
-- out: step i64
SELECT coalesce(max(step), 0) + 1
FROM (SELECT step FROM draft_change WHERE committee_id = :committee_id AND intake_id = :intake_id
      UNION ALL SELECT step FROM draft_head_change WHERE committee_id = :committee_id AND intake_id = :intake_id) s;

-- name: draft_step_last :maybe
-- in: committee_id i64, intake_id i64
-- row: draft_step
-- out: step i64, act str
SELECT step, act
FROM (SELECT step, act FROM draft_change WHERE committee_id = :committee_id AND intake_id = :intake_id AND undone = 0
      UNION ALL
      SELECT step, act FROM draft_head_change WHERE committee_id = :committee_id AND intake_id = :intake_id AND undone = 0) s
ORDER BY step DESC LIMIT 1;

-- name: draft_step_changes :many
-- in: committee_id i64, intake_id i64, step i64
-- row: draft_change
-- out: id i64, draft_task_id i64, no str, title str, lead str, coordinating str, deadline_text str, output str, state str, verified_by id?, verified_at i64?, place i64?, gone bool, also str
SELECT id, draft_task_id, no, title, lead, coordinating, deadline_text, output, state, verified_by, verified_at, place,
       gone, also
FROM draft_change
WHERE committee_id = :committee_id AND intake_id = :intake_id AND step = :step
ORDER BY id DESC;

-- name: draft_step_undone :exec
-- in: committee_id i64, intake_id i64, step i64
UPDATE draft_change SET undone = 1
WHERE committee_id = :committee_id AND intake_id = :intake_id AND step = :step;

-- How a plan came in: the draft it was, and how long verifying took.
-- name: intake_of_plan :maybe
-- scan: the drafts of a committee, some hundreds
-- in: committee_id i64, plan_id i64
-- row: intake_of_plan
-- out: id i64, opened_at i64?, acted_at i64?, active_seconds i64, rows i64, edited i64
SELECT i.id, i.opened_at, i.acted_at, i.active_seconds,
       (SELECT count(*) FROM draft_task d WHERE d.intake_id = i.id AND d.gone = 0 AND d.state <> 'dropped') AS rows,
       (SELECT count(*) FROM draft_task d WHERE d.intake_id = i.id AND d.gone = 0 AND d.state = 'edited') AS edited
FROM intake i
WHERE i.committee_id = :committee_id AND i.plan_id = :plan_id AND i.state = 'confirmed'
ORDER BY i.id LIMIT 1;

-- Who verified it, by post.
-- name: intake_verifiers :many
-- in: committee_id i64, intake_id i64
-- row: intake_verifier
-- out: post str
SELECT DISTINCT a.post
FROM draft_task d JOIN account a ON a.id = d.verified_by
WHERE d.committee_id = :committee_id AND d.intake_id = :intake_id AND d.gone = 0
UNION
SELECT DISTINCT a.post
FROM draft_head h JOIN account a ON a.id = h.verified_by
WHERE h.committee_id = :committee_id AND h.intake_id = :intake_id
ORDER BY post;
