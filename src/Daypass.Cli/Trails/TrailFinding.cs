using Daypass.Trails;

namespace Daypass.Cli.Trails;

/// <summary>Something that is not as it was sealed.</summary>
internal sealed record TrailFinding(string File, string What)
{
    public override string ToString() => $"{File}\n  {What}";

    public static string Describe(RecordFinding? found, int count) => found switch
    {
        null => "the content is not what was sealed, though every record's mark is: the text between the records was changed",
        { Fault: RecordFault.Changed } one => $"{Records(one)} of {count} changed",
        { Fault: RecordFault.Removed } one => $"{Count(one)} removed at record {one.Position} of {count}",
        { Fault: RecordFault.Added } one => $"{Count(one)} added at record {one.Position}, where {count} were sealed",
        { Fault: RecordFault.Reordered } one => $"{Records(one)} of {count} stand in another order",
        { } one => $"unreadable from record {one.Position} of {count} on",
    };

    private static string Records(RecordFinding one) => one.Count == 1 ? $"record {one.Position}" : $"records {one.Position} to {one.Position + one.Count - 1}";

    private static string Count(RecordFinding one) => one.Count == 1 ? "1 record" : $"{one.Count} records";
}
