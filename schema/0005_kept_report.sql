-- A report as it stood when it was closed: its figures, its paper byte for byte. Later corrections do not reach it.
CREATE TABLE kept_report (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        plan_id @INT@ NOT NULL REFERENCES plan (id),
        day TEXT NOT NULL, -- the figures hold at the end of it
        by_standing @INT@ NOT NULL,
        data_at @INT@ NOT NULL, -- by all that was recorded then
        note TEXT,
        tasks @INT@ NOT NULL,
        done @INT@ NOT NULL,
        done_on_time @INT@ NOT NULL,
        done_late @INT@ NOT NULL,
        awaiting @INT@ NOT NULL,
        overdue @INT@ NOT NULL,
        due_by_now @INT@ NOT NULL,
        due_soon @INT@ NOT NULL,
        remaining @INT@ NOT NULL,
        doing @INT@ NOT NULL,
        waiting @INT@ NOT NULL,
        dropped @INT@ NOT NULL,
        silent @INT@ NOT NULL,
        agencies @INT@ NOT NULL,
        name TEXT NOT NULL, -- of the file
        sha256 @BLOB@ NOT NULL,
        docx @BLOB@ NOT NULL,
        account_id @INT@
) @STRICT@;
CREATE INDEX kept_report_by_plan ON kept_report (plan_id, day);

-- only sqlite
CREATE TRIGGER kept_report_keep_update BEFORE UPDATE ON kept_report BEGIN SELECT RAISE(ABORT, 'kept_report is append-only'); END;
CREATE TRIGGER kept_report_keep_delete BEFORE DELETE ON kept_report BEGIN SELECT RAISE(ABORT, 'kept_report is append-only'); END;
-- end
-- only pg
CREATE FUNCTION kept_report_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'kept_report is append-only'; END $$;
CREATE TRIGGER kept_report_keep BEFORE UPDATE OR DELETE ON kept_report FOR EACH ROW EXECUTE FUNCTION kept_report_keep();
-- end
