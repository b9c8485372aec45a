-- "Địa phương", "UBND cấp huyện": a named set, and which units it was on a day. The office gives the names with the paper they
-- rest on; sets of a level follow each other, an old one keeps its days.
CREATE TABLE local_unit (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        level TEXT NOT NULL CHECK (level IN ('district', 'commune')),
        ord @INT@ NOT NULL,
        name TEXT NOT NULL,
        from_day TEXT NOT NULL,
        to_day TEXT NOT NULL, -- before from_day: was replaced before it held
        source TEXT NOT NULL
) @STRICT@;
CREATE INDEX local_unit_by_level ON local_unit (committee_id, level, from_day);
