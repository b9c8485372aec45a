-- A line of the board carries the name of its agency, in the order lists show them: agencies are never renamed in place.
ALTER TABLE board_base ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE board_base ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE board_base ADD COLUMN name_key TEXT NOT NULL DEFAULT '';

UPDATE board_base SET name = (SELECT g.name FROM agency g WHERE g.id = agency_id),
                      kind = (SELECT g.kind FROM agency g WHERE g.id = agency_id),
                      name_key = (SELECT g.name_key FROM agency g WHERE g.id = agency_id)
WHERE agency_id <> 0;

CREATE INDEX board_base_by_name ON board_base (committee_id, name_key, agency_id, name, kind);
