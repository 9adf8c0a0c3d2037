-- Tasks, what was done with them, and the rules about them. All of it follows from the entries.
CREATE TABLE tasks (
    task INTEGER PRIMARY KEY,
    assigner TEXT NOT NULL,
    parent INTEGER,
    drafted_on TEXT NOT NULL,
    -- The brief as it was drafted, in its canonical form; the columns tell what holds now.
    brief BLOB NOT NULL,
    title TEXT NOT NULL,
    lead TEXT,
    product TEXT NOT NULL,
    result TEXT NOT NULL,
    stage TEXT NOT NULL,
    open INTEGER NOT NULL,
    internal INTEGER NOT NULL,
    due TEXT,
    first_due TEXT,
    standing INTEGER NOT NULL,
    per_cent INTEGER NOT NULL,
    difficulty_since TEXT,
    asked TEXT,
    asked_until TEXT,
    post TEXT,
    handed_in_on TEXT,
    done_on TEXT,
    excused INTEGER NOT NULL,
    returns INTEGER NOT NULL,
    grave_errors INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    target INTEGER,
    document INTEGER,
    finding TEXT,
    steps INTEGER NOT NULL,
    moved_on TEXT NOT NULL
) STRICT;
CREATE INDEX tasks_by_due ON tasks (open, due);
CREATE INDEX tasks_by_lead ON tasks (lead, open, due);
CREATE INDEX tasks_by_assigner ON tasks (assigner, open, due);
CREATE INDEX tasks_by_parent ON tasks (parent);
CREATE INDEX tasks_by_target ON tasks (target);
CREATE INDEX tasks_by_document ON tasks (document);
CREATE INDEX tasks_by_post ON tasks (post, open);
CREATE INDEX tasks_by_stage ON tasks (stage, due);

-- Which offices a task concerns: as its assigner, lead, supporter, or asked to answer a difficulty.
CREATE TABLE task_offices (
    task INTEGER NOT NULL,
    office TEXT NOT NULL,
    area TEXT NOT NULL,
    party TEXT NOT NULL,
    PRIMARY KEY (task, office, party)
) STRICT;
CREATE INDEX task_offices_by_office ON task_offices (office, party);
CREATE INDEX task_offices_by_area ON task_offices (area, party);

CREATE TABLE task_steps (
    task INTEGER NOT NULL,
    number INTEGER NOT NULL,
    entry INTEGER NOT NULL UNIQUE,
    act TEXT NOT NULL,
    party TEXT NOT NULL,
    author INTEGER,
    recorded_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (task, number)
) STRICT;

CREATE TABLE task_rules (
    entry INTEGER PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE score_rules (
    entry INTEGER PRIMARY KEY,
    valid_from TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE general_scores (
    office TEXT NOT NULL,
    period TEXT NOT NULL,
    points TEXT NOT NULL,
    reason TEXT NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (office, period)
) STRICT;
