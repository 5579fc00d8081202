-- Who may call, the same as in SQLite. Times are milliseconds since 1970; secrets are there as keyed digests only. Texts compare by their bytes.
-- A released step never changes; the next one leads on from here.

CREATE TABLE credentials (
    id text COLLATE "C" PRIMARY KEY,
    digest bytea NOT NULL UNIQUE,
    kind text COLLATE "C" NOT NULL,
    merchant text COLLATE "C",
    customer text COLLATE "C",
    payment text COLLATE "C",
    staff text COLLATE "C",
    scopes text COLLATE "C" NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint,
    revoked_at bigint);
CREATE INDEX credentials_by_staff ON credentials (staff) WHERE staff IS NOT NULL;
CREATE INDEX credentials_by_customer ON credentials (customer) WHERE customer IS NOT NULL;
CREATE INDEX credentials_by_expiry ON credentials (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX credentials_by_revocation ON credentials (revoked_at) WHERE revoked_at IS NOT NULL;

CREATE TABLE staff (
    email text COLLATE "C" PRIMARY KEY,
    password text COLLATE "C" NOT NULL,
    totp bytea NOT NULL,
    roles text COLLATE "C" NOT NULL,
    merchants text COLLATE "C" NOT NULL,
    stamp text COLLATE "C" NOT NULL,
    disabled bigint NOT NULL DEFAULT 0,
    failures bigint NOT NULL DEFAULT 0,
    locked_until bigint NOT NULL DEFAULT 0,
    last_step bigint NOT NULL DEFAULT 0);
