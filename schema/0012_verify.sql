-- Verifying a paper row by row: rows are merged, split, moved, added; every step can be taken back whole. `ord` stays the
-- index in the draft (-1: a person added the row), `place` is the order people see. Rows that another one swallowed, and
-- added rows that were taken back, are gone and kept.
ALTER TABLE draft_task ADD COLUMN place @INT@ NOT NULL DEFAULT 0;
ALTER TABLE draft_task ADD COLUMN gone @INT@ NOT NULL DEFAULT 0;
ALTER TABLE draft_task ADD COLUMN also TEXT NOT NULL DEFAULT ''; -- further indices of the draft in it: "4,5"
UPDATE draft_task SET place = ord;

-- What stood before. A step is one act of a person and may touch several rows.
ALTER TABLE draft_change ADD COLUMN step @INT@ NOT NULL DEFAULT 0;
ALTER TABLE draft_change ADD COLUMN act TEXT NOT NULL DEFAULT 'edit';
ALTER TABLE draft_change ADD COLUMN no TEXT;
ALTER TABLE draft_change ADD COLUMN also TEXT NOT NULL DEFAULT '';
ALTER TABLE draft_change ADD COLUMN place @INT@; -- NULL: the row was made by this step
ALTER TABLE draft_change ADD COLUMN gone @INT@ NOT NULL DEFAULT 0;
ALTER TABLE draft_change ADD COLUMN verified_by @INT@;
ALTER TABLE draft_change ADD COLUMN verified_at @INT@;
UPDATE draft_change SET step = id, no = (SELECT t.no FROM draft_task t WHERE t.id = draft_change.draft_task_id),
       place = (SELECT t.place FROM draft_task t WHERE t.id = draft_change.draft_task_id);

-- How long verifying took: pauses above two minutes count as two.
ALTER TABLE intake ADD COLUMN opened_at @INT@;
ALTER TABLE intake ADD COLUMN acted_at @INT@;
ALTER TABLE intake ADD COLUMN active_seconds @INT@ NOT NULL DEFAULT 0;
