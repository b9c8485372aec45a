-- name: plan_insert :one
-- in: committee_id i64, document_id i64, number str, number_fold str, title str, year i64, issued date
-- out: id i64
INSERT INTO plan (committee_id, document_id, number, number_fold, title, year, issued, version)
VALUES (:committee_id, :document_id, :number, :number_fold, :title, :year, :issued, 1)
RETURNING id;
-- only sqlite
INSERT INTO plan (id, committee_id, document_id, number, number_fold, title, year, issued, version)
VALUES ((SELECT max(s.top, (SELECT coalesce(max(p.id), 0) FROM plan p)) + 1 FROM spent_id s WHERE s.kind = 'plan'),
        :committee_id, :document_id, :number, :number_fold, :title, :year, :issued, 1)
RETURNING id;
-- end

-- name: plan_get :one
-- in: committee_id i64, id i64
-- row: plan
-- out: id i64, document_id i64, number str, title str, year i64, issued date, tasks i64, version i64
SELECT p.id, p.document_id, p.number, p.title, p.year, p.issued,
       (SELECT count(*) FROM task t WHERE t.plan_id = p.id), p.version
FROM plan p WHERE p.committee_id = :committee_id AND p.id = :id;

-- What its tasks carry of a plan.
-- name: plan_head :one
-- in: committee_id i64, id i64
-- row: plan_head
-- out: number str, issued date
SELECT number, issued FROM plan WHERE committee_id = :committee_id AND id = :id;

-- name: plan_list :many
-- in: committee_id i64
-- row: plan
-- scan: plans of a committee, a few a year
SELECT p.id, p.document_id, p.number, p.title, p.year, p.issued,
       (SELECT count(*) FROM task t WHERE t.plan_id = p.id), p.version
FROM plan p WHERE p.committee_id = :committee_id ORDER BY p.issued DESC, p.id DESC LIMIT 200;

-- The same without what must be counted: for choices, and the newest.
-- name: plan_brief_list :many
-- in: committee_id i64
-- row: plan_brief
-- out: id i64, number str, year i64, issued date
SELECT id, number, year, issued FROM plan WHERE committee_id = :committee_id ORDER BY issued DESC, id DESC LIMIT 200;

-- The command line finds plans by number over all committees; year 0: any. "2653" finds 2653/KH-BCĐ, "128" 128-KH/TU.
-- name: plan_find :many
-- no-scope: the operator at the command line owns the data folder
-- scan: a number typed at the command line
-- in: number_fold str, year i64
-- row: plan_found
-- out: id i64, committee_id i64, number str, title str, year i64, issued date
SELECT id, committee_id, number, title, year, issued FROM plan
WHERE (number_fold = :number_fold
       OR substr(number_fold, 1, length(:number_fold) + 1) IN (:number_fold || '/', :number_fold || '-'))
  AND (:year = 0 OR year = :year)
ORDER BY year, id LIMIT 50;

-- name: plan_document_insert :exec
-- in: committee_id i64, plan_id i64, document_id i64
INSERT INTO plan_document (committee_id, plan_id, document_id) VALUES (:committee_id, :plan_id, :document_id);

-- name: plan_documents :many
-- in: committee_id i64, plan_id i64
-- row: document
SELECT d.id, d.type, d.number, d.day, d.place, d.issuer, d.title, d.addressee, d.signer, d.signer_title, d.file_id, d.body
FROM plan_document p JOIN document d ON d.id = p.document_id
WHERE p.committee_id = :committee_id AND p.plan_id = :plan_id ORDER BY d.id;

-- name: task_group_insert :one
-- in: committee_id i64, plan_id i64, ord i64, no str, title str
-- out: id i64
INSERT INTO task_group (committee_id, plan_id, ord, no, title) VALUES (:committee_id, :plan_id, :ord, :no, :title)
RETURNING id;

-- name: task_group_list :many
-- in: committee_id i64, plan_id i64
-- row: task_group
-- out: id i64, no str, title str
SELECT id, no, title FROM task_group WHERE committee_id = :committee_id AND plan_id = :plan_id ORDER BY ord;

-- name: duty_insert :exec
-- in: committee_id i64, plan_id i64, ord i64, no str, agency str, body str, recur str?, request bool, span_from i64, span_to i64
INSERT INTO duty (committee_id, plan_id, ord, no, agency, body, recur, request, span_from, span_to)
VALUES (:committee_id, :plan_id, :ord, :no, :agency, :body, :recur, :request, :span_from, :span_to);

-- name: duty_list :many
-- in: committee_id i64, plan_id i64
-- row: duty
-- out: no str, agency str, body str, recur str?, request bool, span_from i64, span_to i64
SELECT no, agency, body, recur, request, span_from, span_to FROM duty
WHERE committee_id = :committee_id AND plan_id = :plan_id ORDER BY ord;

-- name: plan_note_insert :exec
-- in: committee_id i64, plan_id i64, task_id id?, kind str, place str?, body str, span_from i64, span_to i64
INSERT INTO plan_note (committee_id, plan_id, task_id, kind, place, body, span_from, span_to)
VALUES (:committee_id, :plan_id, :task_id, :kind, :place, :body, :span_from, :span_to);

-- name: plan_note_list :many
-- in: committee_id i64, plan_id i64
-- row: plan_note
-- out: id i64, task_id id?, kind str, place str?, body str, span_from i64, span_to i64, closed_at i64?
SELECT id, task_id, kind, place, body, span_from, span_to, closed_at FROM plan_note
WHERE committee_id = :committee_id AND plan_id = :plan_id ORDER BY id;
