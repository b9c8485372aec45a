-- An update or a result taken back by who sent it, while nobody had built on it: a fact of its own. The event stays as it
-- was written; from now on everything is computed as if it had never been told, on every day.
CREATE TABLE event_withdrawn (
        event_id @INT@ PRIMARY KEY REFERENCES task_event (id),
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        day TEXT NOT NULL,
        recorded_at @INT@ NOT NULL,
        account_id @INT@,
        reason TEXT NOT NULL
) @STRICT@;
