using Daypass.Service.Audit;

namespace Daypass.Service.Tests.Audit;

/// <summary>What a crash or a bad disk leaves, and what is made of it.</summary>
public sealed class AuditJournalRecoveryTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_tail_torn_at_any_byte_recovers_to_the_whole_frames_before_it_and_the_journal_goes_on()
    {
        var (whole, ends) = await WriteAsync(count: 4);
        for (var cut = ends[1]; cut < ends[4]; cut++)
        {
            var torn = (byte[])whole.Clone();
            torn.AsSpan(cut).Clear();
            File.WriteAllBytes(_folder.Segments().Single(), torn);
            var kept = Array.FindLastIndex(ends, end => end <= cut);
            await AssertRecoversAsync(kept, isTorn: torn.AsSpan(ends[kept]).ContainsAnyExcept((byte)0));
        }
    }

    [Fact]
    public async Task A_file_cut_off_at_any_byte_recovers_to_the_whole_frames_before_it()
    {
        var (whole, ends) = await WriteAsync(count: 3);
        for (var cut = ends[1]; cut < ends[3]; cut += 3)
        {
            File.WriteAllBytes(_folder.Segments().Single(), whole[..cut]);
            await using var journal = _folder.Open();
            Assert.Equal(AuditSamples.Ids(1, Array.FindLastIndex(ends, end => end <= cut)), journal.ReadIds());
        }
    }

    [Fact]
    public async Task A_flipped_bit_is_found_wherever_it_is_and_what_follows_is_set_aside()
    {
        var (whole, ends) = await WriteAsync(count: 3);
        for (var at = ends[1]; at < ends[2]; at++)
        {
            var flipped = (byte[])whole.Clone();
            flipped[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(_folder.Segments().Single(), flipped);
            await AssertRecoversAsync(kept: 1, isTorn: true);
        }
    }

    [Fact]
    public async Task What_is_set_aside_holds_the_bytes_that_were_there()
    {
        var (whole, ends) = await WriteAsync(count: 3);
        whole[ends[1] + 30] ^= 4;
        File.WriteAllBytes(_folder.Segments().Single(), whole);
        await using var journal = _folder.Open();
        Assert.Equal(whole[ends[1]..ends[3]], File.ReadAllBytes(Assert.Single(journal.SetAside)).Concat(new byte[ends[3]]).Take(ends[3] - ends[1]));
    }

    [Fact]
    public async Task An_old_frame_never_comes_back_behind_a_new_one()
    {
        // The crash tore frame 2 and left frame 3 whole; a new frame 2 of the same length must not make frame 3 part of the journal again.
        var (whole, ends) = await WriteAsync(count: 3);
        whole[ends[1] + 20] ^= 1;
        File.WriteAllBytes(_folder.Segments().Single(), whole);
        await using (var journal = _folder.Open())
            await journal.AppendAsync(2, 2);
        await using var again = _folder.Open();
        Assert.Equal(AuditSamples.Ids(1, 2), again.ReadIds());
    }

    [Fact]
    public async Task Damage_in_an_older_segment_loses_no_later_segment()
    {
        await using (var journal = _folder.Open(JournalFolder.Small))
            await journal.AppendAsync(1, 40);
        var segments = _folder.Segments();
        var bytes = File.ReadAllBytes(segments[1]);
        bytes[100] ^= 1;
        File.WriteAllBytes(segments[1], bytes);
        var third = int.Parse(Path.GetFileNameWithoutExtension(segments[2]));
        var second = int.Parse(Path.GetFileNameWithoutExtension(segments[1]));
        await using var again = _folder.Open(JournalFolder.Small);
        Assert.Equal([.. AuditSamples.Ids(1, second - 1), .. AuditSamples.Ids(third, 40)], again.ReadIds());
        Assert.Single(again.SetAside);
        again.MarkShipped(40);
        Assert.Equal((0, 40), (again.BacklogBytes, again.ShippedSequence));
    }

    [Fact]
    public async Task A_bit_that_flips_under_a_running_journal_is_not_shipped()
    {
        await using var journal = _folder.Open();
        await journal.AppendAsync(1, 3);
        using (var file = new FileStream(_folder.Segments().Single(), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = AuditJournalSegment.HeaderBytes + 60;
            var old = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)(old ^ 16));
        }
        Assert.Throws<InvalidDataException>(journal.ReadIds);
    }

    [Fact]
    public async Task A_segment_without_a_header_is_set_aside_and_its_numbers_are_not_used_again()
    {
        await using (var first = _folder.Open())
        {
            await first.AppendAsync(1, 3);
            first.MarkShipped(2);
        }
        File.WriteAllBytes(_folder.Segments().Single(), new byte[100]);
        await using var journal = _folder.Open();
        Assert.Single(journal.SetAside);
        Assert.Empty(journal.ReadIds());
        Assert.True(journal.LastSequence >= 2);
    }

    [Fact]
    public async Task A_renewed_node_keeps_what_came_after_its_floor_for_the_store_and_nothing_older()
    {
        await using (var first = _folder.Open())
            await first.AppendAsync(1, 3);
        string node;
        await using (var second = _folder.Open())
        {
            await second.AppendAsync(4, 5);
            (var old, _) = (second.Node, 0);
            second.RenewNode(3);
            Assert.NotEqual(old, second.Node);
            node = second.Node;
            Assert.Equal(AuditSamples.Ids(4, 5), second.ReadIds());
        }
        await using var third = _folder.Open();
        Assert.Equal((node, 3), (third.Node, third.Floor));
        Assert.Equal(AuditSamples.Ids(4, 5), third.ReadIds());
    }

    private async Task AssertRecoversAsync(int kept, bool isTorn)
    {
        await using (var journal = _folder.Open())
        {
            Assert.Equal(AuditSamples.Ids(1, kept), journal.ReadIds());
            Assert.Equal(kept, journal.LastSequence);
            Assert.Equal(isTorn ? 1 : 0, journal.SetAside.Count);
            await journal.AppendAsync(kept + 1, kept + 1);
        }
        await using var again = _folder.Open();
        Assert.Equal(AuditSamples.Ids(1, kept + 1), again.ReadIds());
        Assert.Empty(again.SetAside);
    }

    /// <summary>A journal of some frames: its one segment's bytes, and where each frame ends (the header first).</summary>
    private async Task<(byte[] Bytes, int[] Ends)> WriteAsync(int count)
    {
        await using (var journal = _folder.Open(new AuditJournalOptions { FirstSegmentBytes = 4096 }))
            await journal.AppendAsync(1, count);
        var bytes = File.ReadAllBytes(_folder.Segments().Single());
        var ends = new int[count + 1];
        ends[0] = AuditJournalSegment.HeaderBytes;
        for (var i = 0; i < count; i++)
            ends[i + 1] = ends[i] + AuditJournalFrame.HeaderBytes + BitConverter.ToInt32(bytes, ends[i]);
        return (bytes, ends);
    }
}
