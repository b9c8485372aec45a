-- name: local_unit_insert :exec
-- in: committee_id i64, level str, ord i64, name str, from_day date, to_day date, source str
INSERT INTO local_unit (committee_id, level, ord, name, from_day, to_day, source)
VALUES (:committee_id, :level, :ord, :name, :from_day, :to_day, :source);

-- name: local_unit_list :many
-- in: committee_id i64, level str, day date
-- row: local_unit
-- out: name str, from_day date, to_day date, source str
SELECT name, from_day, to_day, source FROM local_unit
WHERE committee_id = :committee_id AND level = :level AND from_day <= :day AND to_day >= :day
ORDER BY ord, id LIMIT 400;

-- What a new set of a level takes the place of.
-- name: local_unit_cut :exec
-- in: committee_id i64, level str, from_day date, last_day date
UPDATE local_unit SET to_day = :last_day
WHERE committee_id = :committee_id AND level = :level AND from_day < :from_day AND to_day >= :from_day;

-- name: local_unit_void :exec
-- in: committee_id i64, level str, from_day date, to_day date
UPDATE local_unit SET to_day = '0001-01-01'
WHERE committee_id = :committee_id AND level = :level AND from_day >= :from_day AND from_day <= :to_day;
