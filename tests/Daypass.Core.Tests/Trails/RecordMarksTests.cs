using System.Text;
using Daypass.Trails;

namespace Daypass.Core.Tests.Trails;

/// <summary>Where in a log file something is wrong.</summary>
public sealed class RecordMarksTests
{
    private static readonly string[] Sealed = ["""{"n":1}""", """{"n":2,"x":[{}]}""", """{"n":3}""", """{"n":4}""", """{"n":5}"""];

    private static byte[] File(params string[] records)
    {
        var writer = new LogFileWriter();
        foreach (var record in records)
            writer.Add(Encoding.UTF8.GetBytes(record));
        return writer.Finish();
    }

    private static byte[] Marks()
    {
        var writer = new LogFileWriter();
        foreach (var record in Sealed)
            writer.Add(Encoding.UTF8.GetBytes(record));
        return writer.Marks.ToArray();
    }

    public static TheoryData<string, RecordFault, int, int> Damages => new()
    {
        { """[{"n":1},{"n":2,"x":[{}]},{"n":9},{"n":4},{"n":5}]""", RecordFault.Changed, 3, 1 },
        { """[{"n":1},{"n":2,"x":[{}]},{"n":3}, {"n":4},{"n":6}]""", RecordFault.Changed, 5, 1 },
        { """[{"n":1},{"n":3},{"n":4},{"n":5}]""", RecordFault.Removed, 2, 1 },
        { """[{"n":4},{"n":5}]""", RecordFault.Removed, 1, 3 },
        { """[]""", RecordFault.Removed, 1, 5 },
        { """[{"n":1},{"n":2,"x":[{}]},{"n":3},{"n":4}]""", RecordFault.Removed, 5, 1 },
        { """[{"n":1},{"n":3},{"n":2,"x":[{}]},{"n":4},{"n":5}]""", RecordFault.Reordered, 2, 2 },
        { """[{"n":1},{"n":2,"x":[{}]},{"n":3},{"n":4},{"n":5},{"n":6}]""", RecordFault.Added, 6, 1 },
        { """[{"n":0},{"n":1},{"n":2,"x":[{}]},{"n":3},{"n":4},{"n":5}]""", RecordFault.Added, 1, 1 },
        { """[{"n":1},{"n":2,"x":[{}]},{"n":3},{"n":}""", RecordFault.Unreadable, 4, 1 },
        { "", RecordFault.Unreadable, 1, 1 },
        { """[{"n":1},7]""", RecordFault.Unreadable, 2, 1 },
    };

    [Theory, MemberData(nameof(Damages))]
    public void What_was_done_to_the_records_is_found_with_its_place(string records, RecordFault fault, int position, int count) =>
        Assert.Equal(new RecordFinding(fault, position, count), RecordMarks.Compare(Marks(), Encoding.UTF8.GetBytes($$"""{"Records":{{records}}}""")));

    [Fact]
    public void The_records_that_were_sealed_are_in_order() => Assert.Null(RecordMarks.Compare(Marks(), File(Sealed)));

    [Fact]
    public void Records_come_out_of_a_file_as_they_went_in() =>
        Assert.Equal(Sealed, RecordMarks.Split(File(Sealed)).Records.Select(record => Encoding.UTF8.GetString(record.Span)));
}
