-- For which agency's tasks a member answers, from a day to a day, and by which paper (plan 2653, III.2 and Appendix II).
CREATE TABLE member_follow (
        id @ID@,
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        member_id @INT@ NOT NULL REFERENCES member (id),
        agency_id @INT@ NOT NULL REFERENCES agency (id),
        from_day TEXT NOT NULL,
        to_day TEXT NOT NULL,
        source TEXT NOT NULL,
        recorded_at @INT@ NOT NULL,
        account_id @INT@,
        version @INT@ NOT NULL
) @STRICT@;
CREATE INDEX member_follow_by_agency ON member_follow (agency_id, member_id);
CREATE INDEX member_follow_by_member ON member_follow (member_id);

-- Who sits for an agency answers for it, until a paper says otherwise.
INSERT INTO member_follow (committee_id, member_id, agency_id, from_day, to_day, source, recorded_at, version)
SELECT committee_id, id, agency_id, from_day, to_day, 'Phụ lục phân công thành viên', 0, 1 FROM member WHERE agency_id IS NOT NULL;
