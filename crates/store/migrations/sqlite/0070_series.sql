-- Values that hold, packed by series: what roll-ups read. Follows from observations, in the transaction of each act; one row
-- for the values of an indicator and place whose periods end in the same five-year term. Filled for a database from before
-- when it is opened.
CREATE TABLE series (
    indicator TEXT NOT NULL,
    place TEXT NOT NULL,
    term INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (indicator, place, term)
) STRICT, WITHOUT ROWID;
