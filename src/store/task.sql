-- name: task_insert :one
-- in: committee_id i64, plan_id i64, group_id id?, ord i64, no str, title str, title_key str, output str?, deadline_text str?, deadline_kind str, start_day date?, original_due date?, source str?, span_from i64, span_to i64, note str?
-- out: id i64
INSERT INTO task (committee_id, plan_id, group_id, ord, no, title, title_key, output, deadline_text, deadline_kind,
                  start_day, original_due, source, span_from, span_to, note, version)
VALUES (:committee_id, :plan_id, :group_id, :ord, :no, :title, :title_key, :output, :deadline_text, :deadline_kind,
        :start_day, :original_due, :source, :span_from, :span_to, :note, 1)
RETURNING id;
-- only sqlite
INSERT INTO task (id, committee_id, plan_id, group_id, ord, no, title, title_key, output, deadline_text, deadline_kind,
                  start_day, original_due, source, span_from, span_to, note, version)
VALUES ((SELECT max(s.top, (SELECT coalesce(max(t.id), 0) FROM task t)) + 1 FROM spent_id s WHERE s.kind = 'task'),
        :committee_id, :plan_id, :group_id, :ord, :no, :title, :title_key, :output, :deadline_text, :deadline_kind,
        :start_day, :original_due, :source, :span_from, :span_to, :note, 1)
RETURNING id;
-- end

-- name: task_get :one
-- in: committee_id i64, id i64
-- row: task
-- out: id i64, plan_id i64, group_id id?, group_no str?, group_title str?, plan_number str, plan_issued date, document_id i64, ord i64, no str, title str, output str?, deadline_text str?, deadline_kind str, start_day date?, original_due date?, source str?, span_from i64, span_to i64, note str?, version i64
SELECT t.id, t.plan_id, t.group_id, g.no, g.title, p.number, p.issued, p.document_id, t.ord, t.no, t.title, t.output,
       t.deadline_text, t.deadline_kind, t.start_day, t.original_due, t.source, t.span_from, t.span_to, t.note, t.version
FROM task t JOIN plan p ON p.id = t.plan_id LEFT JOIN task_group g ON g.id = t.group_id
WHERE t.committee_id = :committee_id AND t.id = :id;

-- name: task_next_ord :one
-- in: committee_id i64, plan_id i64
-- out: ord i64
SELECT coalesce((SELECT ord FROM task WHERE +committee_id = :committee_id AND plan_id = :plan_id ORDER BY ord DESC LIMIT 1), 0) + 1;

-- name: task_retitle :maybe
-- in: committee_id i64, id i64, version i64, title str, title_key str
-- out: version i64
UPDATE task SET title = :title, title_key = :title_key, version = version + 1
WHERE committee_id = :committee_id AND id = :id AND version = :version
RETURNING version;

-- name: task_touch :maybe
-- in: committee_id i64, id i64, version i64
-- out: version i64
UPDATE task SET version = version + 1 WHERE committee_id = :committee_id AND id = :id AND version = :version
RETURNING version;

-- name: assignment_insert :one
-- in: committee_id i64, task_id i64, agency_id i64, role str, scope str, source str, from_day date
-- out: id i64
INSERT INTO assignment (committee_id, task_id, agency_id, role, scope, source, from_day, to_day, version)
VALUES (:committee_id, :task_id, :agency_id, :role, :scope, :source, :from_day, '9999-12-31', 1)
RETURNING id;

-- name: assignment_list :many
-- in: committee_id i64, task_id i64
-- row: assignment
-- out: id i64, task_id i64, agency_id i64, agency_name str, agency_kind str, role str, scope str, source str, from_day date, to_day date, version i64
SELECT a.id, a.task_id, a.agency_id, g.name, g.kind, a.role, a.scope, a.source, a.from_day, a.to_day, a.version
FROM assignment a JOIN agency g ON g.id = a.agency_id
WHERE a.committee_id = :committee_id AND a.task_id = :task_id
ORDER BY a.id;

-- name: assignment_get :one
-- in: committee_id i64, id i64
-- row: assignment
SELECT a.id, a.task_id, a.agency_id, g.name, g.kind, a.role, a.scope, a.source, a.from_day, a.to_day, a.version
FROM assignment a JOIN agency g ON g.id = a.agency_id
WHERE a.committee_id = :committee_id AND a.id = :id;

-- name: assignment_end :exec
-- in: committee_id i64, id i64, to_day date
UPDATE assignment SET to_day = :to_day, version = version + 1 WHERE committee_id = :committee_id AND id = :id;

-- name: event_insert :one
-- in: committee_id i64, task_id i64, assignment_id id?, kind str, day date, now i64, account_id id?, percent i32?, note str?, doc_number str?, doc_day date?, old_value str?, new_value str?, sample bool, field str?
-- out: id i64
INSERT INTO task_event (committee_id, task_id, assignment_id, kind, day, recorded_at, account_id, percent, note,
                        doc_number, doc_day, old_value, new_value, sample, field)
VALUES (:committee_id, :task_id, :assignment_id, :kind, :day, :now, :account_id, :percent, :note,
        :doc_number, :doc_day, :old_value, :new_value, :sample, :field)
RETURNING id;

-- name: event_list :many
-- in: committee_id i64, task_id i64
-- row: event
-- out: id i64, assignment_id id?, agency_name str?, kind str, day date, recorded_at i64, post str?, percent i32?, note str?, doc_number str?, doc_day date?, old_value str?, new_value str?, sample bool, field str?, withdrawn_at i64?, withdrawn_post str?, withdrawn_reason str?
SELECT e.id, e.assignment_id, g.name, e.kind, e.day, e.recorded_at, u.post, e.percent, e.note, e.doc_number, e.doc_day,
       e.old_value, e.new_value, e.sample, e.field, w.recorded_at AS withdrawn_at, v.post AS withdrawn_post,
       w.reason AS withdrawn_reason
FROM task_event e LEFT JOIN assignment a ON a.id = e.assignment_id LEFT JOIN agency g ON g.id = a.agency_id
LEFT JOIN account u ON u.id = e.account_id
LEFT JOIN event_withdrawn w ON w.event_id = e.id LEFT JOIN account v ON v.id = w.account_id
WHERE e.committee_id = :committee_id AND e.task_id = :task_id
ORDER BY e.day, e.id;

-- What a person's own agency told of a task and has not taken back: what the account itself wrote, or one of its role and
-- agency.
-- name: event_own_list :many
-- in: committee_id i64, task_id i64, account_id i64, role str, agency_id i64
-- row: event_own
-- out: id i64, assignment_id i64
SELECT e.id, e.assignment_id FROM task_event e
WHERE e.committee_id = :committee_id AND e.task_id = :task_id AND e.kind IN ('updated', 'handed_in') AND e.assignment_id IS NOT NULL
  AND (e.account_id = :account_id
       OR e.account_id IN (SELECT r.account_id FROM account_role r WHERE r.committee_id = :committee_id AND r.role = :role
                                                                  AND coalesce(r.agency_id, 0) = :agency_id))
  AND NOT EXISTS (SELECT 1 FROM event_withdrawn w WHERE w.event_id = e.id)
ORDER BY e.id;

-- name: event_withdraw_insert :exec
-- in: committee_id i64, event_id i64, day date, now i64, account_id id?, reason str
INSERT INTO event_withdrawn (event_id, committee_id, day, recorded_at, account_id, reason)
VALUES (:event_id, :committee_id, :day, :now, :account_id, :reason);

-- name: event_file_insert :exec
-- in: committee_id i64, event_id i64, file_id i64
INSERT INTO event_file (committee_id, event_id, file_id) VALUES (:committee_id, :event_id, :file_id);

-- name: event_files :many
-- in: committee_id i64, task_id i64
-- row: event_file
-- out: event_id i64, file_id i64, name str, type str, size i64
SELECT ef.event_id, f.id, f.name, f.type, f.size
FROM task_event e JOIN event_file ef ON ef.event_id = e.id JOIN file f ON f.id = ef.file_id
WHERE e.committee_id = :committee_id AND e.task_id = :task_id
ORDER BY ef.event_id, f.id;

-- name: span_delete :exec
-- in: committee_id i64, task_id i64
DELETE FROM task_span WHERE +committee_id = :committee_id AND task_id = :task_id; -- "+": by the task, not by the committee

-- name: span_insert :exec
-- in: committee_id i64, plan_id i64, task_id i64, assignment_id i64, agency_id i64, from_day date, to_day date, lifecycle i64, due date?, due_key date, conditional bool, original_due date?, done_day date?, percent i64, last_day date?, leads str, order_key str, phase i64
INSERT INTO task_span (committee_id, plan_id, task_id, assignment_id, agency_id, from_day, to_day, lifecycle, due, due_key,
                       conditional, original_due, done_day, percent, last_day, leads, order_key, phase)
VALUES (:committee_id, :plan_id, :task_id, :assignment_id, :agency_id, :from_day, :to_day, :lifecycle, :due, :due_key,
        :conditional, :original_due, :done_day, :percent, :last_day, :leads, :order_key, :phase);

-- All that stands of a task, to see what a new projection changes.
-- name: span_list :many
-- in: committee_id i64, task_id i64
-- row: span_old
-- out: agency_id i64, from_day date, to_day date, lifecycle i64, due date?, conditional bool, done_day date?
SELECT agency_id, from_day, to_day, lifecycle, due, conditional, done_day FROM task_span
WHERE +committee_id = :committee_id AND task_id = :task_id ORDER BY assignment_id, from_day;

-- What held of one task on a day: the task (assignment_id 0) and each lead assignment.
-- name: span_at :many
-- in: committee_id i64, task_id i64, day date
-- row: span
-- out: assignment_id i64, agency_id i64, from_day date, to_day date, lifecycle i64, due date?, conditional bool, original_due date?, done_day date?, percent i64, last_day date?, leads str
SELECT assignment_id, agency_id, from_day, to_day, lifecycle, due, conditional, original_due, done_day, percent, last_day, leads
FROM task_span
WHERE +committee_id = :committee_id AND task_id = :task_id AND from_day <= :day AND to_day >= :day
ORDER BY assignment_id;

-- Lists of tasks on a day, each by the index that serves it; core/task_list.c chooses. agency_id 0: tasks, else that agency's
-- lead assignments. phase, due and or_phase express a state (state_range). Keyset: rows after (after_key, after_id). The
-- numbers of plan and group are filled in by core: a page has few.

-- What holds without end, in the order of the papers.
-- name: task_list_order :many
-- args: task_listing
-- in: committee_id i64, agency_id i64, group_id i64, day date, phase_min i64, phase_max i64, due_min date, due_max date, or_phase i64, silent_before date?, after_key str, after_id i64, max i64
-- row: task_item
-- out: id i64, plan_id i64, plan_number str, group_id id?, group_no str?, no str, title str, leads str, lifecycle i64, due date?, conditional bool, original_due date?, done_day date?, percent i64, last_day date?, deadline_text str?, deadline_kind str, output str?, sort_key str
SELECT t.id, t.plan_id, '' AS plan_number, t.group_id, NULL AS group_no, t.no, t.title, s.leads, s.lifecycle, s.due, s.conditional,
       s.original_due, s.done_day, s.percent, s.last_day, t.deadline_text, t.deadline_kind, t.output,
       s.order_key AS sort_key
FROM task_span s JOIN task t ON t.id = s.task_id
WHERE s.committee_id = :committee_id AND s.agency_id = :agency_id AND s.to_day = '9999-12-31' AND s.from_day <= :day
  AND (s.order_key, s.task_id) > (:after_key, :after_id) AND (:group_id = 0 OR t.group_id = :group_id)
  AND ((s.phase BETWEEN :phase_min AND :phase_max AND s.due_key BETWEEN :due_min AND :due_max) OR s.phase = :or_phase)
  AND (:silent_before IS NULL OR COALESCE(s.last_day, s.from_day) < :silent_before)
ORDER BY s.order_key, s.task_id
LIMIT :max;

-- What holds without end in one phase, by deadline.
-- name: task_list_due :many
-- args: task_listing
-- in: committee_id i64, agency_id i64, group_id i64, day date, phase i64, due_min date, due_max date, silent_before date?, after_key str, after_id i64, max i64
-- row: task_item
SELECT t.id, t.plan_id, '' AS plan_number, t.group_id, NULL AS group_no, t.no, t.title, s.leads, s.lifecycle, s.due, s.conditional,
       s.original_due, s.done_day, s.percent, s.last_day, t.deadline_text, t.deadline_kind, t.output,
       s.due_key AS sort_key
FROM task_span s JOIN task t ON t.id = s.task_id
WHERE s.committee_id = :committee_id AND s.agency_id = :agency_id AND s.to_day = '9999-12-31' AND s.from_day <= :day
  AND s.phase = :phase AND s.due_key BETWEEN :due_min AND :due_max AND (s.due_key, s.task_id) > (:after_key, :after_id)
  AND (:group_id = 0 OR t.group_id = :group_id)
  AND (:silent_before IS NULL OR COALESCE(s.last_day, s.from_day) < :silent_before)
ORDER BY s.due_key, s.task_id
LIMIT :max;

-- The same by what was told last.
-- name: task_list_told :many
-- args: task_listing
-- in: committee_id i64, agency_id i64, group_id i64, day date, phase i64, due_min date, due_max date, silent_before date?, after_key str, after_id i64, max i64
-- row: task_item
SELECT t.id, t.plan_id, '' AS plan_number, t.group_id, NULL AS group_no, t.no, t.title, s.leads, s.lifecycle, s.due, s.conditional,
       s.original_due, s.done_day, s.percent, s.last_day, t.deadline_text, t.deadline_kind, t.output,
       coalesce(s.last_day, '0000') AS sort_key
FROM task_span s JOIN task t ON t.id = s.task_id
WHERE s.committee_id = :committee_id AND s.agency_id = :agency_id AND s.to_day = '9999-12-31' AND s.from_day <= :day
  AND s.phase = :phase AND coalesce(s.due_key, '') BETWEEN :due_min AND :due_max -- coalesce: not by the index of deadlines
  AND coalesce(s.last_day, '0000') >= :after_key AND (coalesce(s.last_day, '0000'), s.task_id) > (:after_key, :after_id)
  AND (:group_id = 0 OR t.group_id = :group_id)
  AND (:silent_before IS NULL OR COALESCE(s.last_day, s.from_day) < :silent_before)
ORDER BY coalesce(s.last_day, '0000'), s.task_id
LIMIT :max;

-- The same in the order of titles, of tasks alone, and whatever held on the day: a task has a span of most days.
-- name: task_list_title :many
-- args: task_listing
-- in: committee_id i64, group_id i64, day date, phase_min i64, phase_max i64, due_min date, due_max date, or_phase i64, silent_before date?, after_key str, after_id i64, max i64
-- row: task_item
SELECT t.id, t.plan_id, '' AS plan_number, t.group_id, NULL AS group_no, t.no, t.title, s.leads, s.lifecycle, s.due, s.conditional,
       s.original_due, s.done_day, s.percent, s.last_day, t.deadline_text, t.deadline_kind, t.output,
       t.title_key AS sort_key
FROM task t CROSS JOIN task_span s
WHERE t.committee_id = :committee_id AND s.task_id = t.id AND s.assignment_id = 0 AND +s.committee_id = :committee_id AND s.from_day <= :day AND s.to_day >= :day
  AND (t.title_key, t.id) > (:after_key, :after_id) AND (:group_id = 0 OR t.group_id = :group_id)
  AND ((s.phase BETWEEN :phase_min AND :phase_max AND s.due_key BETWEEN :due_min AND :due_max) OR s.phase = :or_phase)
  AND (:silent_before IS NULL OR COALESCE(s.last_day, s.from_day) < :silent_before)
ORDER BY t.title_key, t.id
LIMIT :max;

-- What ended since the day, in one phase, by deadline: chosen in an index before a row is read.
-- name: task_list_ended_due :many
-- args: task_listing
-- in: committee_id i64, agency_id i64, day date, phase i64, due_min date, due_max date, after_key str, after_id i64, max i64
-- row: task_item
SELECT t.id, t.plan_id, '' AS plan_number, t.group_id, NULL AS group_no, t.no, t.title, s.leads, s.lifecycle, s.due, s.conditional,
       s.original_due, s.done_day, s.percent, s.last_day, t.deadline_text, t.deadline_kind, t.output,
       s.due_key AS sort_key
FROM (SELECT e.task_id, e.assignment_id, e.from_day FROM task_span e
       WHERE e.committee_id = :committee_id AND e.agency_id = :agency_id AND e.phase = :phase AND e.to_day >= :day
         AND e.to_day < '9999-12-31' AND e.from_day <= :day AND e.due_key BETWEEN :due_min AND :due_max
         AND (e.due_key, e.task_id) > (:after_key, :after_id)
       ORDER BY e.due_key, e.task_id LIMIT :max) k
JOIN task_span s ON s.task_id = k.task_id AND s.assignment_id = k.assignment_id AND s.from_day = k.from_day
JOIN task t ON t.id = s.task_id
ORDER BY s.due_key, s.task_id
LIMIT :max;

-- The same in any order: for states that few tasks are in.
-- name: task_list_state :many
-- args: task_listing
-- in: committee_id i64, agency_id i64, group_id i64, day date, phase i64, due_min date, due_max date, silent_before date?, sort str, after_key str, after_id i64, max i64
-- row: task_item
SELECT t.id, t.plan_id, '' AS plan_number, t.group_id, NULL AS group_no, t.no, t.title, s.leads, s.lifecycle, s.due, s.conditional,
       s.original_due, s.done_day, s.percent, s.last_day, t.deadline_text, t.deadline_kind, t.output,
       CASE :sort WHEN 'due' THEN s.due_key WHEN 'title' THEN t.title_key WHEN 'updated' THEN coalesce(s.last_day, '0000')
            ELSE s.order_key END AS sort_key
FROM task_span s JOIN task t ON t.id = s.task_id
WHERE s.committee_id = :committee_id AND s.agency_id = :agency_id AND s.to_day = '9999-12-31' AND s.from_day <= :day
  AND s.phase = :phase AND s.due_key BETWEEN :due_min AND :due_max AND (:group_id = 0 OR t.group_id = :group_id)
  AND (:silent_before IS NULL OR COALESCE(s.last_day, s.from_day) < :silent_before)
  AND (:after_id = 0 OR (CASE :sort WHEN 'due' THEN s.due_key WHEN 'title' THEN t.title_key WHEN 'updated' THEN coalesce(s.last_day, '0000')
                              ELSE s.order_key END, t.id) > (:after_key, :after_id))
ORDER BY sort_key, t.id
LIMIT :max;

-- What holds on the day and has an end: little today, much on a day long past.
-- name: task_list_ending :many
-- args: task_listing
-- in: committee_id i64, agency_id i64, group_id i64, day date, phase_min i64, phase_max i64, due_min date, due_max date, or_phase i64, silent_before date?, sort str, after_key str, after_id i64, max i64
-- row: task_item
SELECT t.id, t.plan_id, '' AS plan_number, t.group_id, NULL AS group_no, t.no, t.title, s.leads, s.lifecycle, s.due, s.conditional,
       s.original_due, s.done_day, s.percent, s.last_day, t.deadline_text, t.deadline_kind, t.output,
       CASE :sort WHEN 'due' THEN s.due_key WHEN 'title' THEN t.title_key WHEN 'updated' THEN coalesce(s.last_day, '0000')
            ELSE s.order_key END AS sort_key
FROM task_span s JOIN task t ON t.id = s.task_id
WHERE s.committee_id = :committee_id AND s.agency_id = :agency_id AND s.from_day <= :day AND s.to_day >= :day AND s.to_day < '9999-12-31'
  AND (:group_id = 0 OR t.group_id = :group_id)
  AND ((s.phase BETWEEN :phase_min AND :phase_max AND s.due_key BETWEEN :due_min AND :due_max) OR s.phase = :or_phase)
  AND (:silent_before IS NULL OR COALESCE(s.last_day, s.from_day) < :silent_before)
  AND (:after_id = 0 OR (CASE :sort WHEN 'due' THEN s.due_key WHEN 'title' THEN t.title_key WHEN 'updated' THEN coalesce(s.last_day, '0000')
                              ELSE s.order_key END, t.id) > (:after_key, :after_id))
ORDER BY sort_key, t.id
LIMIT :max;

-- The tasks of one plan.
-- name: task_list_plan :many
-- args: task_listing
-- in: committee_id i64, plan_id i64, agency_id i64, group_id i64, member_id i64, assignment_max i64, day date, phase_min i64, phase_max i64, due_min date, due_max date, or_phase i64, silent_before date?, sort str, after_key str, after_id i64, max i64
-- row: task_item
SELECT t.id, t.plan_id, '' AS plan_number, t.group_id, NULL AS group_no, t.no, t.title, s.leads, s.lifecycle, s.due, s.conditional,
       s.original_due, s.done_day, s.percent, s.last_day, t.deadline_text, t.deadline_kind, t.output,
       CASE :sort WHEN 'due' THEN s.due_key WHEN 'title' THEN t.title_key WHEN 'updated' THEN coalesce(s.last_day, '0000')
            ELSE s.order_key END AS sort_key
FROM task t JOIN task_span s ON s.task_id = t.id
WHERE t.plan_id = :plan_id AND +s.committee_id = :committee_id AND s.assignment_id <= :assignment_max AND +s.agency_id = :agency_id AND s.from_day <= :day AND s.to_day >= :day
  AND (:group_id = 0 OR t.group_id = :group_id)
  AND ((s.phase BETWEEN :phase_min AND :phase_max AND s.due_key BETWEEN :due_min AND :due_max) OR s.phase = :or_phase)
  AND (:silent_before IS NULL OR COALESCE(s.last_day, s.from_day) < :silent_before)
  AND (:member_id = 0 OR t.id IN (SELECT l.task_id FROM member_follow mf JOIN assignment l ON l.agency_id = mf.agency_id
                                   WHERE mf.member_id = :member_id AND mf.from_day <= :day AND mf.to_day >= :day
                                     AND l.role = 'lead' AND l.from_day <= :day AND l.to_day >= :day))
  AND (:after_id = 0 OR (CASE :sort WHEN 'due' THEN s.due_key WHEN 'title' THEN t.title_key WHEN 'updated' THEN coalesce(s.last_day, '0000')
                              ELSE s.order_key END, t.id) > (:after_key, :after_id))
ORDER BY sort_key, t.id
LIMIT :max;

-- What a search finds, the newest first, up to a limit: the words are looked up once.
-- name: task_found_ids :many
-- no-scope: numbers alone; task_list_found asks whose they are
-- in: search str, max i64
-- row: task_found
-- out: id i64
SELECT rowid AS id FROM task_fts WHERE task_fts MATCH :search ORDER BY rowid DESC LIMIT :max;

-- only pg
SELECT rowid AS id FROM task_fts WHERE body @@ CAST(:search AS tsquery) ORDER BY rowid DESC LIMIT :max;

-- Of these tasks (a JSON array of their ids) those that are to be shown, in order.
-- name: task_list_found :many
-- args: task_listing
-- in: committee_id i64, ids str, plan_id i64, agency_id i64, group_id i64, member_id i64, assignment_max i64, day date, phase_min i64, phase_max i64, due_min date, due_max date, or_phase i64, silent_before date?, sort str, after_key str, after_id i64, max i64
-- row: task_item
SELECT t.id, t.plan_id, '' AS plan_number, t.group_id, NULL AS group_no, t.no, t.title, s.leads, s.lifecycle, s.due, s.conditional,
       s.original_due, s.done_day, s.percent, s.last_day, t.deadline_text, t.deadline_kind, t.output,
       CASE :sort WHEN 'due' THEN s.due_key WHEN 'title' THEN t.title_key WHEN 'updated' THEN coalesce(s.last_day, '0000')
            ELSE s.order_key END AS sort_key
FROM json_each(:ids) f CROSS JOIN task_span s JOIN task t ON t.id = s.task_id
WHERE s.task_id = f.value AND +s.committee_id = :committee_id AND s.assignment_id <= :assignment_max AND +s.agency_id = :agency_id AND s.from_day <= :day AND s.to_day >= :day
  AND (:plan_id = 0 OR t.plan_id = :plan_id) AND (:group_id = 0 OR t.group_id = :group_id)
  AND ((s.phase BETWEEN :phase_min AND :phase_max AND s.due_key BETWEEN :due_min AND :due_max) OR s.phase = :or_phase)
  AND (:silent_before IS NULL OR COALESCE(s.last_day, s.from_day) < :silent_before)
  AND (:member_id = 0 OR t.id IN (SELECT l.task_id FROM member_follow mf JOIN assignment l ON l.agency_id = mf.agency_id
                                   WHERE mf.member_id = :member_id AND mf.from_day <= :day AND mf.to_day >= :day
                                     AND l.role = 'lead' AND l.from_day <= :day AND l.to_day >= :day))
  AND (:after_id = 0 OR (CASE :sort WHEN 'due' THEN s.due_key WHEN 'title' THEN t.title_key WHEN 'updated' THEN coalesce(s.last_day, '0000')
                              ELSE s.order_key END, t.id) > (:after_key, :after_id))
ORDER BY sort_key, t.id
LIMIT :max;

-- only pg
SELECT t.id, t.plan_id, '' AS plan_number, t.group_id, NULL AS group_no, t.no, t.title, s.leads, s.lifecycle, s.due, s.conditional,
       s.original_due, s.done_day, s.percent, s.last_day, t.deadline_text, t.deadline_kind, t.output,
       CASE :sort WHEN 'due' THEN s.due_key WHEN 'title' THEN t.title_key WHEN 'updated' THEN coalesce(s.last_day, '0000')
            ELSE s.order_key END AS sort_key
FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS f (value) CROSS JOIN task_span s JOIN task t ON t.id = s.task_id
WHERE s.task_id = CAST(f.value AS BIGINT) AND +s.committee_id = :committee_id AND s.assignment_id <= :assignment_max AND +s.agency_id = :agency_id AND s.from_day <= :day AND s.to_day >= :day
  AND (:plan_id = 0 OR t.plan_id = :plan_id) AND (:group_id = 0 OR t.group_id = :group_id)
  AND ((s.phase BETWEEN :phase_min AND :phase_max AND s.due_key BETWEEN :due_min AND :due_max) OR s.phase = :or_phase)
  AND (:silent_before IS NULL OR COALESCE(s.last_day, s.from_day) < :silent_before)
  AND (:member_id = 0 OR t.id IN (SELECT l.task_id FROM member_follow mf JOIN assignment l ON l.agency_id = mf.agency_id
                                   WHERE mf.member_id = :member_id AND mf.from_day <= :day AND mf.to_day >= :day
                                     AND l.role = 'lead' AND l.from_day <= :day AND l.to_day >= :day))
  AND (:after_id = 0 OR (CASE :sort WHEN 'due' THEN s.due_key WHEN 'title' THEN t.title_key WHEN 'updated' THEN coalesce(s.last_day, '0000')
                              ELSE s.order_key END, t.id) > (:after_key, :after_id))
ORDER BY sort_key, t.id
LIMIT :max;

-- A common word finds too many to put in order: the newest first.
-- name: task_list_found_newest :many
-- args: task_listing
-- in: committee_id i64, search str, plan_id i64, agency_id i64, group_id i64, member_id i64, assignment_max i64, day date, phase_min i64, phase_max i64, due_min date, due_max date, or_phase i64, silent_before date?, after_id i64, max i64
-- row: task_item
SELECT t.id, t.plan_id, '' AS plan_number, t.group_id, NULL AS group_no, t.no, t.title, s.leads, s.lifecycle, s.due, s.conditional,
       s.original_due, s.done_day, s.percent, s.last_day, t.deadline_text, t.deadline_kind, t.output,
       '' AS sort_key
FROM task_fts f CROSS JOIN task_span s JOIN task t ON t.id = s.task_id
WHERE task_fts MATCH :search AND s.task_id = f.rowid AND +s.committee_id = :committee_id AND s.assignment_id <= :assignment_max AND +s.agency_id = :agency_id AND s.from_day <= :day AND s.to_day >= :day
  AND (:after_id = 0 OR f.rowid < :after_id) AND (:plan_id = 0 OR t.plan_id = :plan_id) AND (:group_id = 0 OR t.group_id = :group_id)
  AND ((s.phase BETWEEN :phase_min AND :phase_max AND s.due_key BETWEEN :due_min AND :due_max) OR s.phase = :or_phase)
  AND (:silent_before IS NULL OR COALESCE(s.last_day, s.from_day) < :silent_before)
  AND (:member_id = 0 OR t.id IN (SELECT l.task_id FROM member_follow mf JOIN assignment l ON l.agency_id = mf.agency_id
                                   WHERE mf.member_id = :member_id AND mf.from_day <= :day AND mf.to_day >= :day
                                     AND l.role = 'lead' AND l.from_day <= :day AND l.to_day >= :day))
ORDER BY f.rowid DESC
LIMIT :max;

-- only pg
SELECT t.id, t.plan_id, '' AS plan_number, t.group_id, NULL AS group_no, t.no, t.title, s.leads, s.lifecycle, s.due, s.conditional,
       s.original_due, s.done_day, s.percent, s.last_day, t.deadline_text, t.deadline_kind, t.output,
       '' AS sort_key
FROM task_fts f CROSS JOIN task_span s JOIN task t ON t.id = s.task_id
WHERE f.body @@ CAST(:search AS tsquery) AND s.task_id = f.rowid AND +s.committee_id = :committee_id AND s.assignment_id <= :assignment_max AND +s.agency_id = :agency_id AND s.from_day <= :day AND s.to_day >= :day
  AND (:after_id = 0 OR f.rowid < :after_id) AND (:plan_id = 0 OR t.plan_id = :plan_id) AND (:group_id = 0 OR t.group_id = :group_id)
  AND ((s.phase BETWEEN :phase_min AND :phase_max AND s.due_key BETWEEN :due_min AND :due_max) OR s.phase = :or_phase)
  AND (:silent_before IS NULL OR COALESCE(s.last_day, s.from_day) < :silent_before)
  AND (:member_id = 0 OR t.id IN (SELECT l.task_id FROM member_follow mf JOIN assignment l ON l.agency_id = mf.agency_id
                                   WHERE mf.member_id = :member_id AND mf.from_day <= :day AND mf.to_day >= :day
                                     AND l.role = 'lead' AND l.from_day <= :day AND l.to_day >= :day))
ORDER BY f.rowid DESC
LIMIT :max;

-- What a member answers for: the tasks his agencies lead.
-- name: task_list_member :many
-- args: task_listing
-- in: committee_id i64, group_id i64, agency_id i64, member_id i64, assignment_max i64, day date, phase_min i64, phase_max i64, due_min date, due_max date, or_phase i64, silent_before date?, sort str, after_key str, after_id i64, max i64
-- row: task_item
SELECT t.id, t.plan_id, '' AS plan_number, t.group_id, NULL AS group_no, t.no, t.title, s.leads, s.lifecycle, s.due, s.conditional,
       s.original_due, s.done_day, s.percent, s.last_day, t.deadline_text, t.deadline_kind, t.output,
       CASE :sort WHEN 'due' THEN s.due_key WHEN 'title' THEN t.title_key WHEN 'updated' THEN coalesce(s.last_day, '0000')
            ELSE s.order_key END AS sort_key
FROM (SELECT DISTINCT l.task_id FROM member_follow f JOIN assignment l ON l.agency_id = f.agency_id
       WHERE f.committee_id = :committee_id AND f.member_id = :member_id AND f.from_day <= :day AND f.to_day >= :day
         AND l.role = 'lead' AND l.from_day <= :day AND l.to_day >= :day) m CROSS JOIN task_span s JOIN task t ON t.id = s.task_id
WHERE s.task_id = m.task_id AND +s.committee_id = :committee_id AND s.assignment_id <= :assignment_max AND +s.agency_id = :agency_id
  AND s.from_day <= :day AND s.to_day >= :day AND (:group_id = 0 OR t.group_id = :group_id)
  AND ((s.phase BETWEEN :phase_min AND :phase_max AND s.due_key BETWEEN :due_min AND :due_max) OR s.phase = :or_phase)
  AND (:silent_before IS NULL OR COALESCE(s.last_day, s.from_day) < :silent_before)
  AND (:after_id = 0 OR (CASE :sort WHEN 'due' THEN s.due_key WHEN 'title' THEN t.title_key WHEN 'updated' THEN coalesce(s.last_day, '0000')
                              ELSE s.order_key END, t.id) > (:after_key, :after_id))
ORDER BY sort_key, t.id
LIMIT :max;

-- Any list of an agency: all that holds on the day is looked at.
-- name: task_list :many
-- args: task_listing
-- in: committee_id i64, group_id i64, agency_id i64, day date, phase_min i64, phase_max i64, due_min date, due_max date, or_phase i64, silent_before date?, sort str, after_key str, after_id i64, max i64
-- row: task_item
SELECT t.id, t.plan_id, '' AS plan_number, t.group_id, NULL AS group_no, t.no, t.title, s.leads, s.lifecycle, s.due, s.conditional,
       s.original_due, s.done_day, s.percent, s.last_day, t.deadline_text, t.deadline_kind, t.output,
       CASE :sort WHEN 'due' THEN s.due_key WHEN 'title' THEN t.title_key WHEN 'updated' THEN coalesce(s.last_day, '0000')
            ELSE s.order_key END AS sort_key
FROM task_span s JOIN task t ON t.id = s.task_id
WHERE s.committee_id = :committee_id AND s.agency_id = :agency_id AND s.from_day <= :day AND s.to_day >= :day
  AND (:group_id = 0 OR t.group_id = :group_id)
  AND ((s.phase BETWEEN :phase_min AND :phase_max AND s.due_key BETWEEN :due_min AND :due_max) OR s.phase = :or_phase)
  AND (:silent_before IS NULL OR COALESCE(s.last_day, s.from_day) < :silent_before)
  AND (:after_id = 0 OR (CASE :sort WHEN 'due' THEN s.due_key WHEN 'title' THEN t.title_key WHEN 'updated' THEN coalesce(s.last_day, '0000')
                              ELSE s.order_key END, t.id) > (:after_key, :after_id))
ORDER BY sort_key, t.id
LIMIT :max;

-- name: plan_number :maybe
-- in: committee_id i64, id i64
-- out: number str
SELECT number FROM plan WHERE committee_id = :committee_id AND id = :id;

-- name: group_no :maybe
-- in: committee_id i64, id i64
-- out: no str
SELECT no FROM task_group WHERE committee_id = :committee_id AND id = :id;

-- Tasks where an agency works but does not lead: coordinating, or asked, by its own name or as one of a group.
-- name: task_list_coordinating :many
-- in: committee_id i64, agency_id i64, day date
-- row: task_item
SELECT t.id, t.plan_id, p.number, t.group_id, g.no, t.no, t.title, s.leads, s.lifecycle, s.due, s.conditional, s.original_due, s.done_day,
       s.percent, s.last_day, t.deadline_text, t.deadline_kind, t.output, s.due_key AS sort_key
FROM task t JOIN plan p ON p.id = t.plan_id
JOIN task_span s ON s.task_id = t.id AND s.assignment_id = 0 AND s.from_day <= :day AND s.to_day >= :day
LEFT JOIN task_group g ON g.id = t.group_id
WHERE t.committee_id = :committee_id
  AND t.id IN (SELECT a.task_id FROM assignment a
                WHERE a.agency_id IN (SELECT group_id FROM agency_group WHERE agency_id = :agency_id
                                       AND from_day <= :day AND to_day >= :day UNION SELECT :agency_id)
                  AND a.role IN ('coordinate', 'request') AND a.from_day <= :day AND a.to_day >= :day)
  AND t.id NOT IN (SELECT l.task_id FROM assignment l
                    WHERE l.agency_id = :agency_id AND l.role = 'lead' AND l.from_day <= :day AND l.to_day >= :day)
ORDER BY s.due_key, t.id LIMIT 200;

-- name: search_delete :exec
-- no-scope: the index row of a task the caller has loaded
-- in: task_id i64
DELETE FROM task_fts WHERE rowid = :task_id;

-- name: search_insert :exec
-- no-scope: the index row of a task the caller has loaded
-- in: task_id i64, body str
INSERT INTO task_fts (rowid, body) VALUES (:task_id, :body);

-- only pg
INSERT INTO task_fts (rowid, body) VALUES (:task_id, CAST(:body AS tsvector));

-- What was told of the tasks of a plan up to a day: the words of a report.
-- name: plan_event_list :many
-- in: committee_id i64, plan_id i64, day date
-- row: plan_event
-- out: task_id i64, assignment_id id?, agency_name str?, kind str, day date, percent i32?, note str?, doc_number str?, doc_day date?, new_value str?, sample bool
SELECT e.task_id, e.assignment_id, g.name, e.kind, e.day, e.percent, e.note, e.doc_number, e.doc_day, e.new_value, e.sample
FROM task t JOIN task_event e ON e.task_id = t.id LEFT JOIN assignment a ON a.id = e.assignment_id
LEFT JOIN agency g ON g.id = a.agency_id
WHERE t.committee_id = :committee_id AND t.plan_id = :plan_id AND e.day <= :day
  AND NOT EXISTS (SELECT 1 FROM event_withdrawn w WHERE w.event_id = e.id)
ORDER BY t.ord, t.id, e.day, e.id LIMIT 20000;

-- Who works with the leads of a plan's tasks on a day: coordinating, or asked.
-- name: plan_helper_list :many
-- in: committee_id i64, plan_id i64, day date
-- row: plan_helper
-- out: task_id i64, agency_name str, role str, scope str
SELECT a.task_id, g.name, a.role, a.scope
FROM task t JOIN assignment a ON a.task_id = t.id JOIN agency g ON g.id = a.agency_id
WHERE t.committee_id = :committee_id AND t.plan_id = :plan_id AND a.role IN ('coordinate', 'request')
  AND a.from_day <= :day AND a.to_day >= :day
ORDER BY t.ord, t.id, a.id LIMIT 20000;
