-- Forgets a parking only while it is the one that was taken up: another owner may have parked a later event of the stream meanwhile.
-- The function without versions stays for nodes of an earlier build.
CREATE FUNCTION unpark_streams(p_reactions text[], p_streams text[], p_versions bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM lock_journal();
    DELETE FROM parked AS p USING unnest(p_reactions, p_streams, p_versions) AS c (reaction, stream, version)
    WHERE p.reaction = c.reaction AND p.stream = c.stream AND p.version = c.version;
END $$;
