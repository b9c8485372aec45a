-- A table (CSV, XLSX, pasted) that becomes tasks. It waits here, as read, until a person has said which column is what and
-- every cell is right; what it made can be taken back as long as nobody has worked on it.
CREATE TABLE sheet_import (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        file_id @INT@ NOT NULL REFERENCES file (id),
        state TEXT NOT NULL CHECK (state IN ('open', 'imported', 'undone', 'dropped')),
        draft TEXT NOT NULL, -- what the reader made of it, with its cells
        mapping TEXT NOT NULL, -- line of the heads, a field a column: "3:no,title,lead,none"; '' as guessed
        plan_id @INT@,
        plan_new @INT@ NOT NULL, -- the import made the plan
        rows_good @INT@ NOT NULL,
        rows_bad @INT@ NOT NULL,
        created_at @INT@ NOT NULL,
        created_by @INT@,
        imported_at @INT@,
        version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX sheet_import_by_committee ON sheet_import (committee_id, id);

-- What an import made, so that it can be taken back whole.
CREATE TABLE sheet_import_item (
        import_id @INT@ NOT NULL REFERENCES sheet_import (id),
        kind TEXT NOT NULL CHECK (kind IN ('task', 'group')),
        object_id @INT@ NOT NULL,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        PRIMARY KEY (import_id, kind, object_id)
) @STRICT@;

-- Taking an assignment away asks whether an event still names it.
CREATE INDEX task_event_by_assignment ON task_event (assignment_id);

-- What a head means in this committee's own tables, as a person has said it.
CREATE TABLE sheet_heading (
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        heading_fold TEXT NOT NULL,
        field TEXT NOT NULL,
        accepted_by @INT@,
        accepted_at @INT@ NOT NULL,
        PRIMARY KEY (committee_id, heading_fold)
) @STRICT@;
