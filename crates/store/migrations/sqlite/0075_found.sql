-- What did not agree when last looked, so that a start reads this and not every value. No act makes these rows: they follow
-- from the values of the entries up to `found_as_of.entry`, by the rules whose fingerprint stands beside it, and are
-- written again whenever they are not of this program's rules.
CREATE TABLE found_as_of (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    entry INTEGER NOT NULL,
    rules BLOB NOT NULL
) STRICT;
-- A finding of an indicator and place; of a place alone (indicator '') where the numbers of an identity do not add up.
CREATE TABLE found (
    place TEXT NOT NULL,
    indicator TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    finding TEXT NOT NULL,
    class TEXT NOT NULL,
    identity TEXT,
    PRIMARY KEY (place, indicator, ordinal)
) STRICT;
-- Its values in order, from 0; -1 is the value that explains the class.
CREATE TABLE found_values (
    place TEXT NOT NULL,
    indicator TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    position INTEGER NOT NULL,
    fact INTEGER NOT NULL,
    PRIMARY KEY (place, indicator, ordinal, position)
) STRICT;
