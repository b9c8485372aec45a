-- name: audit_last :maybe
-- scan: the newest row, by the primary key
-- no-scope: the chain runs over the whole installation
-- out: hash blob
SELECT hash FROM audit ORDER BY id DESC LIMIT 1;

-- name: audit_insert :one
-- in: committee_id id?, account_id id?, now i64, origin str, action str, object_id id?, detail str?, hash blob
-- out: id i64
INSERT INTO audit (committee_id, account_id, recorded_at, origin, action, object_id, detail, hash)
VALUES (:committee_id, :account_id, :now, :origin, :action, :object_id, :detail, :hash)
RETURNING id;

-- name: audit_list :many
-- in: committee_id i64, before_id i64, max i64
-- row: audit
-- out: id i64, recorded_at i64, post str?, origin str, action str, object_id id?, detail str?, task_id id?
SELECT u.id, u.recorded_at, a.post, u.origin, u.action, u.object_id, u.detail, e.task_id
FROM audit u LEFT JOIN account a ON a.id = u.account_id
LEFT JOIN task_event e ON e.id = u.object_id AND e.committee_id = u.committee_id
     AND u.action IN ('update.add', 'update.receive', 'result.hand_in', 'result.hand_back', 'result.confirm')
WHERE u.committee_id = :committee_id AND u.id < :before_id
ORDER BY u.id DESC LIMIT :max;

-- name: action_key_get :maybe
-- in: account_id i64, name str
-- row: action_key
-- out: action str, result_id i64
SELECT action, result_id FROM action_key WHERE account_id = :account_id AND name = :name;

-- name: action_key_insert :exec
-- in: account_id i64, name str, action str, result_id i64, now i64
INSERT INTO action_key (account_id, name, action, result_id, recorded_at)
VALUES (:account_id, :name, :action, :result_id, :now);
