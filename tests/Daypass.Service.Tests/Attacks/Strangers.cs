using Daypass.Service.Directories;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Attacks;

/// <summary>What those who have no credentials can make the server do.</summary>
public sealed class Strangers
{
    [Fact]
    public async Task Unknown_keys_and_made_up_tokens_leave_no_record_each_and_no_failure()
    {
        await using var bench = await PipelineBench.StartAsync();
        string[] ids = ["", "x", "AKIAQEXAMPLEEXAMPLE2", "ASIAQEXAMPLEEXAMPLE2", "akiaqexampleexample2", "AKIA\u212AEXAMPLEEXAMPLE2", new('A', 100_000), "AKIA\0", "../../keys"];
        foreach (var id in ids)
        {
            foreach (var token in (string?[])[null, "", "AAAA", "!!!!", new('A', 4096), new('A', 100_000), "\u0661\u0661\u0661\u0661"])
                Assert.NotNull((await bench.CallAsync((id, "secretEXAMPLE", token), "CreateUser", ("UserName", "mallory"))).Error);
        }
        Assert.Empty(bench.Failures);
        Assert.Empty(await bench.TrailAsync());
    }
}
