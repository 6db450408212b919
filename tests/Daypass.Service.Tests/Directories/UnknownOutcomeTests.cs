using Daypass.Service.Stores;

namespace Daypass.Service.Tests.Directories;

/// <summary>Commits whose answer is lost: never a second execution, never a lost acknowledgement (docs/decisions/0011).</summary>
public sealed class UnknownOutcomeTests : IDisposable
{
    private readonly SharedStore _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_commit_whose_answer_is_lost_happens_once_and_is_acknowledged(bool beforeItHappens)
    {
        var node = await _world.StartAsync();
        await node.KnowsAsync("ada");
        Fail(times: 3, beforeItHappens);
        var before = _world.Memory.Commits;
        var committing = node.CommitAsync(_world.CommitOf("ada"), default).AsTask();
        await _world.Time.UntilAsync(committing);
        Assert.Equal(CommitOutcome.Committed, (await committing).Outcome);
        Assert.Equal(before + 1, _world.Memory.Commits);
        Assert.True(await node.KnowsAsync("ada"));
    }

    [Fact]
    public async Task A_commit_that_happened_is_no_conflict_with_itself()
    {
        var node = await _world.StartAsync();
        await node.KnowsAsync("ada");
        Fail(times: 1, beforeItHappens: false);
        var commit = _world.CommitOf("ada");
        var committing = node.CommitAsync(commit with { Reads = [new Expectation(commit.Puts[0].Key, 0)] }, default).AsTask();
        await _world.Time.UntilAsync(committing);
        Assert.Equal(CommitOutcome.Committed, (await committing).Outcome);
    }

    [Fact]
    public async Task A_store_that_never_answers_is_given_up_after_three_seconds()
    {
        var node = await _world.StartAsync();
        await node.KnowsAsync("ada");
        _world.Memory.OnCall = call => call == "commit" ? new TaskCompletionSource().Task : Task.CompletedTask;
        var began = _world.Time.GetTimestamp();
        var committing = node.CommitAsync(_world.CommitOf("ada"), default).AsTask();
        await _world.Time.UntilAsync(Task.WhenAny(committing));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => committing);
        Assert.InRange(_world.Time.GetElapsedTime(began).TotalSeconds, 2, 4);
    }

    [Fact]
    public async Task A_commit_that_cannot_be_read_back_is_not_acknowledged()
    {
        var node = await _world.StartAsync();
        await node.KnowsAsync("ada");
        _world.Memory.AfterCommit = _ => _world.Memory.OnCall = ViewTimeTests.Away;
        var began = _world.Time.GetTimestamp();
        var committing = node.CommitAsync(_world.CommitOf("ada"), default).AsTask();
        await _world.Time.UntilAsync(Task.WhenAny(committing));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => committing);
        Assert.InRange(_world.Time.GetElapsedTime(began).TotalSeconds, 1, 4);
    }

    [Fact]
    public async Task A_commit_is_not_sent_again_to_a_store_that_was_restored_meanwhile()
    {
        var node = await _world.StartAsync();
        await node.KnowsAsync("ada");
        var before = _world.Memory.Commits;
        _world.Memory.BeforeCommit = _ =>
        {
            _world.Memory.BeforeCommit = _ => { };
            _world.Memory.GoBack(before, "restored");
            throw new StoreUnavailableException("The connection was cut.");
        };
        var committing = node.CommitAsync(_world.CommitOf("ada"), default).AsTask();
        await _world.Time.UntilAsync(committing);
        Assert.Equal(CommitOutcome.Conflict, (await committing).Outcome);
        Assert.Equal(before, _world.Memory.Commits);
    }

    [Fact]
    public async Task A_commit_that_a_restore_kept_is_acknowledged()
    {
        var node = await _world.StartAsync();
        await node.KnowsAsync("ada");
        _world.Memory.AfterCommit = _ =>
        {
            _world.Memory.AfterCommit = _ => { };
            _world.Memory.GoBack(_world.Memory.Commits, "restored");
            throw new StoreUnavailableException("The connection was cut.");
        };
        var committing = node.CommitAsync(_world.CommitOf("ada"), default).AsTask();
        await _world.Time.UntilAsync(committing);
        Assert.Equal(CommitOutcome.Committed, (await committing).Outcome);
        Assert.True(await node.KnowsAsync("ada"));
    }

    // The next commits end without an answer.
    private void Fail(int times, bool beforeItHappens)
    {
        void Cut(Commit commit)
        {
            if (--times >= 0)
                throw new StoreUnavailableException("The connection was cut.");
        }
        if (beforeItHappens)
            _world.Memory.BeforeCommit = Cut;
        else
            _world.Memory.AfterCommit = Cut;
    }
}
