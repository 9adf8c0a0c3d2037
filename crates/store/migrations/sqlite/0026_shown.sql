-- The last entry that any public page can show: saves of reports that are being filled in are none, and there are many.
CREATE INDEX entries_shown ON entries (number) WHERE kind <> 'report-saved';
