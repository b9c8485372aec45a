-- A comment with 'an open quote and @TOKEN@.
CREATE TABLE a (
        id @ID@, -- trailing
        n @INT@ NOT NULL DEFAULT 1 CHECK (n <> 2), mail TEXT DEFAULT 'x@y -- no comment',
        key @BLOB@, name @TEXTB@
) @STRICT@;

-- only sqlite
CREATE VIRTUAL TABLE f USING fts5(x);
-- end
-- only pg
CREATE TABLE f (x TSVECTOR);
-- end
