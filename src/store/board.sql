-- The board: kept figures (schema 0006), and the spans they are made from.

-- name: board_day_get :maybe
-- in: committee_id i64
-- row: board_day
-- out: day date, due_soon_days i64
SELECT day, due_soon_days FROM board_day WHERE committee_id = :committee_id;

-- name: board_day_set :exec
-- in: committee_id i64, day date, due_soon_days i64
INSERT INTO board_day (committee_id, day, due_soon_days) VALUES (:committee_id, :day, :due_soon_days)
ON CONFLICT (committee_id) DO UPDATE SET day = excluded.day, due_soon_days = excluded.due_soon_days;

-- Agency 0, the tasks, comes first, then the agencies by name.
-- name: board_base_list :many
-- in: committee_id i64
-- row: board_figures
-- out: agency_id i64, done i64, awaiting i64, overdue i64, attention i64, doing i64, waiting i64, dropped i64, on_time i64, late i64, no_due i64, due_by_now i64, due_today i64, last_day date?, name str, kind str
SELECT agency_id, done, awaiting, overdue, attention, doing, waiting, dropped, on_time, late, no_due, due_by_now, due_today, last_day,
       name, kind
FROM board_base WHERE committee_id = :committee_id ORDER BY name_key, agency_id;

-- name: board_base_of :maybe
-- in: committee_id i64, agency_id i64
-- row: board_figures
SELECT agency_id, done, awaiting, overdue, attention, doing, waiting, dropped, on_time, late, no_due, due_by_now, due_today, last_day,
       name, kind
FROM board_base WHERE committee_id = :committee_id AND agency_id = :agency_id;

-- The figures of tasks and the day they stand for, for the counts beside the places of every page.
-- name: board_base_tasks :maybe
-- in: committee_id i64
-- row: board_tasks
-- out: day date, due_soon_days i64, done i64, awaiting i64, overdue i64, attention i64, doing i64, waiting i64, dropped i64, on_time i64, late i64, no_due i64, due_by_now i64, due_today i64
SELECT d.day, d.due_soon_days, b.done, b.awaiting, b.overdue, b.attention, b.doing, b.waiting, b.dropped, b.on_time, b.late, b.no_due,
       b.due_by_now, b.due_today
FROM board_day d JOIN board_base b ON b.committee_id = d.committee_id AND b.agency_id = 0
WHERE d.committee_id = :committee_id;

-- name: board_step_sums :many
-- in: committee_id i64, agency_min i64, agency_max i64, after date, until date
-- row: board_figures
SELECT agency_id, sum(done), sum(awaiting), sum(overdue), sum(attention), sum(doing), sum(waiting), sum(dropped), sum(on_time),
       sum(late), sum(no_due), sum(due_by_now), sum(due_today), NULL AS last_day, '' AS name,
       '' AS kind
FROM board_step
WHERE committee_id = :committee_id AND agency_id BETWEEN :agency_min AND :agency_max AND day > :after AND day <= :until
GROUP BY agency_id ORDER BY agency_id;

-- name: board_base_more :exec
-- in: committee_id i64, agency_id i64, done i64, awaiting i64, overdue i64, attention i64, doing i64, waiting i64, dropped i64, on_time i64, late i64, no_due i64, due_by_now i64, due_today i64
UPDATE board_base SET done = done + :done, awaiting = awaiting + :awaiting, overdue = overdue + :overdue,
       attention = attention + :attention, doing = doing + :doing, waiting = waiting + :waiting, dropped = dropped + :dropped,
       on_time = on_time + :on_time, late = late + :late, no_due = no_due + :no_due, due_by_now = due_by_now + :due_by_now,
       due_today = due_today + :due_today
WHERE committee_id = :committee_id AND agency_id = :agency_id;

-- name: board_base_add :exec
-- in: committee_id i64, agency_id i64, done i64, awaiting i64, overdue i64, attention i64, doing i64, waiting i64, dropped i64, on_time i64, late i64, no_due i64, due_by_now i64, due_today i64
INSERT INTO board_base (committee_id, agency_id, done, awaiting, overdue, attention, doing, waiting, dropped, on_time, late, no_due,
                        due_by_now, due_today, name, kind, name_key)
VALUES (:committee_id, :agency_id, :done, :awaiting, :overdue, :attention, :doing, :waiting, :dropped, :on_time, :late, :no_due,
        :due_by_now, :due_today, coalesce((SELECT name FROM agency WHERE id = :agency_id), ''),
        coalesce((SELECT kind FROM agency WHERE id = :agency_id), ''), coalesce((SELECT name_key FROM agency WHERE id = :agency_id), ''))
ON CONFLICT (committee_id, agency_id) DO UPDATE
SET done = board_base.done + excluded.done, awaiting = board_base.awaiting + excluded.awaiting,
    overdue = board_base.overdue + excluded.overdue, attention = board_base.attention + excluded.attention,
    doing = board_base.doing + excluded.doing, waiting = board_base.waiting + excluded.waiting,
    dropped = board_base.dropped + excluded.dropped, on_time = board_base.on_time + excluded.on_time,
    late = board_base.late + excluded.late, no_due = board_base.no_due + excluded.no_due,
    due_by_now = board_base.due_by_now + excluded.due_by_now, due_today = board_base.due_today + excluded.due_today;

-- name: board_step_add :exec
-- in: committee_id i64, agency_id i64, day date, done i64, awaiting i64, overdue i64, attention i64, doing i64, waiting i64, dropped i64, on_time i64, late i64, no_due i64, due_by_now i64, due_today i64
INSERT INTO board_step (committee_id, agency_id, day, done, awaiting, overdue, attention, doing, waiting, dropped, on_time, late,
                        no_due, due_by_now, due_today)
VALUES (:committee_id, :agency_id, :day, :done, :awaiting, :overdue, :attention, :doing, :waiting, :dropped, :on_time, :late,
        :no_due, :due_by_now, :due_today)
ON CONFLICT (committee_id, agency_id, day) DO UPDATE
SET done = board_step.done + excluded.done, awaiting = board_step.awaiting + excluded.awaiting,
    overdue = board_step.overdue + excluded.overdue, attention = board_step.attention + excluded.attention,
    doing = board_step.doing + excluded.doing, waiting = board_step.waiting + excluded.waiting,
    dropped = board_step.dropped + excluded.dropped, on_time = board_step.on_time + excluded.on_time,
    late = board_step.late + excluded.late, no_due = board_step.no_due + excluded.no_due,
    due_by_now = board_step.due_by_now + excluded.due_by_now, due_today = board_step.due_today + excluded.due_today;

-- name: board_base_clear :exec
-- in: committee_id i64
DELETE FROM board_base WHERE committee_id = :committee_id;

-- name: board_step_clear :exec
-- in: committee_id i64
DELETE FROM board_step WHERE committee_id = :committee_id;

-- What an agency told last, as of a day: the newest of what was in force then.
-- name: board_told :maybe
-- in: committee_id i64, agency_id i64, day date
-- out: last_day date?
SELECT last_day FROM task_span
WHERE committee_id = :committee_id AND agency_id = :agency_id AND agency_id <> 0 AND last_day <= :day AND from_day <= :day
  AND to_day >= :day
ORDER BY last_day DESC LIMIT 1;

-- Of an agency that told nothing: the day of the earliest assignment that is open on a day.
-- name: board_since :one
-- in: committee_id i64, agency_id i64, day date
-- out: since date?
SELECT min(a.from_day) FROM task_span s JOIN assignment a ON a.id = s.assignment_id
WHERE s.committee_id = :committee_id AND s.agency_id = :agency_id AND s.agency_id <> 0 AND s.last_day IS NULL AND s.from_day <= :day
  AND s.to_day >= :day AND s.lifecycle < 50;

-- name: board_base_told :exec
-- in: committee_id i64, agency_id i64, last_day date?
UPDATE board_base SET last_day = :last_day WHERE committee_id = :committee_id AND agency_id = :agency_id;

-- Names of the agencies that have a line.
-- name: board_names :many
-- in: committee_id i64
-- row: board_name
-- out: agency_id i64, name str, kind str
SELECT agency_id, name, kind FROM board_base WHERE committee_id = :committee_id AND agency_id <> 0 ORDER BY name_key, agency_id;

-- name: board_seats :many
-- in: committee_id i64
-- row: board_seat
-- out: agency_id i64
SELECT DISTINCT agency_id FROM member WHERE committee_id = :committee_id AND agency_id IS NOT NULL ORDER BY agency_id;

-- All spans of a committee, to count them anew.
-- name: board_spans :many
-- scan: a recount reads everything
-- in: committee_id i64, after_task i64, max i64
-- row: board_span
-- out: task_id i64, agency_id i64, from_day date, to_day date, lifecycle i64, due date?, conditional bool, done_day date?
SELECT task_id, agency_id, from_day, to_day, lifecycle, due, conditional, done_day FROM task_span
WHERE +committee_id = :committee_id AND task_id > :after_task AND task_id <= :after_task + :max ORDER BY task_id, assignment_id, from_day;

-- name: board_task_max :one
-- in: committee_id i64
-- out: id i64
SELECT coalesce(max(task_id), 0) FROM task_span WHERE +committee_id = :committee_id;

-- Counts of a day by agency, lifecycle, due, from the spans themselves: where no figures are kept yet, and to check them.
-- name: board_counts :many
-- scan: the first board of a committee, and the check
-- in: committee_id i64, day date
-- row: board_count
-- out: agency_id i64, lifecycle i64, conditional bool, due date?, done_day date?, n i64
SELECT agency_id, lifecycle, conditional, due, done_day, count(*)
FROM task_span
WHERE committee_id = :committee_id AND from_day <= :day AND to_day >= :day
GROUP BY agency_id, lifecycle, conditional, due, done_day
ORDER BY agency_id, lifecycle, conditional, due, done_day;

-- When each lead agency last told anything, by a day.
-- name: board_last :many
-- scan: as board_counts
-- in: committee_id i64, day date
-- row: board_last
-- out: agency_id i64, name str, kind str, last_day date?, since date?
SELECT s.agency_id, g.name, g.kind, max(s.last_day), min(CASE WHEN s.lifecycle < 50 THEN a.from_day END)
FROM task_span s JOIN agency g ON g.id = s.agency_id JOIN assignment a ON a.id = s.assignment_id
WHERE s.committee_id = :committee_id AND s.agency_id <> 0 AND s.from_day <= :day AND s.to_day >= :day
GROUP BY s.agency_id, g.name, g.name_key, g.kind
ORDER BY g.name_key, s.agency_id;

-- The same of one plan.
-- name: board_plan_counts :many
-- in: committee_id i64, plan_id i64, day date
-- row: board_count
SELECT s.agency_id, s.lifecycle, s.conditional, s.due, s.done_day, count(*)
FROM task t JOIN task_span s ON s.task_id = t.id
WHERE t.plan_id = :plan_id AND +s.committee_id = :committee_id AND s.from_day <= :day AND s.to_day >= :day
GROUP BY s.agency_id, s.lifecycle, s.conditional, s.due, s.done_day
ORDER BY s.agency_id, s.lifecycle, s.conditional, s.due, s.done_day;

-- name: board_plan_last :many
-- in: committee_id i64, plan_id i64, day date
-- row: board_last
SELECT s.agency_id, g.name, g.kind, max(s.last_day), min(CASE WHEN s.lifecycle < 50 THEN a.from_day END)
FROM task t JOIN task_span s ON s.task_id = t.id JOIN agency g ON g.id = s.agency_id JOIN assignment a ON a.id = s.assignment_id
WHERE t.plan_id = :plan_id AND +s.committee_id = :committee_id AND s.agency_id <> 0 AND s.from_day <= :day AND s.to_day >= :day
GROUP BY s.agency_id, g.name, g.name_key, g.kind
ORDER BY g.name_key, s.agency_id;

-- Committees whose base stands for a day that is over.
-- name: board_days_before :many
-- no-scope: the scheduler looks after all committees
-- in: day date
-- row: board_old
-- out: committee_id i64
SELECT committee_id FROM board_day WHERE day < :day ORDER BY committee_id;
