-- What lists of reports ask for, in columns: a list of a year's reports reads an index and opens no state. `told` counts the
-- lines with a value; where it is null the row is older than the column, and is filled when the database is opened.
ALTER TABLE reports ADD COLUMN submitted_on TEXT;
ALTER TABLE reports ADD COLUMN returned_on TEXT;
ALTER TABLE reports ADD COLUMN returns INTEGER;
ALTER TABLE reports ADD COLUMN simulated INTEGER;
ALTER TABLE reports ADD COLUMN told INTEGER;
DROP INDEX reports_by_stage;
CREATE INDEX reports_by_stage ON reports (stage, regime, period, office, submitted_on, returns, simulated, told);
CREATE INDEX reports_by_period ON reports (regime, period, office, stage, submitted_on, returns, simulated, told);
CREATE INDEX reports_not_listed ON reports (report) WHERE told IS NULL;
