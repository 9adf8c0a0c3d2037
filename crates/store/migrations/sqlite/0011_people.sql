-- People: what was given to the record of them is only the SHA-256 of `salt` and `name`.
ALTER TABLE users ADD COLUMN salt BLOB;
UPDATE users SET salt = randomblob(16);
-- Counts the changes, so that of two people who edit one user the second is told.
ALTER TABLE users ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- The office that keeps the person; empty for the province.
ALTER TABLE users ADD COLUMN office TEXT NOT NULL DEFAULT 'VN-11';
-- Made up to show the program.
ALTER TABLE users ADD COLUMN demo INTEGER NOT NULL DEFAULT 0;
-- The second factor: its secret, whether it was confirmed, and the last step whose code was used.
ALTER TABLE users ADD COLUMN totp_secret BLOB;
ALTER TABLE users ADD COLUMN totp_confirmed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;
-- The person in the province's own directory.
ALTER TABLE users ADD COLUMN oidc_issuer TEXT;
ALTER TABLE users ADD COLUMN oidc_subject TEXT;
CREATE UNIQUE INDEX users_by_subject ON users (oidc_issuer, oidc_subject);

-- Codes to come in with when the telephone is lost; each is used once.
CREATE TABLE recovery_codes (
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    PRIMARY KEY (user_id, hash)
) STRICT;

-- What a browser says of itself, and whether a second factor was given.
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN strong INTEGER NOT NULL DEFAULT 0;

-- Numbers of people whose row was deleted: never given again.
CREATE TABLE forgotten (
    user_id INTEGER PRIMARY KEY,
    forgotten_at INTEGER NOT NULL
) STRICT;
