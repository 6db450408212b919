-- Where the events are that an attribute finds. A term is 64 bits of the hash of an attribute and a value; a row holds up to 256 events
-- of one batch, all of the same minute or so, newest first: time and id are the newest's, events the others' distances to the one before.
CREATE TABLE audit_terms (
    account INTEGER NOT NULL,
    term    INTEGER NOT NULL,
    time    INTEGER NOT NULL,
    id      INTEGER NOT NULL,
    events  BLOB    NOT NULL,
    PRIMARY KEY (account, term, time, id)
) STRICT, WITHOUT ROWID;
