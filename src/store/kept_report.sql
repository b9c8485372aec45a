-- name: kept_report_insert :one
-- in: committee_id i64, plan_id i64, day date, by_standing bool, data_at i64, note str?, tasks i64, done i64, done_on_time i64, done_late i64, awaiting i64, overdue i64, due_by_now i64, due_soon i64, remaining i64, doing i64, waiting i64, dropped i64, silent i64, agencies i64, name str, sha256 blob, docx blob, account_id id?
-- out: id i64
INSERT INTO kept_report (committee_id, plan_id, day, by_standing, data_at, note, tasks, done, done_on_time, done_late, awaiting, overdue, due_by_now, due_soon, remaining, doing, waiting, dropped, silent, agencies,
                         name, sha256, docx, account_id)
VALUES (:committee_id, :plan_id, :day, :by_standing, :data_at, :note, :tasks, :done, :done_on_time, :done_late, :awaiting, :overdue, :due_by_now, :due_soon, :remaining, :doing, :waiting, :dropped, :silent, :agencies,
        :name, :sha256, :docx, :account_id)
RETURNING id;

-- name: kept_report_list :many
-- in: committee_id i64
-- row: kept_report
-- scan: a few reports a year
-- out: id i64, plan_id i64, plan_number str, day date, by_standing bool, data_at i64, note str?, tasks i64, done i64, done_on_time i64, done_late i64, awaiting i64, overdue i64, due_by_now i64, due_soon i64, remaining i64, doing i64, waiting i64, dropped i64, silent i64, agencies i64, name str, sha256 blob, post str?
SELECT k.id, k.plan_id, p.number AS plan_number, k.day, k.by_standing, k.data_at, k.note, k.tasks, k.done, k.done_on_time, k.done_late, k.awaiting, k.overdue, k.due_by_now, k.due_soon, k.remaining, k.doing, k.waiting, k.dropped, k.silent, k.agencies,
       k.name, k.sha256, u.post
FROM kept_report k JOIN plan p ON p.id = k.plan_id LEFT JOIN account u ON u.id = k.account_id
WHERE k.committee_id = :committee_id
ORDER BY k.day DESC, k.id DESC LIMIT 500;

-- name: kept_report_get :one
-- in: committee_id i64, id i64
-- row: kept_report
SELECT k.id, k.plan_id, p.number AS plan_number, k.day, k.by_standing, k.data_at, k.note, k.tasks, k.done, k.done_on_time, k.done_late, k.awaiting, k.overdue, k.due_by_now, k.due_soon, k.remaining, k.doing, k.waiting, k.dropped, k.silent, k.agencies,
       k.name, k.sha256, u.post
FROM kept_report k JOIN plan p ON p.id = k.plan_id LEFT JOIN account u ON u.id = k.account_id
WHERE k.committee_id = :committee_id AND k.id = :id;

-- The last one of a plan before another (before_id), or the last one up to a day.
-- name: kept_report_last :maybe
-- in: committee_id i64, plan_id i64, day date, before_id i64
-- row: kept_report
SELECT k.id, k.plan_id, p.number AS plan_number, k.day, k.by_standing, k.data_at, k.note, k.tasks, k.done, k.done_on_time, k.done_late, k.awaiting, k.overdue, k.due_by_now, k.due_soon, k.remaining, k.doing, k.waiting, k.dropped, k.silent, k.agencies,
       k.name, k.sha256, u.post
FROM kept_report k JOIN plan p ON p.id = k.plan_id LEFT JOIN account u ON u.id = k.account_id
WHERE k.committee_id = :committee_id AND k.plan_id = :plan_id AND k.day <= :day AND k.id < :before_id
ORDER BY k.day DESC, k.id DESC LIMIT 1;

-- name: kept_report_docx :one
-- in: committee_id i64, id i64
-- out: docx blob
SELECT docx FROM kept_report WHERE committee_id = :committee_id AND id = :id;
