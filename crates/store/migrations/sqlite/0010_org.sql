-- Offices, posts and who holds them; follows from the entries. Days are ISO texts; a day that is not there yet is null.
CREATE TABLE departments (
    office TEXT PRIMARY KEY,
    entry INTEGER NOT NULL,
    area TEXT NOT NULL,
    code TEXT NOT NULL,
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT
) STRICT;

CREATE TABLE posts (
    post TEXT PRIMARY KEY,
    entry INTEGER NOT NULL,
    office TEXT NOT NULL,
    area TEXT NOT NULL,
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    role TEXT NOT NULL,
    reach TEXT NOT NULL,
    public INTEGER NOT NULL,
    since TEXT NOT NULL,
    until TEXT
) STRICT;
CREATE INDEX posts_by_office ON posts (office);

CREATE TABLE holdings (
    entry INTEGER PRIMARY KEY,
    post TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    person BLOB NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    ended_by INTEGER
) STRICT;
CREATE INDEX holdings_by_user ON holdings (user_id);
CREATE INDEX holdings_by_post ON holdings (post);

-- One row: the last entry that changed any of the three.
CREATE TABLE org_version (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    entry INTEGER NOT NULL
) STRICT;

-- By which post and for which unit an act was done.
ALTER TABLE acts ADD COLUMN post TEXT;
ALTER TABLE acts ADD COLUMN unit TEXT;

-- A reviewer is a planner now.
UPDATE users SET role = 'planner' WHERE role = 'reviewer';
