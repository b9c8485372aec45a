-- What a list of tasks is read by, kept in the spans: the place of the task in its committee (day of the plan, then its
-- number there), and the phase, which says with the deadline what shows on a day (core/state.c). Most of what is asked is
-- "as of today", and what holds today has no end: the indexes hold those rows alone.
ALTER TABLE task_span ADD COLUMN order_key TEXT NOT NULL DEFAULT '';
ALTER TABLE task_span ADD COLUMN phase @INT@ NOT NULL DEFAULT 0;

UPDATE task_span SET
        order_key = (SELECT p.issued || CASE WHEN t.ord < 10 THEN '00000' WHEN t.ord < 100 THEN '0000' WHEN t.ord < 1000 THEN '000'
                                             WHEN t.ord < 10000 THEN '00' WHEN t.ord < 100000 THEN '0' ELSE '' END || t.ord
                       FROM task t JOIN plan p ON p.id = t.plan_id WHERE t.id = task_span.task_id),
        phase = CASE WHEN lifecycle >= 60 THEN 5 WHEN lifecycle >= 50 THEN 4 WHEN lifecycle >= 40 THEN 3
                     WHEN conditional = 1 AND lifecycle <> 30 THEN 2 WHEN lifecycle > 10 THEN 1 ELSE 0 END;

CREATE INDEX task_span_open_order ON task_span (committee_id, agency_id, order_key, task_id) WHERE to_day = '9999-12-31';
CREATE INDEX task_span_open_due ON task_span (committee_id, agency_id, phase, due_key, task_id) WHERE to_day = '9999-12-31';
