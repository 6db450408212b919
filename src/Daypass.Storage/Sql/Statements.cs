namespace Daypass.Storage.Sql;

/// <summary>The statements that every engine understands, one for each thing a store does.</summary>
internal static class Statements
{
    public const string Head =
        "SELECT h.epoch, h.sequence, COALESCE((SELECT c.id FROM commits AS c WHERE c.sequence = h.sequence), '') FROM feed_head AS h";

    public const string CommitAt = "SELECT id FROM commits WHERE sequence = @sequence";
    /// <summary>The name under which the events of commits stand; the feed's sequence is theirs.</summary>
    public const string OwnNode = "store";

    public const string SetExists = "SELECT 1 FROM sets WHERE id = @set";
    public const string Documents = "SELECT kind, name, revision, body FROM documents WHERE set_id = @set ORDER BY kind, name";
    public const string CommitById = "SELECT sequence FROM commits WHERE id = @id";
    public const string Revision = "SELECT revision FROM documents WHERE set_id = @set AND kind = @kind AND name = @name";
    public const string NextSequence = "UPDATE feed_head SET sequence = sequence + 1 RETURNING sequence";
    public const string NextAuditSequences = "UPDATE feed_head SET audit_sequence = audit_sequence + @count RETURNING audit_sequence";
    public const string AddCommit = "INSERT INTO commits (sequence, id, set_id) VALUES (@sequence, @id, @set)";
    public const string AddSet = "INSERT INTO sets (id) VALUES (@set) ON CONFLICT DO NOTHING";
    public const string DeleteDocument = "DELETE FROM documents WHERE set_id = @set AND kind = @kind AND name = @name";
    public const string PurgeClaims = "DELETE FROM claims WHERE expires <= @now";
    public const string AddClaim = "INSERT INTO claims (set_id, value, expires) VALUES (@set, @value, @expires) ON CONFLICT DO NOTHING";
    public const string Watermark = "SELECT watermark FROM audit_nodes WHERE node = @node";
    public const string LastUsed = "SELECT id, time, region, service FROM last_used WHERE id = @id";

    public const string PutDocument = """
        INSERT INTO documents (set_id, kind, name, revision, body) VALUES (@set, @kind, @name, @revision, @body)
        ON CONFLICT (set_id, kind, name) DO UPDATE SET revision = excluded.revision, body = excluded.body
        """;

    public const string AddChange =
        "INSERT INTO changes (sequence, ordinal, kind, name, body) VALUES (@sequence, @ordinal, @kind, @name, @body)";

    // The range is said of both tables, so that no planner thinks of reading the whole of one.
    public const string Changes = """
        SELECT c.sequence, c.id, c.set_id, d.kind, d.name, d.body
        FROM commits AS c LEFT JOIN changes AS d ON d.sequence = c.sequence AND d.sequence > @after AND d.sequence <= @until
        WHERE c.sequence > @after AND c.sequence <= @until ORDER BY c.sequence, d.ordinal
        """;

    public const string SetWatermark = """
        INSERT INTO audit_nodes (node, watermark) VALUES (@node, @watermark)
        ON CONFLICT (node) DO UPDATE SET watermark = excluded.watermark RETURNING number
        """;

    /// <summary>@shipped_until is 0 where a report says nothing of it.</summary>
    public const string ReportNode = """
        INSERT INTO nodes (node, name, version, applied, shipped_until, reported) VALUES (@node, @name, @version, @applied, @shipped_until, @now)
        ON CONFLICT (node) DO UPDATE SET name = excluded.name, version = excluded.version, applied = excluded.applied, reported = excluded.reported,
            shipped_until = CASE WHEN excluded.shipped_until = 0 THEN nodes.shipped_until ELSE excluded.shipped_until END
        RETURNING reported
        """;

    public const string Nodes = "SELECT node, name, version, applied, shipped_until, reported FROM nodes ORDER BY node";
    public const string RemoveNode = "DELETE FROM nodes WHERE node = @node";

    public const string MarkUsed = """
        INSERT INTO last_used (id, time, region, service) VALUES (@id, @time, @region, @service)
        ON CONFLICT (id) DO UPDATE SET time = excluded.time, region = excluded.region, service = excluded.service
        WHERE excluded.time > last_used.time
        """;
}
