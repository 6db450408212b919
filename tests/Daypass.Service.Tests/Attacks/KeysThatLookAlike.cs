using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Attacks;

/// <summary>Keys that are almost one, that were one, and that have nothing to sign with: all of them are unknown, in the same words.</summary>
public sealed class KeysThatLookAlike
{
    private static readonly SetId Home = SetId.Of(PipelineBench.Account);

    [Theory]
    [InlineData("adminkeyexample1")]
    [InlineData("ADMIN\u212aEYEXAMPLE1")]
    [InlineData("ADMINKEYEXAMPLE\u0661")]
    [InlineData("ADMINKEYEXAMPLE1\0")]
    [InlineData("ADMINKEYEXAMPLE1 ")]
    [InlineData("\uff21DMINKEYEXAMPLE1")]
    public async Task A_key_id_has_one_spelling(string id)
    {
        await using var bench = await PipelineBench.StartAsync();
        var error = (await bench.CallAsync((id, bench.Admin.Secret, null), "GetCallerIdentity")).Error;
        Assert.Equal(("InvalidClientTokenId", 403, "The security token included in the request is invalid."), (error?.Code, error?.Status, error?.Message));
        Assert.Null((await bench.CallAsync("GetCallerIdentity")).Error);
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("deleted")]
    [InlineData("its user deleted")]
    public async Task A_key_that_was_taken_away_is_unknown(string how)
    {
        await using var bench = await PipelineBench.StartAsync();
        var key = (await bench.HomeAsync()).FindAccessKey(bench.Admin.Id)!;
        if (how == "deactivated")
            await bench.PutAsync(Home, DocumentKinds.AccessKey, key with { IsActive = false });
        else if (how == "deleted")
            Assert.Null((await bench.CallAsync("DeleteAccessKey", ("UserName", "admin"), ("AccessKeyId", key.Id))).Error);
        else
            await bench.PutAsync(Home, DocumentKinds.AccessKey, key with { UserId = "AIDANOBODY" });
        var error = (await bench.CallAsync("GetCallerIdentity")).Error;
        Assert.Equal(("InvalidClientTokenId", "The security token included in the request is invalid."), (error?.Code, error?.Message));
    }

    [Theory]
    [InlineData("ADMINKEYEXAMPLE1")]
    [InlineData("ASIAQEXAMPLEEXAMPLE2")]
    public async Task A_right_token_of_another_key_and_a_made_up_one_get_one_answer(string id)
    {
        await using var bench = await PipelineBench.StartAsync();
        var session = Shown.Of((await bench.CallAsync("GetSessionToken")).Response!)["Credentials"]!;
        var answers = new List<(string?, string?)>();
        foreach (var token in new[] { session["SessionToken"]!.GetValue<string>(), "AAAA", "", new string('A', 4096), "not base64!" })
        {
            var error = (await bench.CallAsync((id, bench.Admin.Secret, token), "GetCallerIdentity")).Error;
            answers.Add((error?.Code, error?.Message));
        }
        Assert.Equal([("InvalidClientTokenId", "The security token included in the request is invalid")], answers.Distinct());
    }
}
