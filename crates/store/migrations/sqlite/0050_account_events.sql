-- What happens to accounts: who came in when and how, who was refused, what was changed. Outside the record, as people
-- are: it goes with them. No secret, and no name: of a name that nobody has, nothing is kept but the attempt.
CREATE TABLE account_events (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    -- Whose account; none where nobody has the name that was tried.
    user_id INTEGER REFERENCES users (id) ON DELETE CASCADE,
    -- Who did it, where that is another person; none for the person and for the operator of the machine.
    by_user INTEGER,
    -- Whether it was the operator of the machine.
    operator INTEGER NOT NULL DEFAULT 0,
    -- What happened: a code of `plan::AccountEvent`.
    what TEXT NOT NULL,
    address TEXT NOT NULL DEFAULT '',
    device TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX account_events_by_user ON account_events (user_id, id);
CREATE INDEX account_events_by_time ON account_events (at);

-- A browser that is away at the province's directory. Each is good once and for minutes.
CREATE TABLE directory_requests (
    -- SHA-256 of the state that the browser brings back.
    state_hash BLOB PRIMARY KEY,
    -- SHA-256 of the cookie of the browser that went.
    browser_hash BLOB NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    -- Who wants to link an account; none for signing in.
    user_id INTEGER REFERENCES users (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    next TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX directory_requests_by_time ON directory_requests (expires_at);

-- What the directory calls the person, to be recognised by; and by which way a session was opened.
ALTER TABLE users ADD COLUMN oidc_label TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN oidc_linked_at INTEGER;
ALTER TABLE sessions ADD COLUMN directory INTEGER NOT NULL DEFAULT 0;
