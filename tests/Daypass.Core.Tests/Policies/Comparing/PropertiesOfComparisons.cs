using Daypass.Policies;
using Daypass.Policies.Comparing;
using Xunit.Abstractions;

namespace Daypass.Core.Tests.Policies.Comparing;

/// <summary>What holds for all pairs of documents, by the word of the real evaluator on random requests.</summary>
public sealed class PropertiesOfComparisons(ITestOutputHelper output)
{
    private const int Pairs = 1000;
    private const int RequestsPerPair = 300;
    private const int Seed = 20261122;

    [Theory]
    [InlineData(PolicyType.Identity)]
    [InlineData(PolicyType.Resource)]
    public void What_passes_allows_no_request_that_was_refused_and_every_counter_example_is_one(PolicyType type)
    {
        var random = new RandomComparisons(Seed + (int)type);
        int passed = 0, confirmed = 0, open = 0, missed = 0;
        for (var i = 0; i < Pairs; i++)
        {
            var (updated, existing) = random.Pair(type);
            var comparison = PolicyComparer.CheckNoNewAccess(updated, existing);
            var found = FirstNew(random, type, updated, existing);
            Assert.False(comparison.Passes && found is not null, $"{updated.Text}\n{existing.Text}\n{(found is null ? "" : Checks.Words(found))}");
            if (comparison.CounterExample is { } request)
                Checks.AssertConfirmed(request, updated, existing);
            (passed, confirmed, open) = (passed + (comparison.Passes ? 1 : 0), confirmed + (comparison.CounterExample is null ? 0 : 1), open + (!comparison.Passes && comparison.CounterExample is null ? 1 : 0));
            missed += comparison.CounterExample is null && found is not null ? 1 : 0;
        }
        output.WriteLine($"{type}: {passed} passed, {confirmed} failed with a confirmed example, {open} failed without one; in {missed} of these a random request was one.");
        Assert.True(passed > Pairs / 10 && confirmed > Pairs / 4, $"{passed} {confirmed}");
        Assert.True(open < Pairs / 50, $"{open} without an example");
    }

    private static AccessRequest? FirstNew(RandomComparisons random, PolicyType type, PolicyDocument updated, PolicyDocument existing)
    {
        for (var i = 0; i < RequestsPerPair; i++)
        {
            var request = random.Request(type);
            if (Checks.IsAllowed(request, updated) && !Checks.IsAllowed(request, existing))
                return request;
        }
        return null;
    }
}
