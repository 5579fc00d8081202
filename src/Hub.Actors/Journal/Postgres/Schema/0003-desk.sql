-- What is kept beside the events. In one call of a function no two rows are of the same thing: the caller sees to that.

-- Outcomes: 0 ours, 1 answered, 2 in flight, 3 another request under this key. A fingerprint of nothing was given back.
-- Every opening holds a lock of its own number, shared, as long as its writer is connected. Whose lock can be had is over; what it
-- reserved and did not answer is orphaned. The age alone would make every client of a killed node wait for it.
CREATE FUNCTION reserve_requests(
    p_opening bigint, p_tenants text[], p_keys text[], p_fingerprints text[], p_created text[], p_times bigint[], p_abandoned bigint[],
    OUT o_outcomes integer[], OUT o_ids text[], OUT o_answers bytea[])
LANGUAGE plpgsql AS $$
DECLARE
    v_ask record;
    v_held record;
BEGIN
    PERFORM lock_journal();
    FOR v_ask IN
        SELECT * FROM unnest(p_tenants, p_keys, p_fingerprints, p_created, p_times, p_abandoned) AS a (tenant, key, fingerprint, created_id, at, abandoned)
    LOOP
        INSERT INTO requests (tenant, key, fingerprint, created_id, owner, at)
        VALUES (v_ask.tenant, v_ask.key, v_ask.fingerprint, v_ask.created_id, p_opening, v_ask.at)
        ON CONFLICT DO NOTHING;
        IF FOUND THEN
            o_outcomes := array_append(o_outcomes, 0);
            o_ids := array_append(o_ids, v_ask.created_id);
            o_answers := array_append(o_answers, NULL);
            CONTINUE;
        END IF;

        SELECT * INTO STRICT v_held FROM requests AS r WHERE r.tenant = v_ask.tenant AND r.key = v_ask.key;
        o_ids := array_append(o_ids, v_held.created_id);
        o_answers := array_append(o_answers, v_held.answer);
        IF v_held.fingerprint <> '' AND v_held.fingerprint <> v_ask.fingerprint THEN
            o_outcomes := array_append(o_outcomes, 3);
        ELSIF v_held.fingerprint <> '' AND v_held.answer IS NOT NULL THEN
            o_outcomes := array_append(o_outcomes, 1);
        ELSIF v_held.fingerprint <> '' AND v_held.at >= v_ask.abandoned
            AND (v_held.owner = p_opening OR NOT pg_try_advisory_xact_lock(20296, v_held.owner::integer)) THEN
            o_outcomes := array_append(o_outcomes, 2);
        ELSE
            UPDATE requests AS r SET fingerprint = v_ask.fingerprint, owner = p_opening, at = v_ask.at
            WHERE r.tenant = v_ask.tenant AND r.key = v_ask.key;
            o_outcomes := array_append(o_outcomes, 0);
        END IF;
    END LOOP;
END $$;

CREATE FUNCTION answer_requests(p_tenants text[], p_keys text[], p_answers bytea[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM lock_journal();
    UPDATE requests AS r SET answer = a.answer
    FROM unnest(p_tenants, p_keys, p_answers) AS a (tenant, key, answer)
    WHERE r.tenant = a.tenant AND r.key = a.key AND r.answer IS NULL;
END $$;

CREATE FUNCTION release_requests(p_opening bigint, p_tenants text[], p_keys text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM lock_journal();
    UPDATE requests AS r SET fingerprint = ''
    FROM unnest(p_tenants, p_keys) AS g (tenant, key)
    WHERE r.tenant = g.tenant AND r.key = g.key AND r.answer IS NULL AND r.owner = p_opening;
END $$;

CREATE FUNCTION purge_requests(p_before bigint, p_limit bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM lock_journal();
    DELETE FROM requests AS r
    USING (SELECT o.tenant, o.key FROM requests AS o WHERE o.at < p_before ORDER BY o.at LIMIT p_limit) AS old
    WHERE r.tenant = old.tenant AND r.key = old.key;
END $$;

CREATE FUNCTION finish_timers(p_streams text[], p_timers text[], p_versions bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM lock_journal();
    DELETE FROM timers AS t
    USING unnest(p_streams, p_timers, p_versions) AS f (stream, name, set_version)
    WHERE t.stream_id = (SELECT s.id FROM streams AS s WHERE s.key = f.stream) AND t.name = f.name AND t.set_version = f.set_version;
END $$;

CREATE FUNCTION save_checkpoints(p_readers text[], p_partitions integer[], p_positions bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM lock_journal();
    INSERT INTO checkpoints AS c (reader, partition, position)
    SELECT s.reader, s.partition, max(s.position) FROM unnest(p_readers, p_partitions, p_positions) AS s (reader, partition, position)
    GROUP BY s.reader, s.partition
    ON CONFLICT (reader, partition) DO UPDATE SET position = excluded.position WHERE excluded.position > c.position;
END $$;

CREATE FUNCTION park_streams(
    p_reactions text[], p_streams text[], p_versions bigint[], p_positions bigint[], p_errors text[], p_times bigint[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM lock_journal();
    INSERT INTO parked (reaction, stream, version, position, error, at)
    SELECT * FROM unnest(p_reactions, p_streams, p_versions, p_positions, p_errors, p_times)
    ON CONFLICT (reaction, stream) DO UPDATE
    SET version = excluded.version, position = excluded.position, error = excluded.error, at = excluded.at;
END $$;

CREATE FUNCTION unpark_streams(p_reactions text[], p_streams text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM lock_journal();
    DELETE FROM parked AS p USING unnest(p_reactions, p_streams) AS c (reaction, stream)
    WHERE p.reaction = c.reaction AND p.stream = c.stream;
END $$;
