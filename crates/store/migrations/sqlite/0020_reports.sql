-- Report regimes and reports; they follow from the entries like the tables before them.
CREATE TABLE regimes (
    entry INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    statement BLOB NOT NULL,
    recorded_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    ended_by INTEGER
) STRICT;
CREATE INDEX regimes_by_code ON regimes (code);

-- One row a report: what lists ask for in columns, all of it in state.
CREATE TABLE reports (
    report INTEGER PRIMARY KEY,
    regime TEXT NOT NULL,
    period TEXT NOT NULL,
    office TEXT NOT NULL,
    stage TEXT NOT NULL,
    version INTEGER NOT NULL,
    state BLOB NOT NULL,
    UNIQUE (regime, period, office)
) STRICT;
CREATE INDEX reports_by_office ON reports (office, regime);
CREATE INDEX reports_by_stage ON reports (stage, regime, period);

CREATE TABLE report_acts (
    entry INTEGER PRIMARY KEY,
    report INTEGER NOT NULL
) STRICT;
CREATE INDEX report_acts_by_report ON report_acts (report);

-- Which value of the register came from which line of which report.
CREATE TABLE report_values (
    observation INTEGER PRIMARY KEY,
    report INTEGER NOT NULL,
    indicator TEXT NOT NULL
) STRICT;
CREATE INDEX report_values_by_report ON report_values (report, indicator);

CREATE TABLE report_evidence (
    entry INTEGER PRIMARY KEY,
    report INTEGER NOT NULL,
    indicator TEXT,
    title TEXT NOT NULL,
    name TEXT,
    sha256 BLOB,
    url TEXT
) STRICT;
CREATE INDEX report_evidence_by_report ON report_evidence (report);

CREATE TABLE report_samples (
    regime TEXT NOT NULL,
    period TEXT NOT NULL,
    entry INTEGER NOT NULL,
    ready TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (regime, period)
) STRICT;

CREATE TABLE spot_checks (
    entry INTEGER PRIMARY KEY,
    report INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    found TEXT NOT NULL,
    words TEXT NOT NULL
) STRICT;
CREATE INDEX spot_checks_by_report ON spot_checks (report);
