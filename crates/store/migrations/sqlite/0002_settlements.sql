-- What people said holds where statements do not agree; follows from the entries like the tables before it.
CREATE TABLE settlements (
    entry INTEGER PRIMARY KEY,
    finding TEXT NOT NULL,
    class TEXT NOT NULL,
    decision TEXT NOT NULL,
    document INTEGER,
    quote TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    date TEXT,
    url TEXT,
    recorded_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    ended_by INTEGER
) STRICT;
CREATE INDEX settlements_by_finding ON settlements (finding);
