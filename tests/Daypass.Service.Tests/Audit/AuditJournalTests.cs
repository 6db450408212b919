using System.Collections.Concurrent;
using Daypass.Service.Audit;

namespace Daypass.Service.Tests.Audit;

public sealed class AuditJournalTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_appended_is_read_back_whole_and_numbered_from_1()
    {
        await using var journal = _folder.Open();
        await journal.AppendAsync(1, 3);
        var entries = journal.Read(10, int.MaxValue);
        Assert.Equal([1L, 2, 3], entries.Select(e => e.Sequence));
        var (expected, found) = (AuditSamples.Event(2), entries[1].Event);
        Assert.Equal(expected with { Resources = [], Record = default }, found with { Resources = [], Record = default });
        Assert.Equal(expected.Resources, found.Resources);
        Assert.Equal(expected.Record.ToArray(), found.Record.ToArray());
    }

    [Fact]
    public async Task An_event_is_on_disk_when_its_append_has_completed()
    {
        await using var journal = _folder.Open();
        await journal.AppendAsync(1, 5);
        using var copy = Crash();
        await using var recovered = copy.Open();
        Assert.Equal(AuditSamples.Ids(1, 5), recovered.ReadIds());
        Assert.Equal((5, journal.Node), (recovered.LastSequence, recovered.Node));
    }

    [Fact]
    public async Task A_crash_while_many_append_loses_no_event_whose_append_had_completed()
    {
        await using var journal = _folder.Open();
        var (completed, go) = (new ConcurrentQueue<int>(), true);
        var appending = Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            for (var i = w * 1_000_000; Volatile.Read(ref go); i++)
            {
                await journal.AppendAsync(AuditSamples.Event(i));
                completed.Enqueue(i);
            }
        })));
        for (var crash = 0; crash < 5; crash++)
        {
            do
                await Task.Delay(20);
            while (completed.IsEmpty);
            var promised = completed.Select(number => $"event-{number}").ToArray();
            using var copy = Crash();
            await using var recovered = copy.Open();
            var entries = recovered.Read(int.MaxValue, int.MaxValue);
            Assert.NotEmpty(promised);
            Assert.Empty(promised.Except(entries.Select(e => e.Event.EventId)));
            Assert.Equal(entries.Select((_, i) => i + 1L), entries.Select(e => e.Sequence));
        }
        Volatile.Write(ref go, false);
        await appending;
    }

    [Fact]
    public async Task Many_who_append_at_once_each_find_their_event_in_it_and_the_numbers_have_no_holes()
    {
        await using var journal = _folder.Open();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(w => Task.Run(() => journal.AppendAsync(w * 100, w * 100 + 99))));
        var entries = journal.Read(int.MaxValue, int.MaxValue);
        Assert.Equal(Enumerable.Range(1, 1600).Select(n => (long)n), entries.Select(e => e.Sequence));
        Assert.Equal(AuditSamples.Ids(0, 1599).Order(), entries.Select(e => e.Event.EventId).Order());
    }

    [Fact]
    public async Task Two_events_of_one_call_follow_each_other()
    {
        await using var journal = _folder.Open();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () => await journal.AppendAsync(AuditSamples.Event(2 * i), AuditSamples.Event(2 * i + 1)))));
        var ids = journal.ReadIds().Select(id => int.Parse(id["event-".Length..])).ToArray();
        Assert.Equal(100, ids.Length);
        Assert.All(Enumerable.Range(0, 50), i => Assert.Equal(ids[2 * i] + 1, ids[2 * i + 1]));
    }

    [Fact]
    public async Task A_journal_opened_again_goes_on_where_it_was_under_the_same_node()
    {
        var first = _folder.Open();
        await first.AppendAsync(1, 2);
        await first.DisposeAsync();
        await using var second = _folder.Open();
        await second.AppendAsync(3, 4);
        Assert.Equal((first.Node, 4, 2), (second.Node, second.LastSequence, second.RecoveredSequence));
        Assert.Equal(AuditSamples.Ids(1, 4), second.ReadIds());
        Assert.Empty(second.SetAside);
    }

    [Fact]
    public async Task Reading_goes_across_segments_and_what_was_shipped_is_dropped_in_whole_segments()
    {
        await using var journal = _folder.Open(JournalFolder.Small);
        await journal.AppendAsync(1, 100);
        var segments = _folder.Segments().Length;
        Assert.True(segments > 4);
        Assert.Equal(AuditSamples.Ids(1, 100), journal.ReadIds());
        journal.MarkShipped(60);
        Assert.Equal(AuditSamples.Ids(61, 100), journal.ReadIds());
        Assert.InRange(_folder.Segments().Length, 2, segments - 2);
        journal.MarkShipped(100);
        Assert.Single(_folder.Segments());
        Assert.Equal((0, 100), (journal.BacklogBytes, journal.ShippedSequence));
    }

    [Fact]
    public async Task Numbers_go_on_after_all_was_shipped_and_the_journal_opened_again()
    {
        await using (var first = _folder.Open(JournalFolder.Small))
        {
            await first.AppendAsync(1, 100);
            first.MarkShipped(100);
        }
        await using var second = _folder.Open(JournalFolder.Small);
        Assert.Equal((100, 100), (second.LastSequence, second.ShippedSequence));
        await second.AppendAsync(101, 101);
        Assert.Equal(AuditSamples.Ids(101, 101), second.ReadIds());
    }

    [Fact]
    public async Task A_batch_ends_at_its_limits()
    {
        await using var journal = _folder.Open();
        await journal.AppendAsync(1, 50);
        Assert.Equal(AuditSamples.Ids(1, 7), journal.Read(7, int.MaxValue).Select(e => e.Event.EventId));
        Assert.InRange(journal.Read(int.MaxValue, 1000).Count, 2, 10);
        Assert.Single(journal.Read(int.MaxValue, 1));
    }

    [Fact]
    public async Task A_backlog_at_its_limit_refuses_events_until_some_were_shipped()
    {
        await using var journal = _folder.Open(new AuditJournalOptions { FirstSegmentBytes = 1 << 16, MaxBacklogBytes = 1000 });
        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(1, 100));
        Assert.Contains("full", refused.Message);
        var last = journal.LastSequence;
        Assert.InRange(last, 3, 10);
        Assert.Equal(AuditSamples.Ids(1, (int)last), journal.ReadIds());
        journal.MarkShipped(last);
        await journal.AppendAsync(200, 200);
        Assert.Equal(["event-200"], journal.ReadIds());
    }

    [Fact]
    public async Task An_event_that_is_too_large_is_refused_and_nothing_of_its_call_is_kept()
    {
        await using var journal = _folder.Open();
        await journal.AppendAsync(AuditSamples.Event(1, recordBytes: AuditJournalOptions.MaxEventBytes - 200));
        await Assert.ThrowsAsync<ArgumentException>(async () => await journal.AppendAsync(AuditSamples.Event(2), AuditSamples.Event(3, recordBytes: AuditJournalOptions.MaxEventBytes)));
        await journal.AppendAsync(4, 4);
        Assert.Equal(["event-1", "event-4"], journal.ReadIds());
    }

    [Fact]
    public async Task A_journal_whose_disk_fails_refuses_that_event_and_all_later_ones_and_loses_none_that_it_took()
    {
        var journal = _folder.Open(JournalFolder.Small);
        await journal.AppendAsync(1, 5);
        Assert.False(journal.IsClosed);
        // The next segment cannot be made: where its file would be is a folder.
        Directory.CreateDirectory(Path.Combine(_folder.Journal, "spare.tmp"));
        var taken = 5;
        await Assert.ThrowsAsync<JournalUnavailableException>(async () =>
        {
            for (; ; taken++)
                await journal.AppendAsync(AuditSamples.Event(taken + 1));
        });
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(1, 1));
        Assert.True(journal.IsClosed);
        Assert.IsType<UnauthorizedAccessException>(journal.Failure);
        Assert.Equal(taken, journal.LastSequence);
        Directory.Delete(Path.Combine(_folder.Journal, "spare.tmp"));
        await journal.DisposeAsync();
        await using var again = _folder.Open(JournalFolder.Small);
        Assert.Equal(AuditSamples.Ids(1, taken), again.ReadIds());
        await again.AppendAsync(taken + 1, 60);
        Assert.Equal(AuditSamples.Ids(1, 60), again.ReadIds());
    }

    [Fact]
    public async Task A_journal_that_could_not_be_written_goes_on_by_itself_when_it_can_and_has_all_that_it_took()
    {
        await using var journal = _folder.Open(JournalFolder.Small with { RetryAfter = TimeSpan.FromMilliseconds(10) });
        var taken = new List<string>();
        for (var (number, outages) = (1, 0); outages < 3; number++)
        {
            if (number % 20 == 0)
                StandInTheWay();
            try
            {
                await journal.AppendAsync(AuditSamples.Event(number));
                taken.Add($"event-{number}");
            }
            catch (JournalUnavailableException)
            {
                outages++;
                Directory.Delete(Path.Combine(_folder.Journal, "spare.tmp"));
                while (journal.IsClosed)
                    await Task.Delay(5);
            }
        }
        Assert.Equal(taken, journal.ReadIds());
        Assert.Equal(taken.Count, journal.LastSequence);
        using var copy = Crash();
        await using var recovered = copy.Open(JournalFolder.Small);
        Assert.Equal(taken, recovered.ReadIds());
        Assert.Empty(recovered.SetAside);
    }

    // Where the next segment's file would be is a folder, unless that file is there already.
    private void StandInTheWay()
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(_folder.Journal, "spare.tmp"));
        }
        catch (IOException)
        {
            // Then another time.
        }
    }

    [Fact]
    public async Task What_a_failed_write_left_behind_is_not_taken_for_an_event_when_the_journal_is_opened_again()
    {
        await using (var first = _folder.Open())
            await first.AppendAsync(1, 5);
        // As if the writes of 4 and 5 had failed though their bytes had come to the disk, and the journal had gone on in another segment.
        using (var spare = AuditJournalSegment.MakeSpare(_folder.Journal, 2048))
            AuditJournalSegment.Begin(_folder.Journal, spare, 4, 0).Dispose();
        await using var journal = _folder.Open();
        Assert.Equal(AuditSamples.Ids(1, 3), journal.ReadIds());
        Assert.Single(journal.SetAside);
        await journal.AppendAsync(44, 45);
        Assert.Equal([.. AuditSamples.Ids(1, 3), "event-44", "event-45"], journal.ReadIds());
        Assert.Equal(5, journal.LastSequence);
    }

    [Fact]
    public async Task A_journal_closes_while_it_waits_for_room()
    {
        var journal = _folder.Open(JournalFolder.Small with { RetryAfter = TimeSpan.FromHours(1) });
        Directory.CreateDirectory(Path.Combine(_folder.Journal, "spare.tmp"));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(1, 1000));
        Directory.Delete(Path.Combine(_folder.Journal, "spare.tmp"));
        await journal.DisposeAsync();
    }

    [Fact]
    public async Task A_folder_belongs_to_one_journal_at_a_time()
    {
        await using var journal = _folder.Open();
        Assert.Contains("another process", Assert.Throws<JournalUnavailableException>(() => _folder.Open()).Message);
    }

    [Fact]
    public async Task A_closed_journal_takes_no_event()
    {
        var journal = _folder.Open();
        await journal.DisposeAsync();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(1, 1));
    }

    /// <summary>A copy of the folder as it is: what a crash at this moment would leave.</summary>
    private JournalFolder Crash()
    {
        var copy = new JournalFolder();
        Directory.CreateDirectory(copy.Journal);
        foreach (var file in Directory.GetFiles(_folder.Journal).Where(File.Exists))
            CopyShared(file, Path.Combine(copy.Journal, Path.GetFileName(file)));
        return copy;
    }

    private static void CopyShared(string from, string to)
    {
        if (Path.GetFileName(from) == "journal.lock")
            return;
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var target = File.Create(to);
        source.CopyTo(target);
    }
}
