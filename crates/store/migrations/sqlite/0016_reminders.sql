-- Outside the record, since all of it is about persons: where mail goes, whose calendar an address shows, what was sent.
CREATE TABLE mail_addresses (
    user_id INTEGER PRIMARY KEY REFERENCES users (id),
    address TEXT NOT NULL
) STRICT;

-- A secret address of a calendar, by the hash of its secret; a person has one at a time.
CREATE TABLE calendar_feeds (
    user_id INTEGER PRIMARY KEY REFERENCES users (id),
    token_hash BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

-- One digest a person a day. `sending` is written before the mail goes out, `sent` after the server took it.
CREATE TABLE digests (
    user_id INTEGER NOT NULL REFERENCES users (id),
    day TEXT NOT NULL,
    message_id TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, day)
) STRICT;
