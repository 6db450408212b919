-- What seals the trail: a chain of digests for each account. until: the id of the last event that is sealed.
CREATE TABLE audit_digests (
    account   INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    time      INTEGER NOT NULL,
    until     INTEGER NOT NULL,
    signature TEXT    NOT NULL,
    content   BLOB    NOT NULL,
    PRIMARY KEY (account, number)
) STRICT;

CREATE INDEX audit_digests_by_time ON audit_digests (time);

-- An account's events in the trail's order.
CREATE INDEX audit_events_in_order ON audit_events (account, id);
