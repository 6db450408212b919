-- Where the events are that an attribute finds. A term is 64 bits of the hash of an attribute and a value; a row holds up to 256 events
-- of one batch, all of the same minute or so, newest first: time and id are the newest's, events the others' distances to the one before.
CREATE TABLE audit_terms (
    account BIGINT NOT NULL,
    term    BIGINT NOT NULL,
    time    BIGINT NOT NULL,
    id      BIGINT NOT NULL,
    events  BYTEA  NOT NULL,
    PRIMARY KEY (account, term, time, id)
);
