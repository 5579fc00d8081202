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

-- What several changes write, in their order, as one statement and so one round trip.
-- Works: 1 put, 2 delete, 3 delete everything of an owner, 4 delete what expired at or before a time.
CREATE FUNCTION change_rows(
    p_works integer[], p_kinds text[], p_ids text[], p_owners text[], p_data_keys bigint[], p_bodies bytea[], p_times bigint[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    FOR i IN 1 .. cardinality(p_works) LOOP
        CASE p_works[i]
        WHEN 1 THEN
            INSERT INTO vault_rows (kind, id, owner, data_key, body, expires_at)
            VALUES (p_kinds[i], p_ids[i], p_owners[i], p_data_keys[i], p_bodies[i], p_times[i])
            ON CONFLICT (kind, id) DO UPDATE
            SET owner = excluded.owner, data_key = excluded.data_key, body = excluded.body, expires_at = excluded.expires_at;
        WHEN 2 THEN
            DELETE FROM vault_rows WHERE kind = p_kinds[i] AND id = p_ids[i];
        WHEN 3 THEN
            DELETE FROM vault_rows WHERE owner = p_owners[i];
        WHEN 4 THEN
            DELETE FROM vault_rows WHERE expires_at <= p_times[i];
        END CASE;
    END LOOP;
END $$;
