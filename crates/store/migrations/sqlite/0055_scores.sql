-- Who had a task when: a score counts a task for whoever had it on the day that decides.
CREATE TABLE task_held (
    task INTEGER NOT NULL,
    number INTEGER NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    office TEXT NOT NULL,
    area TEXT NOT NULL,
    post TEXT,
    -- Days of returns for a grave error, divided by blanks.
    grave_on TEXT NOT NULL,
    PRIMARY KEY (task, number)
) STRICT;
CREATE INDEX task_held_by_office ON task_held (office);
CREATE INDEX task_held_by_area ON task_held (area);

-- Every general part that was given, for an office or for a post of it; the last one counts.
DROP TABLE general_scores;
CREATE TABLE general_scores (
    entry INTEGER PRIMARY KEY,
    office TEXT NOT NULL,
    post TEXT,
    holder INTEGER,
    period TEXT NOT NULL,
    points TEXT,
    reason TEXT NOT NULL,
    evidence BLOB NOT NULL,
    author INTEGER,
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX general_scores_by_period ON general_scores (period, office);
