-- What devices sent under a name of their own, and the answer that was given: kept in the transaction of the act itself, so
-- that what arrives twice is recorded once. Outside the record; dropped by age.
CREATE TABLE operations (
    operation BLOB PRIMARY KEY,
    user_id INTEGER,
    digest BLOB NOT NULL,
    answer TEXT NOT NULL,
    kept_at INTEGER NOT NULL
) STRICT;
CREATE INDEX operations_by_age ON operations (kept_at);
