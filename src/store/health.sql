-- Answers when the database does; for the status page and the load balancer.
-- name: health_check :one
-- in: n i64
-- out: n i64
SELECT CAST(:n AS BIGINT) AS n;
