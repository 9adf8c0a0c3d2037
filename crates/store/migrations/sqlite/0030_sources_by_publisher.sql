-- Whether anything of a publisher is in the register (simulated reports are known by theirs) is asked by many pages.
CREATE INDEX sources_by_publisher ON sources (publisher, ended_at);
