using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Actions.Iam.Simulation.Simulations;

namespace Daypass.Service.Tests.Actions.Iam.Simulation;

public sealed class SimulationPagingTests
{
    private static readonly string[] Actions = [.. Enumerable.Range(0, 250).Select(number => $"s3:Action{number}")];
    private readonly ActionBench _bench = new();

    [Theory]
    [InlineData(null, 100)]
    [InlineData("7", 7)]
    [InlineData("249", 249)]
    [InlineData("250", 250)]
    [InlineData("1000", 250)]
    public void Pages_hold_every_result_once_and_in_the_order_of_the_request(string? size, int first)
    {
        var pages = Pages(size is null ? [] : [("MaxItems", size)], "*");
        Assert.Equal(first, pages[0].Count);
        Assert.Equal(Actions, pages.SelectMany(page => page));
    }

    [Fact]
    public void A_page_that_would_be_too_much_work_ends_early()
    {
        var pages = Pages([("MaxItems", "1000")], [.. Enumerable.Range(0, 500).Select(number => $"arn:aws:s3:::bucket/{number}")]);
        Assert.InRange(pages.Count, 2, 20);
        Assert.Equal(Actions, pages.SelectMany(page => page));
    }

    private List<IReadOnlyList<string>> Pages((string, string)[] more, params string[] resources)
    {
        var pages = new List<IReadOnlyList<string>>();
        string? marker = null;
        do
        {
            var page = _bench.Call("SimulateCustomPolicy", [.. Given([Allow]), .. List("ActionNames", Actions), .. Resources(resources), .. more, .. marker is null ? [] : new[] { ("Marker", marker) }]);
            pages.Add([.. page["EvaluationResults"].Each("EvalActionName")]);
            marker = page["Marker"]?.GetValue<string>();
            Assert.Equal(marker is not null, page["IsTruncated"]!.GetValue<bool>());
        }
        while (marker is not null);
        return pages;
    }
}
