-- A paper is told by its number and day; one of both missing, it is told by nothing.
DROP INDEX document_by_number;
CREATE UNIQUE INDEX document_by_number ON document (committee_id, number, day);
