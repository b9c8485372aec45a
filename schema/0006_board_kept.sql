-- The board as kept figures: reading it must not cost a look at every task. What a committee counts on one day stands in
-- board_base, how each figure changes from day to day in board_step; any other day is the base and the steps between.
-- States change with the day alone, so those steps lie in the days to come too. Kept by core/board_keep.c in the
-- transaction that rewrites the spans. agency_id 0: tasks, each once; else lead assignments.
CREATE TABLE board_day (
        committee_id @INT@ PRIMARY KEY REFERENCES committee (id),
        day TEXT NOT NULL, -- of board_base
        due_soon_days @INT@ NOT NULL -- the rule the figures were made by
) @STRICT@;

CREATE TABLE board_base (
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        agency_id @INT@ NOT NULL,
        done @INT@ NOT NULL,
        awaiting @INT@ NOT NULL,
        overdue @INT@ NOT NULL,
        attention @INT@ NOT NULL,
        doing @INT@ NOT NULL,
        waiting @INT@ NOT NULL,
        dropped @INT@ NOT NULL,
        on_time @INT@ NOT NULL, -- of those done
        late @INT@ NOT NULL,
        no_due @INT@ NOT NULL,
        due_by_now @INT@ NOT NULL,
        due_today @INT@ NOT NULL,
        last_day TEXT, -- when the agency last told anything
        PRIMARY KEY (committee_id, agency_id)
) @STRICT@;

CREATE TABLE board_step (
        committee_id @INT@ NOT NULL REFERENCES committee (id),
        agency_id @INT@ NOT NULL,
        day TEXT NOT NULL, -- from this day on
        done @INT@ NOT NULL,
        awaiting @INT@ NOT NULL,
        overdue @INT@ NOT NULL,
        attention @INT@ NOT NULL,
        doing @INT@ NOT NULL,
        waiting @INT@ NOT NULL,
        dropped @INT@ NOT NULL,
        on_time @INT@ NOT NULL,
        late @INT@ NOT NULL,
        no_due @INT@ NOT NULL,
        due_by_now @INT@ NOT NULL,
        due_today @INT@ NOT NULL,
        PRIMARY KEY (committee_id, agency_id, day)
) @STRICT@;

-- What an agency last told, by any day.
CREATE INDEX task_span_told ON task_span (committee_id, agency_id, last_day, from_day, to_day) WHERE agency_id <> 0;
