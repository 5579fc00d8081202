-- The one place where events enter. Each row of an array "of" names the append, from 1, that the row belongs to; "nth" counts the
-- append's events from 1. No two appends of one call are of the same stream: the caller sees to that.

-- Whoever writes holds this lock first, so there is one order of locks, and positions are in order of commit: it is let go only
-- after the transaction became visible. Every statement after it sees what was committed before.
CREATE FUNCTION lock_journal() RETURNS void LANGUAGE sql AS 'SELECT pg_advisory_xact_lock(22356844140328290)';

CREATE FUNCTION append_events(
    p_opening bigint,
    p_streams text[], p_ids bigint[], p_expected bigint[], p_sizes bigint[], p_times bigint[],
    p_event_of integer[], p_event_nth bigint[], p_types text[], p_payloads bytea[], p_commands text[], p_hashes bytea[],
    p_fired_of integer[], p_fired text[], p_fired_at bigint[],
    p_timer_of integer[], p_timer_nth bigint[], p_timers text[], p_dues bigint[],
    p_posting_of integer[], p_posting_nth bigint[], p_accounts text[], p_currencies text[], p_minors bigint[],
    OUT o_ids bigint[], OUT o_heads bigint[], OUT o_positions bigint[])
LANGUAGE plpgsql AS $$
DECLARE
    v_last bigint;
BEGIN
    PERFORM lock_journal();

    INSERT INTO streams (key)
    SELECT a.key FROM unnest(p_streams, p_ids, p_expected) WITH ORDINALITY AS a (key, id, expected, n)
    WHERE a.id = 0 AND a.expected = 0
    ORDER BY a.n
    ON CONFLICT DO NOTHING;

    SELECT coalesce(max(position), 0) INTO v_last FROM events;

    -- Who wins is known before the first event is inserted: the lock keeps the heads where they are. A loser takes no position.
    SELECT
        array_agg(judged.id ORDER BY judged.n),
        array_agg(judged.head ORDER BY judged.n),
        array_agg(CASE WHEN judged.taken > 0 THEN v_last + judged.taken_so_far - judged.taken + 1 ELSE 0 END ORDER BY judged.n)
    INTO o_ids, o_heads, o_positions
    FROM (
        SELECT stood.n, stood.id, stood.head, stood.taken, (sum(stood.taken) OVER (ORDER BY stood.n ROWS UNBOUNDED PRECEDING))::bigint AS taken_so_far
        FROM (
            SELECT located.n, located.id, located.head, CASE WHEN located.head = located.expected THEN located.size ELSE 0 END AS taken
            FROM (
                SELECT found.n, found.id, found.expected, found.size, coalesce(
                    (SELECT e.version FROM events AS e WHERE e.stream_id = found.id ORDER BY e.version DESC LIMIT 1), 0) AS head
                FROM (
                    SELECT a.n, a.expected, a.size,
                        CASE WHEN a.id <> 0 THEN a.id ELSE coalesce((SELECT s.id FROM streams AS s WHERE s.key = a.key), 0) END AS id
                    FROM unnest(p_streams, p_ids, p_expected, p_sizes) WITH ORDINALITY AS a (key, id, expected, size, n)
                    OFFSET 0) AS found
                OFFSET 0) AS located) AS stood) AS judged;

    -- The unique index is the last fence: a row that somebody wrote without the lock fails the whole batch instead of leaving a hole.
    INSERT INTO events (position, stream_id, version, type, payload, command_id, command_hash, at, opening)
    SELECT o_positions[e.owner] + e.nth - 1, o_ids[e.owner], p_expected[e.owner] + e.nth,
        e.type, convert_from(e.payload, 'UTF8'), e.command, e.hash, p_times[e.owner], p_opening
    FROM unnest(p_event_of, p_event_nth, p_types, p_payloads, p_commands, p_hashes) AS e (owner, nth, type, payload, command, hash)
    WHERE o_positions[e.owner] > 0;
    IF NOT FOUND THEN
        RETURN;
    END IF;

    IF cardinality(p_fired_of) > 0 THEN
        DELETE FROM timers AS t
        USING unnest(p_fired_of, p_fired, p_fired_at) AS f (owner, name, set_version)
        WHERE o_positions[f.owner] > 0 AND t.stream_id = o_ids[f.owner] AND t.name = f.name AND t.set_version = f.set_version;
    END IF;

    -- A timer without a due time is cleared. The caller names each timer of an append once: as its last event leaves it.
    IF cardinality(p_timer_of) > 0 THEN
        DELETE FROM timers AS t
        USING unnest(p_timer_of, p_timers, p_dues) AS c (owner, name, due)
        WHERE o_positions[c.owner] > 0 AND c.due IS NULL AND t.stream_id = o_ids[c.owner] AND t.name = c.name;

        INSERT INTO timers (stream_id, name, due, set_version)
        SELECT o_ids[c.owner], c.name, c.due, p_expected[c.owner] + c.nth
        FROM unnest(p_timer_of, p_timer_nth, p_timers, p_dues) AS c (owner, nth, name, due)
        WHERE o_positions[c.owner] > 0 AND c.due IS NOT NULL
        ON CONFLICT (stream_id, name) DO UPDATE SET due = excluded.due, set_version = excluded.set_version;
    END IF;

    IF cardinality(p_posting_of) > 0 THEN
        INSERT INTO postings (position, stream_id, version, account, currency, minor)
        SELECT o_positions[p.owner] + p.nth - 1, o_ids[p.owner], p_expected[p.owner] + p.nth, p.account, p.currency, p.minor
        FROM unnest(p_posting_of, p_posting_nth, p_accounts, p_currencies, p_minors) WITH ORDINALITY AS p (owner, nth, account, currency, minor, n)
        WHERE o_positions[p.owner] > 0
        ORDER BY p.n;

        INSERT INTO balances AS b (account, currency, minor)
        SELECT p.account, p.currency, sum(p.minor)::bigint
        FROM unnest(p_posting_of, p_accounts, p_currencies, p_minors) AS p (owner, account, currency, minor)
        WHERE o_positions[p.owner] > 0
        GROUP BY p.account, p.currency
        ON CONFLICT (account, currency) DO UPDATE SET minor = b.minor + excluded.minor;
    END IF;

    -- Wakes the readers of other nodes; what there is to read, they read.
    PERFORM pg_notify('hub_journal', '');
END $$;
