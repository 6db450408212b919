-- What seals the trail: a chain of digests for each account. until: the id of the last event that is sealed.
CREATE TABLE audit_digests (
    account   BIGINT NOT NULL,
    number    BIGINT NOT NULL,
    time      BIGINT NOT NULL,
    until     BIGINT NOT NULL,
    signature TEXT   COLLATE "C" NOT NULL,
    content   BYTEA  NOT NULL,
    PRIMARY KEY (account, number)
);

CREATE INDEX audit_digests_by_time ON audit_digests (time);

-- An account's events in the trail's order.
CREATE INDEX audit_events_in_order ON audit_events (account, id);
