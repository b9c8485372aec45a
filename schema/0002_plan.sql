-- What: files, drafts under verification, documents, plans, tasks, assignments, events.

CREATE TABLE file (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        name TEXT NOT NULL,
        type TEXT NOT NULL,
        size @INT@ NOT NULL,
        sha256 @BLOB@ NOT NULL,
        bytes @BLOB@ NOT NULL,
        created_at @INT@ NOT NULL,
        created_by @INT@
) @STRICT@;
CREATE INDEX file_by_hash ON file (committee_id, sha256);

-- A paper taken in. `draft` is what the reader made of it, kept as it was; draft_task holds what the verifier decided.
CREATE TABLE intake (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        file_id @INT@ NOT NULL REFERENCES file (id),
        sha256 @BLOB@ NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('draft', 'confirmed', 'dropped')),
        draft TEXT NOT NULL,
        plan_id @INT@,
        created_at @INT@ NOT NULL,
        created_by @INT@,
        version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX intake_by_hash ON intake (committee_id, sha256);

CREATE TABLE draft_task (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        intake_id @INT@ NOT NULL REFERENCES intake (id),
        ord @INT@ NOT NULL, -- index in the draft
        no TEXT NOT NULL,
        group_no TEXT,
        title TEXT NOT NULL,
        lead TEXT NOT NULL, -- "Sở A (vốn đầu tư); Sở B"
        coordinating TEXT NOT NULL,
        deadline_text TEXT NOT NULL,
        output TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('unseen', 'accepted', 'edited', 'dropped')),
        needs_look @INT@ NOT NULL,
        verified_by @INT@,
        verified_at @INT@,
        version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX draft_task_by_intake ON draft_task (intake_id, ord);

-- Every change of a draft row with what stood before: the undo.
CREATE TABLE draft_change (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        intake_id @INT@ NOT NULL REFERENCES intake (id),
        draft_task_id @INT@ NOT NULL REFERENCES draft_task (id),
        title TEXT NOT NULL,
        lead TEXT NOT NULL,
        coordinating TEXT NOT NULL,
        deadline_text TEXT NOT NULL,
        output TEXT NOT NULL,
        state TEXT NOT NULL,
        changed_by @INT@,
        changed_at @INT@ NOT NULL,
        undone @INT@ NOT NULL
) @STRICT@;
CREATE INDEX draft_change_by_intake ON draft_change (intake_id, id);

CREATE TABLE document (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        type TEXT,
        number TEXT,
        day TEXT,
        place TEXT,
        issuer TEXT,
        title TEXT NOT NULL,
        addressee TEXT,
        signer TEXT,
        signer_title TEXT,
        file_id @INT@ REFERENCES file (id), -- NULL: known by its number only
        body TEXT, -- shown text; spans point into it
        version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX document_by_number ON document (committee_id, number);

CREATE TABLE document_basis (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        document_id @INT@ NOT NULL REFERENCES document (id),
        basis_id @INT@ NOT NULL REFERENCES document (id),
        ord @INT@ NOT NULL,
        role TEXT NOT NULL,
        source TEXT NOT NULL,
        span_from @INT@ NOT NULL,
        span_to @INT@ NOT NULL
) @STRICT@;
CREATE INDEX document_basis_by_document ON document_basis (document_id, ord);

CREATE TABLE document_recipient (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        document_id @INT@ NOT NULL REFERENCES document (id),
        ord @INT@ NOT NULL,
        name TEXT NOT NULL
) @STRICT@;
CREATE INDEX document_recipient_by_document ON document_recipient (document_id, ord);

-- Purposes, focus points, organisation: numbered paragraphs of the paper.
CREATE TABLE document_item (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        document_id @INT@ NOT NULL REFERENCES document (id),
        ord @INT@ NOT NULL,
        section_no TEXT NOT NULL,
        section_title TEXT NOT NULL,
        no TEXT NOT NULL,
        body TEXT NOT NULL,
        span_from @INT@ NOT NULL,
        span_to @INT@ NOT NULL
) @STRICT@;
CREATE INDEX document_item_by_document ON document_item (document_id, ord);

-- What a memo reports of a consultation (memo 2193: 12/18 members, 5/9 districts answered).
CREATE TABLE consultation (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        document_id @INT@ NOT NULL REFERENCES document (id),
        letter TEXT NOT NULL,
        letter_day TEXT,
        members_answered @INT@ NOT NULL,
        members_asked @INT@ NOT NULL,
        districts_answered @INT@ NOT NULL,
        districts_asked @INT@ NOT NULL,
        agree @INT@ NOT NULL,
        remarked @INT@ NOT NULL
) @STRICT@;

CREATE TABLE plan (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        document_id @INT@ NOT NULL REFERENCES document (id),
        number TEXT NOT NULL,
        number_fold TEXT NOT NULL,
        title TEXT NOT NULL,
        year @INT@ NOT NULL,
        issued TEXT NOT NULL,
        version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX plan_by_number ON plan (committee_id, number_fold);

-- Papers that belong to a plan beside its own (memo 2193).
CREATE TABLE plan_document (
        plan_id @INT@ NOT NULL REFERENCES plan (id),
        document_id @INT@ NOT NULL REFERENCES document (id),
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        PRIMARY KEY (plan_id, document_id)
) @STRICT@;

CREATE TABLE task_group (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        plan_id @INT@ NOT NULL REFERENCES plan (id),
        ord @INT@ NOT NULL,
        no TEXT NOT NULL,
        title TEXT NOT NULL
) @STRICT@;
CREATE INDEX task_group_by_plan ON task_group (plan_id, ord);

-- Seats by post; people change, the seat stays.
CREATE TABLE member (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        document_id @INT@ REFERENCES document (id),
        ord @INT@ NOT NULL,
        no TEXT NOT NULL,
        post TEXT NOT NULL,
        role TEXT,
        agency_id @INT@ REFERENCES agency (id),
        sector TEXT,
        duty TEXT NOT NULL,
        from_day TEXT NOT NULL,
        to_day TEXT NOT NULL,
        version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX member_by_committee ON member (committee_id, ord);

CREATE TABLE duty (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        plan_id @INT@ NOT NULL REFERENCES plan (id),
        ord @INT@ NOT NULL,
        no TEXT NOT NULL,
        agency TEXT NOT NULL,
        body TEXT NOT NULL,
        recur TEXT,
        request @INT@ NOT NULL, -- "Đề nghị": asked, not ordered
        span_from @INT@ NOT NULL,
        span_to @INT@ NOT NULL
) @STRICT@;
CREATE INDEX duty_by_plan ON duty (plan_id, ord);

-- Oddities of the source: notes that stay open on the plan until a person closes them.
CREATE TABLE plan_note (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        plan_id @INT@ NOT NULL REFERENCES plan (id),
        task_id @INT@,
        kind TEXT NOT NULL,
        place TEXT,
        body TEXT NOT NULL,
        span_from @INT@ NOT NULL,
        span_to @INT@ NOT NULL,
        closed_at @INT@,
        closed_by @INT@
) @STRICT@;
CREATE INDEX plan_note_by_plan ON plan_note (plan_id, id);

CREATE TABLE task (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        plan_id @INT@ NOT NULL REFERENCES plan (id),
        group_id @INT@ REFERENCES task_group (id),
        ord @INT@ NOT NULL,
        no TEXT NOT NULL,
        title TEXT NOT NULL,
        title_key TEXT NOT NULL, -- sort key, hex
        output TEXT,
        deadline_text TEXT, -- as the paper says
        deadline_kind TEXT NOT NULL,
        start_day TEXT,
        original_due TEXT,
        source TEXT, -- sentence or row of the paper; NULL when added by hand
        span_from @INT@ NOT NULL,
        span_to @INT@ NOT NULL,
        note TEXT, -- what the source has odd
        version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX task_by_plan ON task (plan_id, ord);

CREATE TABLE assignment (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        task_id @INT@ NOT NULL REFERENCES task (id),
        agency_id @INT@ NOT NULL REFERENCES agency (id),
        role TEXT NOT NULL CHECK (role IN ('lead', 'coordinate', 'follow', 'request')),
        scope TEXT NOT NULL, -- '' = the whole task; else "vốn đầu tư"
        source TEXT NOT NULL, -- as printed
        from_day TEXT NOT NULL,
        to_day TEXT NOT NULL,
        version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX assignment_by_task ON assignment (task_id);
CREATE INDEX assignment_by_agency ON assignment (agency_id, role, task_id);

-- Facts. day: when it counts (civil); recorded_at: when it was written down. Never changed, never deleted.
CREATE TABLE task_event (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        task_id @INT@ NOT NULL REFERENCES task (id),
        assignment_id @INT@ REFERENCES assignment (id), -- NULL: the task as a whole
        kind TEXT NOT NULL CHECK (kind IN ('assigned', 'received', 'updated', 'handed_in', 'confirmed', 'handed_back',
                                           'retitled', 'relead', 'redue', 'suspended', 'resumed', 'discontinued')),
        day TEXT NOT NULL,
        recorded_at @INT@ NOT NULL,
        account_id @INT@,
        percent @INT@,
        note TEXT,
        doc_number TEXT,
        doc_day TEXT,
        old_value TEXT,
        new_value TEXT,
        sample @INT@ NOT NULL -- 1: marked as an example of the demonstration
) @STRICT@;
CREATE INDEX task_event_by_task ON task_event (task_id, day, id);

CREATE TABLE event_file (
        event_id @INT@ NOT NULL REFERENCES task_event (id),
        file_id @INT@ NOT NULL REFERENCES file (id),
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        PRIMARY KEY (event_id, file_id)
) @STRICT@;

-- Projection of the events: what held from a day to a day. assignment_id 0: the task as a whole, agency_id 0 then.
-- lifecycle: see core/dd_state.h. due_key = due, or 9999-12-31 without one.
CREATE TABLE task_span (
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        plan_id @INT@ NOT NULL,
        task_id @INT@ NOT NULL REFERENCES task (id),
        assignment_id @INT@ NOT NULL,
        agency_id @INT@ NOT NULL,
        from_day TEXT NOT NULL,
        to_day TEXT NOT NULL,
        lifecycle @INT@ NOT NULL,
        due TEXT,
        due_key TEXT NOT NULL,
        conditional @INT@ NOT NULL,
        original_due TEXT,
        done_day TEXT,
        percent @INT@ NOT NULL,
        last_day TEXT, -- last thing the agency told
        leads TEXT NOT NULL, -- names as shown
        PRIMARY KEY (task_id, assignment_id, from_day)
) @STRICT@;
CREATE INDEX task_span_by_due ON task_span (committee_id, agency_id, to_day, due_key, task_id);

-- only sqlite
CREATE VIRTUAL TABLE task_fts USING fts5(body, tokenize = 'vi');
-- end
-- only pg
CREATE TABLE task_fts (rowid BIGINT PRIMARY KEY, body TSVECTOR NOT NULL);
CREATE INDEX task_fts_body ON task_fts USING gin (body);
-- end
