-- The nodes that share the store. Times are milliseconds since 1970 by the store's clock; shipped_until is 0 before it was ever told.
CREATE TABLE nodes (
    node          TEXT    PRIMARY KEY,
    name          TEXT    NOT NULL,
    version       TEXT    NOT NULL,
    applied       INTEGER NOT NULL,
    shipped_until INTEGER NOT NULL,
    reported      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
