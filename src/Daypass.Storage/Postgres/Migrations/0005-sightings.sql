-- Certificates that came for sessions. let_in: 0 for one that never got any.
CREATE TABLE sightings (
    account     BIGINT NOT NULL,
    subject     TEXT   COLLATE "C" NOT NULL,
    certificate TEXT   COLLATE "C" NOT NULL,
    first       BIGINT NOT NULL,
    seen        BIGINT NOT NULL,
    let_in      BIGINT NOT NULL,
    body        BYTEA  NOT NULL,
    PRIMARY KEY (account, subject, certificate)
);
