-- A paper is told by its number and day: one known by them until now is read whole. Without both it is always new.
-- name: document_put :one
-- in: committee_id i64, type str?, number str?, day date?, place str?, issuer str?, title str, addressee str?, signer str?, signer_title str?, file_id id?, body str?
-- out: id i64
INSERT INTO document (committee_id, type, number, day, place, issuer, title, addressee, signer, signer_title, file_id, body, version)
VALUES (:committee_id, :type, :number, :day, :place, :issuer, :title, :addressee, :signer, :signer_title, :file_id, :body, 1)
ON CONFLICT (committee_id, number, day) DO UPDATE
SET type = excluded.type, place = excluded.place, issuer = excluded.issuer, title = excluded.title, addressee = excluded.addressee,
    signer = excluded.signer, signer_title = excluded.signer_title, file_id = excluded.file_id, body = excluded.body,
    version = document.version + 1
RETURNING id;

-- A paper that was cited without its day gets it, unless the dated one is known too.
-- name: document_date :exec
-- in: committee_id i64, number str, day date
UPDATE document SET day = :day, version = version + 1
WHERE committee_id = :committee_id AND number = :number AND day IS NULL AND file_id IS NULL
  AND id = (SELECT min(d.id) FROM document d WHERE d.committee_id = :committee_id AND d.number = :number AND d.day IS NULL)
  AND NOT EXISTS (SELECT 1 FROM document k WHERE k.committee_id = :committee_id AND k.number = :number AND k.day = :day);

-- name: document_get :one
-- in: committee_id i64, id i64
-- row: document
-- out: id i64, type str?, number str?, day date?, place str?, issuer str?, title str, addressee str?, signer str?, signer_title str?, file_id id?, body str?
SELECT id, type, number, day, place, issuer, title, addressee, signer, signer_title, file_id, body
FROM document WHERE committee_id = :committee_id AND id = :id;

-- name: document_by_number :maybe
-- in: committee_id i64, number str, day date?
-- out: id i64
SELECT id FROM document
WHERE committee_id = :committee_id AND number = :number AND (day = :day OR day IS NULL OR :day IS NULL)
ORDER BY id LIMIT 1;

-- The newest are chosen first: what cites a paper, and the plan made of it, is asked for those shown.
-- name: document_list :many
-- scan: citations are counted in one reading, instead of one for each paper shown
-- in: committee_id i64
-- row: document_line
-- out: id i64, type str?, number str?, day date?, issuer str?, title str, file_id id?, cited i64, plan_id id?
SELECT d.id, d.type, d.number, d.day, d.issuer, d.title, d.file_id,
       coalesce(b.n, 0), p.id
FROM (SELECT n.id FROM document n WHERE n.committee_id = :committee_id ORDER BY n.day DESC NULLS LAST, n.id LIMIT 500) k
JOIN document d ON d.id = k.id
LEFT JOIN (SELECT m.document_id, min(m.id) AS id FROM plan m WHERE m.committee_id = :committee_id GROUP BY m.document_id) p
  ON p.document_id = d.id
LEFT JOIN (SELECT c.basis_id, count(*) AS n FROM document_basis c WHERE c.committee_id = :committee_id GROUP BY c.basis_id) b
  ON b.basis_id = d.id
ORDER BY d.day DESC NULLS LAST, d.id;

-- name: document_basis_insert :exec
-- in: committee_id i64, document_id i64, basis_id i64, ord i64, role str, source str, span_from i64, span_to i64
INSERT INTO document_basis (committee_id, document_id, basis_id, ord, role, source, span_from, span_to)
VALUES (:committee_id, :document_id, :basis_id, :ord, :role, :source, :span_from, :span_to);

-- name: document_bases :many
-- in: committee_id i64, document_id i64
-- row: basis
-- out: basis_id i64, type str?, number str?, day date?, title str, role str, source str, span_from i64, span_to i64
SELECT b.basis_id, d.type, d.number, d.day, d.title, b.role, b.source, b.span_from, b.span_to
FROM document_basis b JOIN document d ON d.id = b.basis_id
WHERE b.committee_id = :committee_id AND b.document_id = :document_id
ORDER BY b.ord;

-- name: document_cited_by :many
-- in: committee_id i64, document_id i64
-- row: basis
-- scan: few papers cite one
SELECT b.document_id AS basis_id, d.type, d.number, d.day, d.title, b.role, b.source, b.span_from, b.span_to
FROM document_basis b JOIN document d ON d.id = b.document_id
WHERE b.committee_id = :committee_id AND b.basis_id = :document_id
ORDER BY d.day, d.id LIMIT 200;

-- name: document_recipient_insert :exec
-- in: committee_id i64, document_id i64, ord i64, name str
INSERT INTO document_recipient (committee_id, document_id, ord, name) VALUES (:committee_id, :document_id, :ord, :name);

-- name: document_recipients :many
-- in: committee_id i64, document_id i64
-- row: recipient
-- out: ord i64, name str
SELECT ord, name FROM document_recipient WHERE committee_id = :committee_id AND document_id = :document_id ORDER BY ord;

-- name: document_item_insert :exec
-- in: committee_id i64, document_id i64, ord i64, section_no str, section_title str, no str, body str, span_from i64, span_to i64
INSERT INTO document_item (committee_id, document_id, ord, section_no, section_title, no, body, span_from, span_to)
VALUES (:committee_id, :document_id, :ord, :section_no, :section_title, :no, :body, :span_from, :span_to);

-- name: document_items :many
-- in: committee_id i64, document_id i64
-- row: paper_item
-- out: section_no str, section_title str, no str, body str, span_from i64, span_to i64
SELECT section_no, section_title, no, body, span_from, span_to FROM document_item
WHERE committee_id = :committee_id AND document_id = :document_id ORDER BY ord;

-- name: consultation_insert :exec
-- in: committee_id i64, document_id i64, letter str, letter_day date?, members_answered i64, members_asked i64, districts_answered i64, districts_asked i64, agree i64, remarked i64
INSERT INTO consultation (committee_id, document_id, letter, letter_day, members_answered, members_asked,
                          districts_answered, districts_asked, agree, remarked)
VALUES (:committee_id, :document_id, :letter, :letter_day, :members_answered, :members_asked,
        :districts_answered, :districts_asked, :agree, :remarked);

-- name: consultation_of :maybe
-- scan: one row a memo
-- in: committee_id i64, document_id i64
-- row: consultation
-- out: letter str, letter_day date?, members_answered i64, members_asked i64, districts_answered i64, districts_asked i64, agree i64, remarked i64
SELECT letter, letter_day, members_answered, members_asked, districts_answered, districts_asked, agree, remarked
FROM consultation WHERE committee_id = :committee_id AND document_id = :document_id;

-- name: document_basis_delete :exec
-- in: committee_id i64, document_id i64
DELETE FROM document_basis WHERE committee_id = :committee_id AND document_id = :document_id;

-- name: document_recipient_delete :exec
-- in: committee_id i64, document_id i64
DELETE FROM document_recipient WHERE committee_id = :committee_id AND document_id = :document_id;

-- name: document_item_delete :exec
-- in: committee_id i64, document_id i64
DELETE FROM document_item WHERE committee_id = :committee_id AND document_id = :document_id;

-- name: consultation_delete :exec
-- in: committee_id i64, document_id i64
DELETE FROM consultation WHERE committee_id = :committee_id AND document_id = :document_id;

-- Further files of a paper: its parts, its signed copy.
-- name: document_file_insert :exec
-- in: committee_id i64, document_id i64, file_id i64, kind str
INSERT INTO document_file (document_id, file_id, kind, committee_id) VALUES (:document_id, :file_id, :kind, :committee_id)
ON CONFLICT (document_id, file_id) DO NOTHING;

-- name: document_files :many
-- in: committee_id i64, document_id i64
-- row: document_file
-- out: file_id i64, name str, size i64, kind str
SELECT d.file_id, f.name, f.size, d.kind FROM document_file d JOIN file f ON f.id = d.file_id
WHERE d.committee_id = :committee_id AND d.document_id = :document_id ORDER BY d.file_id;
