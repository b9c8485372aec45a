-- One task of the committee.
-- name: task_get :one
-- in: committee_id i64, id i64
-- row: task
-- out: id i64, title str, due date?, percent i32, done bool, weight i32?, parent id?,
-- out: picture blob?
SELECT id, title, due, percent, done, weight, parent, picture /* not :a parameter */
FROM task -- nor :this
WHERE committee_id = :committee_id AND id = :id AND title <> 'it''s :not';

-- The first comment line.
-- The second, with an end of comment: */
-- name: task_list :many
-- in: committee_id i64
-- row: task
-- scan: a committee has few tasks
SELECT id, title, due, percent, done, weight, parent, picture FROM task WHERE committee_id = :committee_id
ORDER BY title;

-- name: task_insert :one
-- in: committee_id i64, title str, due date?, done bool, picture blob?
-- out: id i64
INSERT INTO task (committee_id, title, due, done, picture)
VALUES (:committee_id, :title, :due, :done, :picture)
RETURNING id;

-- name: task_find :maybe
-- in: title str
-- row: task
SELECT id, title, due, percent, done, weight, parent, picture FROM task WHERE title = :title OR :title = '';

-- name: task_delete :exec
-- in: id i64
DELETE FROM task WHERE id = :id;

-- name: task_search :many
-- in: words str, max i64
-- out: id i64
SELECT rowid AS id FROM task_fts WHERE task_fts MATCH :words LIMIT :max;
-- only pg
SELECT id FROM task_fts WHERE body @@ CAST(:words AS tsquery) AND body::text <> '' LIMIT :max;

-- Common text with one part apart.
-- name: task_mixed :one
-- in: a i64, b i64
-- out: n i64
SELECT :b +
-- only sqlite
iif(:a > 0, 1, 2)
-- only pg
greatest(:a, 1)
-- end
AS n;

-- Two ways to one list: the same filled struct serves both.
-- name: task_by_title :many
-- args: task_listing
-- in: committee_id i64, after str
-- row: task
SELECT id, title, due, percent, done, weight, parent, picture FROM task
WHERE committee_id = :committee_id AND title > :after ORDER BY title;

-- name: task_by_due :many
-- args: task_listing
-- in: committee_id i64, due date
-- row: task
SELECT id, title, due, percent, done, weight, parent, picture FROM task
WHERE committee_id = :committee_id AND due > :due ORDER BY due;
