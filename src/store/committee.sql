-- name: committee_insert :one
-- in: name str, short_name str, parent_name str, head_name str, place str
-- out: id i64
INSERT INTO committee (name, short_name, parent_name, head_name, place, version)
VALUES (:name, :short_name, :parent_name, :head_name, :place, 1)
RETURNING id;

-- name: committee_get :one
-- in: committee_id i64
-- row: committee
-- out: id i64, name str, short_name str, parent_name str, head_name str, place str, standing_agency_id id?, standing_name str?, version i64, head_post str
SELECT c.id, c.name, c.short_name, c.parent_name, c.head_name, c.place, c.standing_agency_id, a.name, c.version, c.head_post
FROM committee c LEFT JOIN agency a ON a.id = c.standing_agency_id
WHERE c.id = :committee_id;

-- name: committee_first :maybe
-- scan: an installation has few committees
-- out: id i64
SELECT id FROM committee ORDER BY id LIMIT 1;

-- name: committee_set_standing :exec
-- in: committee_id i64, agency_id i64
UPDATE committee SET standing_agency_id = :agency_id, version = version + 1 WHERE id = :committee_id;

-- name: committee_update :maybe
-- in: committee_id i64, version i64, name str, short_name str, parent_name str, head_name str, head_post str, place str, agency_id id?
-- out: version i64
UPDATE committee SET name = :name, short_name = :short_name, parent_name = :parent_name, head_name = :head_name,
       head_post = :head_post, place = :place, standing_agency_id = :agency_id, version = version + 1
WHERE id = :committee_id AND version = :version
RETURNING version;

-- A change of its rules is one of the committee too.
-- name: committee_touch :maybe
-- in: committee_id i64, version i64
-- out: version i64
UPDATE committee SET version = version + 1 WHERE id = :committee_id AND version = :version RETURNING version;

-- name: rule_insert :exec
-- in: committee_id i64, name str, value str, valid_from date, valid_to date, source str
INSERT INTO rule_value (committee_id, name, value, valid_from, valid_to, source)
VALUES (:committee_id, :name, :value, :valid_from, :valid_to, :source);

-- name: rule_list :many
-- in: committee_id i64, day date
-- row: rule
-- out: name str, value str, valid_from date, valid_to date, source str
SELECT name, value, valid_from, valid_to, source FROM rule_value
WHERE committee_id = :committee_id AND valid_from <= :day AND valid_to >= :day
ORDER BY name, valid_from;

-- All that was ever set, the newest first of each; a value with its end before its beginning was set and never held.
-- name: rule_history :many
-- in: committee_id i64
-- row: rule
SELECT name, value, valid_from, valid_to, source FROM rule_value
WHERE committee_id = :committee_id
ORDER BY name, valid_from DESC, id DESC LIMIT 500;

-- name: rule_open_list :many
-- in: committee_id i64, name str, day date
-- row: rule_open
-- out: id i64, value str, valid_from date
SELECT id, value, valid_from FROM rule_value
WHERE committee_id = :committee_id AND name = :name AND valid_to >= :day
ORDER BY valid_from, id;

-- name: rule_end :exec
-- in: committee_id i64, id i64, valid_to date
UPDATE rule_value SET valid_to = :valid_to WHERE committee_id = :committee_id AND id = :id;

-- name: member_insert :one
-- in: committee_id i64, document_id id?, ord i64, no str, post str, role str?, agency_id id?, sector str?, duty str, from_day date
-- out: id i64
INSERT INTO member (committee_id, document_id, ord, no, post, role, agency_id, sector, duty, from_day, to_day, version)
VALUES (:committee_id, :document_id, :ord, :no, :post, :role, :agency_id, :sector, :duty, :from_day, '9999-12-31', 1)
RETURNING id;

-- name: member_list :many
-- in: committee_id i64, day date
-- row: member
-- out: id i64, no str, post str, role str?, agency_id id?, agency_name str?, sector str?, duty str
SELECT m.id, m.no, m.post, m.role, m.agency_id, a.name, m.sector, m.duty
FROM member m LEFT JOIN agency a ON a.id = m.agency_id
WHERE m.committee_id = :committee_id AND m.from_day <= :day AND m.to_day >= :day
ORDER BY m.ord, m.id LIMIT 500;

-- Those whom a paper of the plan names as members.
-- name: plan_member_list :many
-- in: committee_id i64, plan_id i64, day date
-- row: member
SELECT m.id, m.no, m.post, m.role, m.agency_id, a.name, m.sector, m.duty
FROM member m LEFT JOIN agency a ON a.id = m.agency_id
WHERE m.committee_id = :committee_id AND m.from_day <= :day AND m.to_day >= :day
  AND m.document_id IN (SELECT p.document_id FROM plan p WHERE p.committee_id = :committee_id AND p.id = :plan_id
                        UNION SELECT d.document_id FROM plan_document d WHERE d.committee_id = :committee_id AND d.plan_id = :plan_id)
ORDER BY m.ord, m.id LIMIT 500;
