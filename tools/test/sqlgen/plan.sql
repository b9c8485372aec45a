-- name: plan_tasks :many
-- in: plan_id i64
-- row: task
SELECT id, title, due, percent, done, weight, parent, picture FROM task WHERE plan_id = :plan_id;

-- name: plan_count :one
-- out: n i64
SELECT count(*) AS n FROM plan;

-- name: plan_totals :many
-- out: state str, n i64
SELECT state, count(*) AS n FROM plan GROUP BY state;
