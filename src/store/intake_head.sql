-- The heads of a draft's papers, verified as its rows are.

-- name: draft_head_list :many
-- in: committee_id i64, intake_id i64
-- row: draft_head
-- out: id i64, ord i64, type str, number str, day date?, place str, issuer str, title str, signer str, signer_title str, bases str, recipients str, state str, needs_look bool, verified_by id?, post str?, verified_at i64?, version i64
SELECT h.id, h.ord, h.type, h.number, h.day, h.place, h.issuer, h.title, h.signer, h.signer_title, h.bases, h.recipients,
       h.state, h.needs_look, h.verified_by, a.post, h.verified_at, h.version
FROM draft_head h LEFT JOIN account a ON a.id = h.verified_by
WHERE h.committee_id = :committee_id AND h.intake_id = :intake_id
ORDER BY h.ord;

-- name: draft_head_insert :one
-- in: committee_id i64, intake_id i64, ord i64, type str, number str, day date?, place str, issuer str, title str, signer str, signer_title str, bases str, recipients str, needs_look bool
-- out: id i64
INSERT INTO draft_head (committee_id, intake_id, ord, type, number, day, place, issuer, title, signer, signer_title, bases,
                        recipients, state, needs_look, version)
VALUES (:committee_id, :intake_id, :ord, :type, :number, :day, :place, :issuer, :title, :signer, :signer_title, :bases,
        :recipients, 'unseen', :needs_look, 1)
RETURNING id;

-- name: draft_head_update :maybe
-- in: committee_id i64, id i64, version i64, type str, number str, day date?, place str, issuer str, title str, signer str, signer_title str, bases str, recipients str
-- in: state str, verified_by id?, verified_at i64?
-- out: version i64
UPDATE draft_head SET type = :type, number = :number, day = :day, place = :place, issuer = :issuer, title = :title,
       signer = :signer, signer_title = :signer_title, bases = :bases, recipients = :recipients, state = :state,
       verified_by = :verified_by, verified_at = :verified_at, version = version + 1
WHERE committee_id = :committee_id AND id = :id AND version = :version
RETURNING version;

-- Heads of papers that a joined file brought and took away again.
-- name: draft_head_cut :exec
-- in: committee_id i64, intake_id i64, from_ord i64
DELETE FROM draft_head WHERE committee_id = :committee_id AND intake_id = :intake_id AND ord >= :from_ord;

-- name: draft_head_change_cut :exec
-- in: committee_id i64, intake_id i64, from_ord i64
DELETE FROM draft_head_change
WHERE committee_id = :committee_id AND intake_id = :intake_id
  AND draft_head_id IN (SELECT id FROM draft_head WHERE intake_id = :intake_id AND ord >= :from_ord);

-- name: draft_head_change_insert :exec
-- in: committee_id i64, intake_id i64, draft_head_id i64, step i64, act str, type str, number str, day date?, place str, issuer str, title str, signer str, signer_title str, bases str, recipients str
-- in: state str, verified_by id?, verified_at i64?, changed_by id?, now i64
INSERT INTO draft_head_change (committee_id, intake_id, draft_head_id, step, act, undone, type, number, day, place, issuer,
                               title, signer, signer_title, bases, recipients, state, verified_by, verified_at, changed_by,
                               changed_at)
VALUES (:committee_id, :intake_id, :draft_head_id, :step, :act, 0, :type, :number, :day, :place, :issuer, :title, :signer,
        :signer_title, :bases, :recipients, :state, :verified_by, :verified_at, :changed_by, :now);

-- name: draft_head_changes :many
-- in: committee_id i64, intake_id i64, step i64
-- row: draft_head_change
-- out: id i64, draft_head_id i64, type str, number str, day date?, place str, issuer str, title str, signer str, signer_title str, bases str, recipients str, state str, verified_by id?, verified_at i64?
SELECT id, draft_head_id, type, number, day, place, issuer, title, signer, signer_title, bases, recipients, state,
       verified_by, verified_at
FROM draft_head_change
WHERE committee_id = :committee_id AND intake_id = :intake_id AND step = :step
ORDER BY id DESC;

-- name: draft_head_step_undone :exec
-- in: committee_id i64, intake_id i64, step i64
UPDATE draft_head_change SET undone = 1
WHERE committee_id = :committee_id AND intake_id = :intake_id AND step = :step;
