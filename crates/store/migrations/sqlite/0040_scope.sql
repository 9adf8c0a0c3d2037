-- What a value counts, where its paper says more than the indicator's definition; values from before say nothing.
ALTER TABLE observations ADD COLUMN scope TEXT;
ALTER TABLE targets ADD COLUMN scope TEXT;
