-- The feed's head: one row, written last in each transaction. audit_sequence numbers the trail in the order of arrival.
CREATE TABLE feed_head (
    only           INTEGER PRIMARY KEY CHECK (only = 1),
    epoch          TEXT    NOT NULL,
    sequence       INTEGER NOT NULL,
    audit_sequence INTEGER NOT NULL
) STRICT;

-- Sets that were ever written: an emptied set is not the same as one that never was.
CREATE TABLE sets (
    id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Text compares ordinally (BINARY): Alice is not alice. A guard has an empty body.
CREATE TABLE documents (
    set_id   TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    body     BLOB    NOT NULL,
    PRIMARY KEY (set_id, kind, name)
) STRICT;

CREATE TABLE commits (
    sequence INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL UNIQUE,
    set_id   TEXT    NOT NULL
) STRICT;

-- What each commit did; a deletion has no body.
CREATE TABLE changes (
    sequence INTEGER NOT NULL,
    ordinal  INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    body     BLOB,
    PRIMARY KEY (sequence, ordinal)
) STRICT;

CREATE TABLE claims (
    set_id  TEXT    NOT NULL,
    value   TEXT    NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (set_id, value)
) STRICT, WITHOUT ROWID;

CREATE INDEX claims_by_expiry ON claims (expires);

CREATE TABLE audit_nodes (
    number    INTEGER PRIMARY KEY,
    node      TEXT    NOT NULL UNIQUE,
    watermark INTEGER NOT NULL
) STRICT;

-- What LookupEvents searches, clustered by account and time and kept narrow, so that a search reads few pages; the records
-- themselves are only ever appended. Times are milliseconds since 1970.
CREATE TABLE audit_events (
    account       INTEGER NOT NULL,
    time          INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    event_id      TEXT    NOT NULL,
    event_name    TEXT    NOT NULL,
    event_source  TEXT    NOT NULL,
    username      TEXT    NOT NULL,
    access_key_id TEXT    NOT NULL,
    read_only     INTEGER NOT NULL,
    resources     TEXT    NOT NULL,
    PRIMARY KEY (account, time, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_records (
    id       INTEGER PRIMARY KEY,
    node     INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    record   BLOB    NOT NULL
) STRICT;

CREATE TABLE last_used (
    id      TEXT    PRIMARY KEY,
    time    INTEGER NOT NULL,
    region  TEXT    NOT NULL,
    service TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
