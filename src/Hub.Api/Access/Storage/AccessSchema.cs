namespace Hub.Api.Access.Storage;

/// <summary>The tables of <c>access.db</c>. Times are Unix milliseconds; secrets are there as keyed digests only.</summary>
internal static class AccessSchema
{
    internal const string Tables = """
        CREATE TABLE IF NOT EXISTS credentials (
            id          TEXT PRIMARY KEY,
            digest      BLOB NOT NULL UNIQUE,
            kind        TEXT NOT NULL,
            merchant    TEXT,
            customer    TEXT,
            payment     TEXT,
            staff       TEXT,
            scopes      TEXT NOT NULL,
            created_at  INTEGER NOT NULL,
            expires_at  INTEGER,
            revoked_at  INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS credentials_by_staff ON credentials (staff) WHERE staff IS NOT NULL;
        CREATE INDEX IF NOT EXISTS credentials_by_customer ON credentials (customer) WHERE customer IS NOT NULL;
        CREATE INDEX IF NOT EXISTS credentials_by_expiry ON credentials (expires_at) WHERE expires_at IS NOT NULL;
        CREATE TABLE IF NOT EXISTS staff (
            email         TEXT PRIMARY KEY,
            password      TEXT NOT NULL,
            totp          BLOB NOT NULL,
            roles         TEXT NOT NULL,
            merchants     TEXT NOT NULL,
            stamp         TEXT NOT NULL,
            disabled      INTEGER NOT NULL DEFAULT 0,
            failures      INTEGER NOT NULL DEFAULT 0,
            locked_until  INTEGER NOT NULL DEFAULT 0,
            last_step     INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;
        """;
}
