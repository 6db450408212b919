-- Certificates that came for sessions. let_in: 0 for one that never got any.
CREATE TABLE sightings (
    account     INTEGER NOT NULL,
    subject     TEXT    NOT NULL,
    certificate TEXT    NOT NULL,
    first       INTEGER NOT NULL,
    seen        INTEGER NOT NULL,
    let_in      INTEGER NOT NULL,
    body        BLOB    NOT NULL,
    PRIMARY KEY (account, subject, certificate)
) STRICT;
