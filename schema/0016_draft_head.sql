-- The head of each paper of a draft is verified as its rows are; what stands here goes into the document. `ord` is the index
-- among the papers of the draft; a file without a head gets one to be filled in.
CREATE TABLE draft_head (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        intake_id @INT@ NOT NULL REFERENCES intake (id),
        ord @INT@ NOT NULL,
        type TEXT NOT NULL,
        number TEXT NOT NULL,
        day TEXT,
        place TEXT NOT NULL,
        issuer TEXT NOT NULL,
        title TEXT NOT NULL,
        signer TEXT NOT NULL,
        signer_title TEXT NOT NULL,
        bases TEXT NOT NULL, -- a clause a line
        recipients TEXT NOT NULL, -- one a line
        state TEXT NOT NULL CHECK (state IN ('unseen', 'accepted', 'edited', 'dropped')),
        needs_look @INT@ NOT NULL,
        verified_by @INT@,
        verified_at @INT@,
        version @INT@ NOT NULL
) @STRICT@;
CREATE UNIQUE INDEX draft_head_once ON draft_head (intake_id, ord);

-- What stood before; steps are counted together with those of draft_change.
CREATE TABLE draft_head_change (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        intake_id @INT@ NOT NULL REFERENCES intake (id),
        draft_head_id @INT@ NOT NULL REFERENCES draft_head (id),
        step @INT@ NOT NULL,
        act TEXT NOT NULL,
        undone @INT@ NOT NULL,
        type TEXT NOT NULL,
        number TEXT NOT NULL,
        day TEXT,
        place TEXT NOT NULL,
        issuer TEXT NOT NULL,
        title TEXT NOT NULL,
        signer TEXT NOT NULL,
        signer_title TEXT NOT NULL,
        bases TEXT NOT NULL,
        recipients TEXT NOT NULL,
        state TEXT NOT NULL,
        verified_by @INT@,
        verified_at @INT@,
        changed_by @INT@,
        changed_at @INT@ NOT NULL
) @STRICT@;
CREATE INDEX draft_head_change_by_intake ON draft_head_change (intake_id, step);

-- The whole as it was before a file was put behind it, so that it can be taken off again. NULL: a signed copy, or joined
-- before this was kept.
ALTER TABLE intake_part ADD COLUMN draft_before TEXT;

-- What an amendment changed beside title, lead and deadline: 'coordinating', 'output'.
ALTER TABLE task_event ADD COLUMN field TEXT;

-- The highest id that was given and taken back: it is never given again (SQLite would).
CREATE TABLE spent_id (
        kind TEXT PRIMARY KEY CHECK (kind IN ('task', 'plan')),
        top @INT@ NOT NULL
) @STRICT@;
