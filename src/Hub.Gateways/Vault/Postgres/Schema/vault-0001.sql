-- The vault's rows, the same as in SQLite. A released step never changes; the next one leads on from here.
-- Texts compare by their bytes. Times are milliseconds since 1970.

CREATE TABLE vault_rows (
    kind text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    owner text COLLATE "C",
    data_key bigint NOT NULL,
    body bytea NOT NULL,
    expires_at bigint,
    PRIMARY KEY (kind, id));
CREATE INDEX vault_rows_owner ON vault_rows (owner) WHERE owner IS NOT NULL;
CREATE INDEX vault_rows_expires_at ON vault_rows (expires_at) WHERE expires_at IS NOT NULL;
