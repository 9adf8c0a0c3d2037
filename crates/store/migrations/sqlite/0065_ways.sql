-- How targets are read and which ways lead to them, as their papers or planners say; follows from the entries.
-- A way that came with its target has no paper of its own: title is null.
CREATE TABLE target_ways (
    entry INTEGER PRIMARY KEY,
    target INTEGER NOT NULL,
    basis TEXT,
    path TEXT NOT NULL,
    milestones TEXT,
    units TEXT,
    document INTEGER,
    quote TEXT,
    title TEXT,
    publisher TEXT,
    date TEXT,
    url TEXT,
    recorded_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    ended_by INTEGER
) STRICT;
CREATE INDEX target_ways_by_target ON target_ways (target);
