-- What a board's words are looked for in: title, product and result without marks and capitals. Null where the row is older
-- than the column; filled when the database is opened.
ALTER TABLE tasks ADD COLUMN sought TEXT;
CREATE INDEX tasks_not_sought ON tasks (task) WHERE sought IS NULL;
CREATE INDEX tasks_silent ON tasks (open DESC, moved_on, task);
