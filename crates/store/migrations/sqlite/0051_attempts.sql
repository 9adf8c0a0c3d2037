-- Attempts to sign in, so that starting the program anew forgives none. Names and addresses stand as hashes only.
CREATE TABLE sign_in_attempts (
    key BLOB PRIMARY KEY,
    count INTEGER NOT NULL,
    since INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_attempts_by_time ON sign_in_attempts (since);

-- People who have shown the first factor and still owe the second.
CREATE TABLE sign_in_challenges (
    hash BLOB PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    since INTEGER NOT NULL,
    asked INTEGER NOT NULL DEFAULT 0,
    -- Whether the first factor was the province's directory.
    directory INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_challenges_by_time ON sign_in_challenges (since);

-- When a session was last used, to end it by idleness.
ALTER TABLE sessions ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
UPDATE sessions SET seen_at = created_at;
