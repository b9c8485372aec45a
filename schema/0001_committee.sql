-- Who: committees, agencies, members by post, accounts. Tokens: see schema/README.md.

-- An organisation. A group ("Các sở, ngành") is an agency too, its members stand in agency_group.
-- Names change and agencies merge: a row is valid for a time and has successors, it is never renamed in place.
CREATE TABLE agency (
        id @ID@,
        name TEXT NOT NULL,
        name_fold TEXT NOT NULL, -- text_fold(name)
        name_key TEXT NOT NULL, -- sort key, hex
        abbreviation TEXT,
        kind TEXT NOT NULL CHECK (kind IN ('department', 'district-committee', 'commune-committee', 'mass-organisation',
                                           'party', 'ministry', 'group', 'other')),
        valid_from TEXT NOT NULL,
        valid_to TEXT NOT NULL, -- 9999-12-31 while it exists
        parent_id @INT@ REFERENCES agency (id),
        version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX agency_by_fold ON agency (name_fold);

CREATE TABLE agency_alias (
        id @ID@,
        agency_id @INT@ NOT NULL REFERENCES agency (id),
        alias TEXT NOT NULL,
        alias_fold TEXT NOT NULL,
        accepted_by @INT@,
        accepted_at @INT@ NOT NULL
) @STRICT@;
CREATE UNIQUE INDEX agency_alias_once ON agency_alias (alias_fold, agency_id);

CREATE TABLE agency_group (
        group_id @INT@ NOT NULL REFERENCES agency (id),
        agency_id @INT@ NOT NULL REFERENCES agency (id),
        from_day TEXT NOT NULL,
        to_day TEXT NOT NULL,
        PRIMARY KEY (group_id, agency_id, from_day)
) @STRICT@;

-- Many to many, dated, with its legal basis; decided per task by a person, proposed from here.
CREATE TABLE agency_succession (
        id @ID@,
        from_agency_id @INT@ NOT NULL REFERENCES agency (id),
        to_agency_id @INT@ NOT NULL REFERENCES agency (id),
        day TEXT NOT NULL,
        functions TEXT, -- NULL: all of them
        basis TEXT NOT NULL
) @STRICT@;

CREATE TABLE committee (
        id @ID@,
        name TEXT NOT NULL,
        short_name TEXT NOT NULL,
        parent_name TEXT NOT NULL, -- line 1 of the head of its papers
        head_name TEXT NOT NULL, -- line 2, broken as it is printed ("\n")
        place TEXT NOT NULL,
        standing_agency_id @INT@ REFERENCES agency (id),
        version @INT@ NOT NULL
) @STRICT@;

-- Agencies a committee works with; scope of what its people see.
CREATE TABLE committee_agency (
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        agency_id @INT@ NOT NULL REFERENCES agency (id),
        PRIMARY KEY (committee_id, agency_id)
) @STRICT@;

-- Rules of the administration: values with source and validity, never constants in code.
CREATE TABLE rule_value (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        name TEXT NOT NULL, -- due_soon_days, silent_days, result_day, extension_max, ...
        value TEXT NOT NULL,
        valid_from TEXT NOT NULL,
        valid_to TEXT NOT NULL,
        source TEXT NOT NULL
) @STRICT@;
CREATE INDEX rule_value_by_name ON rule_value (committee_id, name, valid_from);

-- A person's account, named by the post. Passwords: Argon2id, set by the person through a one-time link.
CREATE TABLE account (
        id @ID@,
        login TEXT NOT NULL UNIQUE, -- lower case
        name TEXT NOT NULL,
        post TEXT NOT NULL,
        password_hash TEXT, -- NULL until set
        state TEXT NOT NULL CHECK (state IN ('active', 'disabled')),
        created_at @INT@ NOT NULL,
        version @INT@ NOT NULL
) @STRICT@;

CREATE TABLE account_role (
        id @ID@,
        account_id @INT@ NOT NULL REFERENCES account (id),
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        role TEXT NOT NULL CHECK (role IN ('standing', 'officer', 'head', 'auditor', 'admin')),
        agency_id @INT@ REFERENCES agency (id),
        from_day TEXT NOT NULL,
        to_day TEXT NOT NULL
) @STRICT@;
CREATE INDEX account_role_by_account ON account_role (account_id);

-- Only hashes of tokens are kept.
CREATE TABLE session (
        token_hash @BLOB@ PRIMARY KEY,
        account_id @INT@ NOT NULL REFERENCES account (id),
        committee_id @INT@ NOT NULL,
        csrf_secret @BLOB@ NOT NULL,
        created_at @INT@ NOT NULL,
        last_seen @INT@ NOT NULL,
        english @INT@ NOT NULL
) @STRICT@;
CREATE INDEX session_by_account ON session (account_id);

CREATE TABLE one_time_link (
        token_hash @BLOB@ PRIMARY KEY,
        account_id @INT@ NOT NULL REFERENCES account (id),
        purpose TEXT NOT NULL CHECK (purpose IN ('invite', 'signin')),
        created_at @INT@ NOT NULL,
        expires_at @INT@ NOT NULL,
        used_at @INT@
) @STRICT@;

-- Failed tries by account or address; a row is forgotten by the scheduler a day later.
CREATE TABLE throttle (
        name TEXT PRIMARY KEY,
        tries @INT@ NOT NULL,
        first_at @INT@ NOT NULL,
        until_at @INT@ NOT NULL
) @STRICT@;

-- What was done, by whom; append-only, each row carries the hash of the one before.
CREATE TABLE audit (
        id @ID@,
        committee_id @INT@,
        account_id @INT@,
        recorded_at @INT@ NOT NULL,
        origin TEXT NOT NULL,
        action TEXT NOT NULL, -- update.add
        object_id @INT@,
        detail TEXT,
        hash @BLOB@ NOT NULL
) @STRICT@;
CREATE INDEX audit_by_committee ON audit (committee_id, id);

-- only sqlite
CREATE TRIGGER audit_keep_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_keep_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
-- end
-- only pg
CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$;
CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_keep();
-- end

-- The answer to an action, so that its repetition is told apart from a second one.
CREATE TABLE action_key (
        account_id @INT@ NOT NULL,
        name TEXT NOT NULL,
        action TEXT NOT NULL,
        result_id @INT@ NOT NULL,
        recorded_at @INT@ NOT NULL,
        PRIMARY KEY (account_id, name)
) @STRICT@;

CREATE TABLE job (
        name TEXT PRIMARY KEY,
        owner TEXT,
        until_at @INT@ NOT NULL,
        last_run @INT@,
        last_result TEXT,
        next_run @INT@ NOT NULL
) @STRICT@;
