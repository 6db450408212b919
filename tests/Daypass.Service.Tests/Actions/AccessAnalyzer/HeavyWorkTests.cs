using Daypass.Names;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Tests.Actions.AccessAnalyzer;

/// <summary>Calls that compute for long: few at once, and no account fills the line.</summary>
public sealed class HeavyWorkTests
{
    private static readonly AccountId First = AccountId.Of(111122223333);
    private static readonly AccountId Second = AccountId.Of(444455556666);

    [Fact]
    public async Task Only_as_many_compute_as_there_are_places()
    {
        var work = new HeavyWork(1, TimeSpan.FromSeconds(30));
        var place = await work.EnterAsync(First);
        var next = work.EnterAsync(Second).AsTask();
        Assert.False(next.IsCompleted);
        place.Dispose();
        (await next).Dispose();
        (await work.EnterAsync(First)).Dispose();
    }

    [Fact]
    public async Task Who_would_wait_too_long_is_told_to_come_again_and_loses_no_place_by_it()
    {
        var work = new HeavyWork(1, TimeSpan.Zero);
        for (var i = 0; i < 2 * HeavyWork.PerAccount; i++)
        {
            using var place = await work.EnterAsync(First);
            Assert.Equal("Throttling", (await Assert.ThrowsAsync<ApiException>(async () => await work.EnterAsync(Second))).Error.Code);
        }
    }

    [Fact]
    public async Task An_account_has_only_so_many_in_the_line_and_others_get_in()
    {
        var work = new HeavyWork(1, TimeSpan.FromSeconds(30));
        var all = Enumerable.Range(0, HeavyWork.PerAccount).Select(_ => work.EnterAsync(First).AsTask()).ToList();
        Assert.Equal("Throttling", (await Assert.ThrowsAsync<ApiException>(async () => await work.EnterAsync(First))).Error.Code);
        all.Add(work.EnterAsync(Second).AsTask());
        foreach (var place in all)
            (await place).Dispose();
    }
}
