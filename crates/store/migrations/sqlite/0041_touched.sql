-- What an act has touched, by its number: findings are brought up to date from there, not from the beginning.
CREATE INDEX observations_by_end ON observations (ended_by) WHERE ended_by IS NOT NULL;
CREATE INDEX targets_by_end ON targets (ended_by) WHERE ended_by IS NOT NULL;
CREATE INDEX sources_by_entry ON sources (entry);
CREATE INDEX sources_by_end ON sources (ended_at) WHERE ended_at < 9223372036854775807;
