-- The record. Entries and kept bytes are the ground state: nothing may change or leave.
CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    author INTEGER,
    recorded_at INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER entries_are_not_dropped BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER entries_follow_each_other BEFORE INSERT ON entries
WHEN NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM entries)
BEGIN SELECT RAISE(ABORT, 'entries follow each other'); END;

-- Documents and texts as they came, by the SHA-256 of their bytes.
CREATE TABLE blobs (
    sha256 BLOB PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE TRIGGER blobs_are_not_changed BEFORE UPDATE ON blobs
BEGIN SELECT RAISE(ABORT, 'kept bytes are not changed'); END;
CREATE TRIGGER blobs_are_not_dropped BEFORE DELETE ON blobs
BEGIN SELECT RAISE(ABORT, 'kept bytes are not changed'); END;

-- All tables from here to the users follow from entries and blobs and can be computed again.
-- A row holds from recorded_at until ended_at (microseconds UTC; the greatest integer while it holds).
CREATE TABLE acts (
    entry INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    author INTEGER,
    recorded_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    document INTEGER,
    ordinal INTEGER,
    fact INTEGER,
    ends INTEGER
) STRICT;
CREATE INDEX acts_by_figure ON acts (document, ordinal);
CREATE INDEX acts_by_fact ON acts (fact);
CREATE INDEX acts_by_ended ON acts (ends);

CREATE TABLE documents (
    document INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    size_bytes INTEGER NOT NULL,
    text_sha256 BLOB NOT NULL,
    blocks TEXT NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    date TEXT,
    place TEXT,
    language TEXT NOT NULL,
    url TEXT,
    search_text TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE figures (
    document INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    span_from INTEGER NOT NULL,
    span_to INTEGER NOT NULL,
    quote_from INTEGER NOT NULL,
    quote_to INTEGER NOT NULL,
    surface TEXT NOT NULL,
    quote TEXT NOT NULL,
    value TEXT NOT NULL,
    upper TEXT,
    unit TEXT NOT NULL,
    bound TEXT NOT NULL,
    measure TEXT NOT NULL,
    indicator TEXT,
    period TEXT,
    place TEXT,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    observation INTEGER,
    target INTEGER,
    merged_document INTEGER,
    merged_ordinal INTEGER,
    acts INTEGER NOT NULL,
    PRIMARY KEY (document, ordinal)
) STRICT;
CREATE INDEX figures_by_state ON figures (state, document);
CREATE INDEX figures_alike ON figures (indicator, place, period, measure);

CREATE TABLE observations (
    observation INTEGER PRIMARY KEY,
    indicator TEXT NOT NULL,
    place TEXT NOT NULL,
    period TEXT NOT NULL,
    measure TEXT NOT NULL,
    edition TEXT NOT NULL,
    status TEXT NOT NULL,
    value TEXT NOT NULL,
    upper TEXT,
    bound TEXT NOT NULL,
    price_basis TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    ended_by INTEGER
) STRICT;
CREATE INDEX observations_by_indicator ON observations (indicator, place, period, measure);
CREATE INDEX observations_by_place ON observations (place, indicator);

CREATE TABLE targets (
    target INTEGER PRIMARY KEY,
    indicator TEXT NOT NULL,
    place TEXT NOT NULL,
    due TEXT NOT NULL,
    measure TEXT NOT NULL,
    value TEXT NOT NULL,
    upper TEXT,
    bound TEXT NOT NULL,
    price_basis TEXT NOT NULL,
    baseline_period TEXT,
    baseline_value TEXT,
    recorded_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    ended_by INTEGER
) STRICT;
CREATE INDEX targets_by_indicator ON targets (indicator, place, due, measure);
CREATE INDEX targets_by_place ON targets (place, indicator);

CREATE TABLE sources (
    fact INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    document INTEGER,
    ordinal INTEGER,
    quote TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    date TEXT,
    url TEXT,
    recorded_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    PRIMARY KEY (fact, entry)
) STRICT;
CREATE INDEX sources_by_figure ON sources (document, ordinal);

CREATE TABLE catalogues (
    list TEXT PRIMARY KEY,
    entry INTEGER NOT NULL,
    name TEXT NOT NULL,
    sha256 BLOB NOT NULL
) STRICT;

-- People: outside the record, so that they can be changed and deleted.
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    csrf TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);
