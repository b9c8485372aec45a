-- Several files of one paper.

-- name: intake_head_put :exec
-- in: committee_id i64, intake_id i64, number_fold str, day date?, title str
INSERT INTO intake_head (intake_id, committee_id, number_fold, day, title) VALUES (:intake_id, :committee_id, :number_fold, :day, :title)
ON CONFLICT (intake_id) DO UPDATE SET number_fold = excluded.number_fold, day = excluded.day, title = excluded.title;

-- name: intake_head_get :maybe
-- in: committee_id i64, intake_id i64
-- row: intake_head
-- out: number_fold str, day date?, title str
SELECT number_fold, day, title FROM intake_head WHERE committee_id = :committee_id AND intake_id = :intake_id;

-- Other files that wait, those of the same head first.
-- name: intake_join_list :many
-- scan: drafts that wait, some tens
-- in: committee_id i64, intake_id i64, number_fold str, day date?
-- row: intake_other
-- out: id i64, file_name str, title str, day date?, same i32, tasks i64, mine i64, version i64
SELECT i.id, f.name AS file_name, coalesce(h.title, '') AS title, h.day,
       CASE WHEN h.number_fold = :number_fold AND :number_fold <> '' AND h.day IS NOT DISTINCT FROM :day THEN 1 ELSE 0 END AS same,
       (SELECT count(*) FROM draft_task d WHERE d.intake_id = i.id AND d.gone = 0) AS tasks,
       (SELECT count(*) FROM draft_task d WHERE d.intake_id = :intake_id AND d.gone = 0) AS mine, i.version
FROM intake i JOIN file f ON f.id = i.file_id LEFT JOIN intake_head h ON h.intake_id = i.id
WHERE i.committee_id = :committee_id AND i.state = 'draft' AND i.id <> :intake_id
ORDER BY same DESC, i.id DESC LIMIT 50;

-- name: intake_join_draft :maybe
-- in: committee_id i64, id i64, version i64, draft str
-- out: version i64
UPDATE intake SET draft = :draft, version = version + 1
WHERE committee_id = :committee_id AND id = :id AND version = :version AND state = 'draft'
RETURNING version;

-- name: intake_joined :maybe
-- in: committee_id i64, id i64, into_id i64
-- out: version i64
UPDATE intake SET state = 'dropped', joined_into = :into_id, version = version + 1
WHERE committee_id = :committee_id AND id = :id AND state = 'draft'
RETURNING version;

-- name: intake_part_insert :exec
-- in: committee_id i64, intake_id i64, ord i64, file_id i64, kind str, span_from i64, span_to i64, note str?, draft_before str?
INSERT INTO intake_part (committee_id, intake_id, ord, file_id, kind, span_from, span_to, note, draft_before)
VALUES (:committee_id, :intake_id, :ord, :file_id, :kind, :span_from, :span_to, :note, :draft_before);

-- name: intake_parts :many
-- in: committee_id i64, intake_id i64
-- row: intake_part
-- out: id i64, ord i64, file_id i64, name str, kind str, span_from i64, span_to i64, note str?
SELECT p.id, p.ord, p.file_id, f.name, p.kind, p.span_from, p.span_to, p.note
FROM intake_part p JOIN file f ON f.id = p.file_id
WHERE p.committee_id = :committee_id AND p.intake_id = :intake_id ORDER BY p.ord;

-- The draft before a part was put behind it.
-- name: intake_part_before :one
-- in: committee_id i64, id i64
-- out: draft_before str?
SELECT draft_before FROM intake_part WHERE committee_id = :committee_id AND id = :id;

-- name: intake_part_delete :exec
-- in: committee_id i64, id i64
DELETE FROM intake_part WHERE committee_id = :committee_id AND id = :id;

-- The draft that a part was before.
-- name: intake_parts_of :maybe
-- scan: an intake by the file it came with; some hundreds a committee
-- in: committee_id i64, joined_into i64, file_id i64
-- row: intake_parts_of
-- out: id i64, version i64
SELECT id, version FROM intake
WHERE committee_id = :committee_id AND joined_into = :joined_into AND file_id = :file_id AND state = 'dropped'
ORDER BY id DESC LIMIT 1;

-- name: intake_parted :maybe
-- in: committee_id i64, id i64, joined_into i64
-- out: version i64
UPDATE intake SET state = 'draft', joined_into = NULL, version = version + 1
WHERE committee_id = :committee_id AND id = :id AND joined_into = :joined_into AND state = 'dropped'
RETURNING version;

-- What was done before files were parted cannot be taken back any more.
-- name: draft_steps_close :exec
-- in: committee_id i64, intake_id i64
UPDATE draft_change SET undone = 1 WHERE committee_id = :committee_id AND intake_id = :intake_id AND undone = 0;

-- name: draft_head_steps_close :exec
-- in: committee_id i64, intake_id i64
UPDATE draft_head_change SET undone = 1 WHERE committee_id = :committee_id AND intake_id = :intake_id AND undone = 0;
