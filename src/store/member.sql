-- name: member_get :one
-- in: committee_id i64, id i64
-- row: member
SELECT m.id, m.no, m.post, m.role, m.agency_id, a.name, m.sector, m.duty
FROM member m LEFT JOIN agency a ON a.id = m.agency_id
WHERE m.committee_id = :committee_id AND m.id = :id;

-- name: follow_insert :one
-- in: committee_id i64, member_id i64, agency_id i64, from_day date, source str, now i64, account_id id?
-- out: id i64
INSERT INTO member_follow (committee_id, member_id, agency_id, from_day, to_day, source, recorded_at, account_id, version)
VALUES (:committee_id, :member_id, :agency_id, :from_day, '9999-12-31', :source, :now, :account_id, 1)
RETURNING id;

-- All that a member followed and follows, the running ones first.
-- name: follow_list :many
-- in: committee_id i64, member_id i64
-- row: follow
-- out: id i64, agency_id i64, agency_name str, from_day date, to_day date, source str, version i64
SELECT f.id, f.agency_id, a.name, f.from_day, f.to_day, f.source, f.version
FROM member_follow f JOIN agency a ON a.id = f.agency_id
WHERE f.committee_id = :committee_id AND f.member_id = :member_id
ORDER BY f.to_day DESC, a.name_key, f.id;

-- name: follow_end :maybe
-- in: committee_id i64, member_id i64, id i64, version i64, to_day date
-- out: version i64
UPDATE member_follow SET to_day = :to_day, version = version + 1
WHERE committee_id = :committee_id AND member_id = :member_id AND id = :id AND version = :version AND to_day = '9999-12-31'
RETURNING version;

-- Who answers for a task on a day: those who follow an agency that leads it.
-- name: task_follower_list :many
-- in: committee_id i64, task_id i64, day date
-- row: follower
-- out: task_id i64, member_id i64, ord i64, post str, role str?
SELECT DISTINCT l.task_id, m.id, m.ord, m.post, m.role
FROM assignment l JOIN member_follow f ON f.agency_id = l.agency_id JOIN member m ON m.id = f.member_id
WHERE l.task_id = :task_id AND l.role = 'lead' AND l.from_day <= :day AND l.to_day >= :day
  AND f.committee_id = :committee_id AND f.from_day <= :day AND f.to_day >= :day AND m.from_day <= :day AND m.to_day >= :day
ORDER BY m.ord, m.id;

-- What stands beside the tasks of a page (a JSON array of their ids): who answers for them (kind 1), who works with the
-- leads (2), the day and the words told last (3; one for each task, NULL: nothing). In no order.
-- name: task_beside_list :many
-- in: committee_id i64, ids str, day date
-- row: task_beside
-- out: task_id i64, kind i64, ord i64, text str?
SELECT l.task_id, 1 AS kind, m.ord * 1000000 + m.id AS ord, m.post AS text
FROM json_each(:ids) f CROSS JOIN assignment l JOIN member_follow w ON w.agency_id = l.agency_id JOIN member m ON m.id = w.member_id
WHERE l.task_id = f.value AND l.committee_id = :committee_id AND l.role = 'lead' AND l.from_day <= :day AND l.to_day >= :day
  AND w.committee_id = :committee_id AND w.from_day <= :day AND w.to_day >= :day AND m.from_day <= :day AND m.to_day >= :day
UNION ALL
SELECT l.task_id, 2, l.id, g.name
FROM json_each(:ids) f CROSS JOIN assignment l JOIN agency g ON g.id = l.agency_id
WHERE l.task_id = f.value AND l.committee_id = :committee_id AND +l.role IN ('coordinate', 'request')
  AND l.from_day <= :day AND l.to_day >= :day
UNION ALL
SELECT f.value, 3, 0, (SELECT x.day || x.note FROM task_event x
                    WHERE x.task_id = f.value AND x.day <= :day AND x.note <> '' AND +x.committee_id = :committee_id
                      AND x.kind IN ('updated', 'handed_in', 'confirmed', 'handed_back', 'suspended', 'resumed', 'discontinued')
                      AND NOT EXISTS (SELECT 1 FROM event_withdrawn b WHERE b.event_id = x.id)
                    ORDER BY x.day DESC, x.id DESC LIMIT 1)
FROM json_each(:ids) f;

-- only pg
SELECT l.task_id, 1 AS kind, m.ord * 1000000 + m.id AS ord, m.post AS text
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS f (value) CROSS JOIN assignment l JOIN member_follow w ON w.agency_id = l.agency_id JOIN member m ON m.id = w.member_id
WHERE l.task_id = CAST(f.value AS BIGINT) AND l.committee_id = :committee_id AND l.role = 'lead' AND l.from_day <= :day AND l.to_day >= :day
  AND w.committee_id = :committee_id AND w.from_day <= :day AND w.to_day >= :day AND m.from_day <= :day AND m.to_day >= :day
UNION ALL
SELECT l.task_id, 2, l.id, g.name
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS f (value) CROSS JOIN assignment l JOIN agency g ON g.id = l.agency_id
WHERE l.task_id = CAST(f.value AS BIGINT) AND l.committee_id = :committee_id AND l.role IN ('coordinate', 'request')
  AND l.from_day <= :day AND l.to_day >= :day
UNION ALL
SELECT CAST(f.value AS BIGINT), 3, 0, (SELECT x.day || x.note FROM task_event x
                    WHERE x.task_id = CAST(f.value AS BIGINT) AND x.day <= :day AND x.note <> '' AND x.committee_id = :committee_id
                      AND x.kind IN ('updated', 'handed_in', 'confirmed', 'handed_back', 'suspended', 'resumed', 'discontinued')
                      AND NOT EXISTS (SELECT 1 FROM event_withdrawn b WHERE b.event_id = x.id)
                    ORDER BY x.day DESC, x.id DESC LIMIT 1)
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS f (value);
