-- What a paper that changes a plan is compared with, and what was decided.

-- name: amend_tasks :many
-- in: committee_id i64, plan_id i64, day date
-- row: amend_task
-- out: id i64, no str, title str, output str?, deadline_text str?, due date?, lifecycle i64, version i64
SELECT t.id, t.no, t.title, t.output, t.deadline_text, s.due, s.lifecycle, t.version
FROM task t JOIN task_span s ON s.task_id = t.id AND s.assignment_id = 0 AND s.from_day <= :day AND s.to_day >= :day
WHERE t.committee_id = :committee_id AND t.plan_id = :plan_id
ORDER BY t.ord LIMIT 5000;

-- name: amend_assignments :many
-- in: committee_id i64, plan_id i64
-- row: amend_assignment
-- out: id i64, task_id i64, agency_id i64, agency_name str, role str, scope str
SELECT a.id, a.task_id, a.agency_id, g.name, a.role, a.scope
FROM assignment a JOIN task t ON t.id = a.task_id JOIN agency g ON g.id = a.agency_id
WHERE a.committee_id = :committee_id AND t.plan_id = :plan_id AND a.to_day = '9999-12-31'
ORDER BY a.task_id, a.id LIMIT 50000;

-- name: amend_decision_insert :exec
-- in: committee_id i64, intake_id i64, plan_id i64, name str, task_id id?, accepted bool, was str, becomes str, decided_by id?, now i64
INSERT INTO amend_decision (committee_id, intake_id, plan_id, name, task_id, accepted, was, becomes, decided_by, decided_at)
VALUES (:committee_id, :intake_id, :plan_id, :name, :task_id, :accepted, :was, :becomes, :decided_by, :now);

-- name: amend_decisions :many
-- in: committee_id i64, intake_id i64
-- row: amend_decision
-- out: id i64, name str, task_id id?, task_no str?, accepted bool, was str, becomes str, post str?, decided_at i64
SELECT d.id, d.name, d.task_id, t.no, d.accepted, d.was, d.becomes, a.post, d.decided_at
FROM amend_decision d LEFT JOIN task t ON t.id = d.task_id LEFT JOIN account a ON a.id = d.decided_by
WHERE d.committee_id = :committee_id AND d.intake_id = :intake_id
ORDER BY d.id LIMIT 20000;

-- Plans that a number names, the newest first.
-- name: amend_plans_numbered :many
-- in: committee_id i64, number_fold str
-- row: amend_plan
-- out: id i64, number str, issued date, issuer str?
SELECT p.id, p.number, p.issued, d.issuer FROM plan p JOIN document d ON d.id = p.document_id
WHERE p.committee_id = :committee_id AND p.number_fold = :number_fold
ORDER BY p.issued DESC, p.id DESC LIMIT 20;

-- name: amend_set_output :exec
-- in: committee_id i64, id i64, output str?
UPDATE task SET output = :output WHERE committee_id = :committee_id AND id = :id;

-- name: amend_plan_document :exec
-- in: committee_id i64, plan_id i64, document_id i64
INSERT INTO plan_document (committee_id, plan_id, document_id) VALUES (:committee_id, :plan_id, :document_id)
ON CONFLICT (plan_id, document_id) DO NOTHING;
