-- The nodes that share the store. Times are milliseconds since 1970 by the server's clock; shipped_until is 0 before it was ever told.
CREATE TABLE nodes (
    node          TEXT   COLLATE "C" PRIMARY KEY,
    name          TEXT   COLLATE "C" NOT NULL,
    version       TEXT   COLLATE "C" NOT NULL,
    applied       BIGINT NOT NULL,
    shipped_until BIGINT NOT NULL,
    reported      BIGINT NOT NULL
);
