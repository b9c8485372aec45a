-- A name for an agency that a verifier has accepted: who, when, in which paper it stood. It serves the committee whose
-- verifier it was; taken back, it stays on record and serves no more.
ALTER TABLE agency_alias ADD COLUMN committee_id @INT@ REFERENCES committee (id); -- NULL: came with the program
ALTER TABLE agency_alias ADD COLUMN document_id @INT@ REFERENCES document (id);
ALTER TABLE agency_alias ADD COLUMN taken_back_by @INT@;
ALTER TABLE agency_alias ADD COLUMN taken_back_at @INT@;
ALTER TABLE agency_alias ADD COLUMN version @INT@ NOT NULL DEFAULT 1;
DROP INDEX agency_alias_once;
CREATE UNIQUE INDEX agency_alias_once ON agency_alias (committee_id, alias_fold) WHERE taken_back_at IS NULL;
CREATE INDEX agency_alias_by_agency ON agency_alias (agency_id, id);
CREATE INDEX agency_alias_by_fold ON agency_alias (alias_fold);

-- Several files of one paper: body, appendix, signed copy. What was joined is dropped and says into which draft it went.
ALTER TABLE intake ADD COLUMN joined_into @INT@ REFERENCES intake (id);
CREATE TABLE intake_part (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        intake_id @INT@ NOT NULL REFERENCES intake (id),
        ord @INT@ NOT NULL, -- 0: the draft's own file
        file_id @INT@ NOT NULL REFERENCES file (id),
        kind TEXT NOT NULL CHECK (kind IN ('part', 'signed')),
        span_from @INT@ NOT NULL, -- of the shown text of the whole; a signed copy has none
        span_to @INT@ NOT NULL,
        note TEXT -- where a signed copy differs
) @STRICT@;
CREATE INDEX intake_part_by_intake ON intake_part (intake_id, ord);

CREATE TABLE document_file (
        document_id @INT@ NOT NULL REFERENCES document (id),
        file_id @INT@ NOT NULL REFERENCES file (id),
        kind TEXT NOT NULL CHECK (kind IN ('part', 'signed')),
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        PRIMARY KEY (document_id, file_id)
) @STRICT@;

-- An amended version of a plan: each difference was accepted (and became an act on the task) or refused by somebody.
CREATE TABLE amend_decision (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        intake_id @INT@ NOT NULL REFERENCES intake (id),
        plan_id @INT@ NOT NULL REFERENCES plan (id),
        name TEXT NOT NULL, -- of the difference: "title:12", "added:3"
        task_id @INT@ REFERENCES task (id), -- NULL: an added task that was refused
        accepted @INT@ NOT NULL,
        was TEXT NOT NULL,
        becomes TEXT NOT NULL,
        decided_by @INT@,
        decided_at @INT@ NOT NULL
) @STRICT@;
CREATE UNIQUE INDEX amend_decision_once ON amend_decision (intake_id, name);

-- What the head of a paper taken in says: files of one paper find each other by it.
CREATE TABLE intake_head (
        intake_id @INT@ PRIMARY KEY REFERENCES intake (id),
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        number_fold TEXT NOT NULL, -- '' when the file says none
        day TEXT,
        title TEXT NOT NULL
) @STRICT@;
CREATE INDEX intake_head_by_number ON intake_head (committee_id, number_fold, day);
