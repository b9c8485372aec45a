-- name: agency_insert :one
-- in: name str, name_fold str, name_key str, abbreviation str?, kind str, valid_from date, valid_to date, parent_id id?
-- out: id i64
INSERT INTO agency (name, name_fold, name_key, abbreviation, kind, valid_from, valid_to, parent_id, version)
VALUES (:name, :name_fold, :name_key, :abbreviation, :kind, :valid_from, :valid_to, :parent_id, 1)
RETURNING id;

-- name: agency_get :one
-- in: committee_id i64, id i64
-- row: agency
-- out: id i64, name str, abbreviation str?, kind str, valid_from date, valid_to date, lead_tasks i64, members i64
SELECT a.id, a.name, a.abbreviation, a.kind, a.valid_from, a.valid_to,
       (SELECT count(DISTINCT s.task_id) FROM assignment s
         WHERE s.committee_id = :committee_id AND s.agency_id = a.id AND s.role = 'lead' AND s.to_day = '9999-12-31'),
       (SELECT count(*) FROM member m WHERE m.committee_id = :committee_id AND m.agency_id = a.id)
FROM agency a JOIN committee_agency ca ON ca.agency_id = a.id
WHERE ca.committee_id = :committee_id AND a.id = :id;

-- name: agency_label :one
-- no-scope: of an agency that was just found for the committee
-- in: id i64
-- out: name str
SELECT name FROM agency WHERE id = :id;

-- What an agency leads stands on the board; who has no line there leads next to nothing, and is counted.
-- name: agency_list :many
-- in: committee_id i64
-- row: agency
SELECT a.id, a.name, a.abbreviation, a.kind, a.valid_from, a.valid_to,
       coalesce((SELECT b.done + b.awaiting + b.overdue + b.attention + b.doing + b.waiting + b.dropped FROM board_base b
                  WHERE b.committee_id = :committee_id AND b.agency_id = a.id),
                (SELECT count(DISTINCT s.task_id) FROM assignment s
                  WHERE s.committee_id = :committee_id AND s.agency_id = a.id AND s.role = 'lead' AND s.to_day = '9999-12-31')),
       (SELECT count(*) FROM member m WHERE m.committee_id = :committee_id AND m.agency_id = a.id)
FROM agency a JOIN committee_agency ca ON ca.agency_id = a.id
WHERE ca.committee_id = :committee_id
ORDER BY a.name_key, a.id
LIMIT 2000;

-- The directory that resolves mentions; the whole list, a committee's own first.
-- name: agency_directory :many
-- scan: the directory is read whole, once an import
-- out: id i64, name str, abbreviation str?, kind str, valid_from date, valid_to date
-- row: agency_directory
SELECT id, name, abbreviation, kind, valid_from, valid_to FROM agency ORDER BY id LIMIT 20000;

-- What verifiers of the committee accepted comes before what came with the program.
-- name: agency_by_alias :maybe
-- in: committee_id i64, alias_fold str, day date
-- out: agency_id i64
SELECT l.agency_id FROM agency_alias l JOIN agency a ON a.id = l.agency_id
WHERE l.alias_fold = :alias_fold AND (l.committee_id = :committee_id OR l.committee_id IS NULL) AND l.taken_back_at IS NULL
  AND a.valid_from <= :day AND a.valid_to >= :day
ORDER BY CASE WHEN l.committee_id IS NULL THEN 1 ELSE 0 END, l.id DESC LIMIT 1;

-- The first one stays when the same was accepted twice.
-- name: agency_alias_insert :maybe
-- in: committee_id i64, agency_id i64, alias str, alias_fold str, document_id id?, now i64, accepted_by id?
-- out: id i64
INSERT INTO agency_alias (committee_id, agency_id, alias, alias_fold, document_id, accepted_at, accepted_by, version)
VALUES (:committee_id, :agency_id, :alias, :alias_fold, :document_id, :now, :accepted_by, 1)
ON CONFLICT DO NOTHING
RETURNING id;

-- name: agency_aliases :many
-- in: committee_id i64, agency_id i64
-- row: agency_alias
-- out: id i64, agency_id i64, alias str, accepted_at i64, post str?, document_id id?, document_number str?, taken_back_at i64?, version i64
SELECT l.id, l.agency_id, l.alias, l.accepted_at, u.post, l.document_id, d.number, l.taken_back_at, l.version
FROM agency_alias l LEFT JOIN account u ON u.id = l.accepted_by LEFT JOIN document d ON d.id = l.document_id
WHERE l.committee_id = :committee_id AND l.agency_id = :agency_id
ORDER BY l.id LIMIT 500;

-- name: agency_alias_by_fold :maybe
-- in: committee_id i64, alias_fold str
-- row: agency_alias_of
-- out: id i64, agency_id i64, name str
SELECT l.id, l.agency_id, a.name FROM agency_alias l JOIN agency a ON a.id = l.agency_id
WHERE l.committee_id = :committee_id AND l.alias_fold = :alias_fold AND l.taken_back_at IS NULL;

-- name: agency_alias_take_back :maybe
-- in: committee_id i64, agency_id i64, id i64, version i64, now i64, account_id id?
-- out: alias str
UPDATE agency_alias SET taken_back_at = :now, taken_back_by = :account_id, version = version + 1
WHERE committee_id = :committee_id AND agency_id = :agency_id AND id = :id AND version = :version AND taken_back_at IS NULL
RETURNING alias;

-- name: agency_by_name :maybe
-- in: name_fold str, day date
-- out: id i64
SELECT id FROM agency WHERE name_fold = :name_fold AND valid_from <= :day AND valid_to >= :day ORDER BY id LIMIT 1;

-- name: agency_join_committee :exec
-- in: committee_id i64, agency_id i64
INSERT INTO committee_agency (committee_id, agency_id) VALUES (:committee_id, :agency_id)
ON CONFLICT (committee_id, agency_id) DO NOTHING;

-- name: agency_group_insert :exec
-- no-scope: the members of a group are facts about agencies
-- in: group_id i64, agency_id i64, from_day date
INSERT INTO agency_group (group_id, agency_id, from_day, to_day) VALUES (:group_id, :agency_id, :from_day, '9999-12-31')
ON CONFLICT (group_id, agency_id, from_day) DO NOTHING;

-- name: agency_group_list :many
-- in: committee_id i64, group_id i64, day date
-- row: agency_name
-- out: id i64, name str
SELECT a.id, a.name FROM agency_group g JOIN agency a ON a.id = g.agency_id
JOIN committee_agency ca ON ca.agency_id = a.id AND ca.committee_id = :committee_id
WHERE g.group_id = :group_id AND g.from_day <= :day AND g.to_day >= :day
ORDER BY a.name_key, a.id;

-- name: agency_groups :many
-- scan: a committee names few groups
-- in: committee_id i64
-- row: agency_name
SELECT a.id, a.name FROM agency a JOIN committee_agency ca ON ca.agency_id = a.id
WHERE ca.committee_id = :committee_id AND a.kind = 'group' ORDER BY a.id;
