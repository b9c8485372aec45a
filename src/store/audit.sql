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

-- The trail, the newest first; act: the beginning of a name ("task."), task_id: what was done to that task. Each act with
-- what it was done to, by its name, and what it changed there. Rows of a draft and decisions of an amendment tell their
-- number in the column object_id, so what they belong to is looked up.
-- name: audit_list :many
-- scan: decisions of amendments are few
-- in: committee_id i64, before_id i64, from_at i64, to_at i64, account_id i64, act str, task_id i64, max i64
-- row: audit
-- out: id i64, recorded_at i64, post str?, origin str, action str, object_id id?, detail str?, task_id id?, intake_id id?, plan_id id?, object str?, object_day date?, kind str?, field str?, old_value str?, new_value str?, percent i32?, note str?
SELECT u.id, u.recorded_at, a.post, u.origin, u.action, u.object_id, u.detail, t.id, i.id, p.id,
       CASE WHEN t.id IS NOT NULL THEN CASE WHEN t.no = '' THEN t.title ELSE t.no || '. ' || t.title END
            ELSE coalesce(p.number, o.post, g.name, m.post, f.name) END AS object,
       k.day, e.kind, e.field, e.old_value, e.new_value, e.percent, e.note
FROM (SELECT x.id, x.recorded_at, x.account_id, x.origin, x.action, x.object_id, x.detail,
             substr(x.action, 1, 5) IN ('task.') AS of_task, substr(x.action, 1, 7) IN ('update.', 'result.') AS of_event
      FROM audit x
      WHERE x.committee_id = :committee_id AND x.id < :before_id AND x.recorded_at >= :from_at AND x.recorded_at < :to_at
        AND (:account_id = 0 OR x.account_id = :account_id) AND substr(x.action, 1, length(:act)) = :act
        AND (:task_id = 0 OR (x.object_id = :task_id AND substr(x.action, 1, 5) = 'task.')
             OR (x.object_id = :task_id AND x.action IN ('amend.accept', 'amend.refuse')
                 AND EXISTS (SELECT 1 FROM amend_decision y WHERE y.committee_id = :committee_id AND y.task_id = :task_id
                                                             AND y.decided_at = x.recorded_at))
             OR (substr(x.action, 1, 7) IN ('update.', 'result.')
                 AND x.object_id IN (SELECT z.id FROM task_event z WHERE z.task_id = :task_id AND z.committee_id = :committee_id)))
      ORDER BY x.id DESC LIMIT :max) u
LEFT JOIN account a ON a.id = u.account_id
LEFT JOIN task_event e ON e.committee_id = :committee_id AND e.id = CASE
     WHEN u.of_event THEN u.object_id
     WHEN u.of_task THEN (SELECT CASE WHEN count(*) = 1 THEN max(c.id) END FROM task_event c
                           WHERE c.task_id = u.object_id AND c.recorded_at = u.recorded_at AND c.assignment_id IS NULL
                             AND c.account_id IS NOT DISTINCT FROM u.account_id AND c.kind <> 'assigned') END
LEFT JOIN amend_decision d ON d.committee_id = :committee_id AND u.action IN ('amend.accept', 'amend.refuse')
     AND d.decided_at = u.recorded_at AND d.task_id = u.object_id
LEFT JOIN task t ON t.committee_id = :committee_id AND t.id = CASE WHEN u.of_task THEN u.object_id ELSE coalesce(e.task_id, d.task_id) END
LEFT JOIN draft_task w ON w.committee_id = :committee_id AND w.id = u.object_id
     AND u.action IN ('intake.verify', 'intake.merge', 'intake.split', 'intake.move', 'intake.add')
LEFT JOIN intake i ON i.committee_id = :committee_id AND i.id = CASE
     WHEN u.action IN ('intake.verify', 'intake.merge', 'intake.split', 'intake.move', 'intake.add') THEN w.intake_id
     WHEN substr(u.action, 1, 7) = 'intake.' OR (u.action IN ('amend.accept', 'amend.refuse') AND d.id IS NULL) THEN u.object_id END
LEFT JOIN kept_report k ON k.committee_id = :committee_id AND k.id = u.object_id AND u.action = 'report.keep'
LEFT JOIN plan p ON p.committee_id = :committee_id
     AND p.id = CASE WHEN u.action IN ('plan.create', 'amend.close') THEN u.object_id ELSE k.plan_id END
LEFT JOIN account o ON o.id = u.object_id AND (substr(u.action, 1, 8) = 'account.' OR substr(u.action, 1, 7) = 'signin.')
LEFT JOIN agency g ON g.id = u.object_id AND substr(u.action, 1, 6) = 'alias.'
LEFT JOIN member m ON m.committee_id = :committee_id AND m.id = u.object_id AND substr(u.action, 1, 7) = 'member.'
LEFT JOIN sheet_import s ON s.committee_id = :committee_id AND s.id = u.object_id AND substr(u.action, 1, 6) = 'sheet.'
LEFT JOIN file f ON f.committee_id = :committee_id AND f.id = coalesce(i.file_id, s.file_id)
ORDER BY u.id DESC;

-- Who may have acted, to choose from.
-- name: audit_person_list :many
-- in: committee_id i64
-- row: audit_person
-- out: id i64, post str
SELECT a.id, a.post FROM account a
WHERE a.id IN (SELECT r.account_id FROM account_role r WHERE r.committee_id = :committee_id)
ORDER BY a.id LIMIT 1000;

-- name: action_key_get :maybe
-- in: account_id i64, name str
-- row: action_key
-- out: action str, result_id i64
SELECT action, result_id FROM action_key WHERE account_id = :account_id AND name = :name;

-- name: action_key_insert :exec
-- in: account_id i64, name str, action str, result_id i64, now i64
INSERT INTO action_key (account_id, name, action, result_id, recorded_at)
VALUES (:account_id, :name, :action, :result_id, :now);
