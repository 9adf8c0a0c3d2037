-- Secrets that must be read again (those of second factors) are sealed by a key that lies in a file of its own, so that
-- a copy of the database tells none. Which key that is now: one row, once there is a secret.
CREATE TABLE secret_key (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    -- The first 8 bytes of a hash of the key, in hexadecimal digits.
    id TEXT NOT NULL
) STRICT;
-- By which key the secret is sealed; none where it was kept before secrets were sealed.
ALTER TABLE users ADD COLUMN totp_key TEXT;
