using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Audit.Records;

namespace Daypass.Service.Tests.Actions.Uproject;

/// <summary>What holds for every action of the dialect, and for those that are yet to come.</summary>
public sealed class CatalogTests
{
    private static readonly ActionCatalog Catalog = new();

    [Fact]
    public async Task Every_call_stands_in_the_trail_with_the_mark_of_the_dialect()
    {
        await using var bench = await UprojectWorld.StartAsync();
        foreach (var action in Catalog.Uproject.All)
            await bench.CallUprojectAsync(bench.Admin, action.Name, action.Name == "AssumeRole" ? [("RoleUrn", UprojectWorld.Urn), ("RoleSessionName", "s")] : []);
        var trail = await bench.TrailAsync();
        Assert.Equal(Catalog.Uproject.All.Select(action => action.Name).Order(StringComparer.Ordinal), trail.Select(record => record.Text("eventName")).Distinct().Order(StringComparer.Ordinal));
        Assert.All(trail, record => Assert.Equal("uproject", record["additionalEventData"].Text("dialect")));
        Assert.All(trail, record => Assert.EndsWith(".amazonaws.com", record.Text("eventSource"), StringComparison.Ordinal));
        Assert.Empty(bench.Failures);
    }

    [Fact]
    public async Task What_AWS_s_dialects_do_is_not_marked()
    {
        await using var bench = await UprojectWorld.StartAsync();
        await bench.CallAsync("ListUsers");
        Assert.All(await bench.TrailAsync(), record => Assert.Null(record["additionalEventData"]?["dialect"]));
    }

    /// <summary>
    /// The action is part of what is signed without delimiters, too. Of two actions, one's name with a parameter of its behind it must never spell
    /// the other's: else a request of the one could be sent as one of the other.
    /// </summary>
    [Fact]
    public void No_action_s_name_is_another_s_with_a_parameter_behind_it()
    {
        var pairs = Catalog.Uproject.All.SelectMany(one => Catalog.Uproject.All.Where(other => other != one && other.Name.StartsWith(one.Name, StringComparison.Ordinal)).Select(other => (one, other))).ToList();
        Assert.NotEmpty(pairs);
        Assert.All(pairs, pair =>
        {
            var rest = pair.other.Name[pair.one.Name.Length..];
            Assert.DoesNotContain(NamesOf(pair.one), name => name.StartsWith(rest, StringComparison.Ordinal) || rest.StartsWith(name, StringComparison.Ordinal));
        });
    }

    private static IEnumerable<string> NamesOf(ApiAction action)
    {
        var parameters = new Parameters([]) { Grammar = UprojectGrammar.New() };
        action.Bind(parameters);
        return parameters.Grammar!.Names.Concat(parameters.Grammar.Lists).Concat(["Action", "PublicKey", "SecurityToken", "Signature"]);
    }
}
