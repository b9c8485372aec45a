-- name: job_list :many
-- scan: a handful of jobs
-- row: job
-- out: name str, owner str?, until_at i64, last_run i64?, last_result str?, next_run i64
SELECT name, owner, until_at, last_run, last_result, next_run FROM job ORDER BY name LIMIT 100;

-- One server of several gets the lease.
-- name: job_lease :maybe
-- in: name str, owner str, now i64, until_at i64
-- out: name str
INSERT INTO job (name, owner, until_at, next_run) VALUES (:name, :owner, :until_at, :now)
ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until_at = excluded.until_at
WHERE job.until_at <= :now AND job.next_run <= :now
RETURNING name;

-- name: job_done :exec
-- in: name str, owner str, now i64, result str, next_run i64
UPDATE job SET last_run = :now, last_result = :result, next_run = :next_run, until_at = 0
WHERE name = :name AND owner = :owner;
