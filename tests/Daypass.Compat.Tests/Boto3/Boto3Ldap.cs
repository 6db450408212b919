using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests;

/// <summary>
/// Users of a real directory, asked for as MinIO's clients do, and their credentials with boto3. What is promised is in <c>python/ldap_identity.py</c>.
/// </summary>
public sealed class Boto3Ldap(LdapWorld world) : IClassFixture<LdapWorld>
{
    [NeedsTheory(Tool.Boto3, Tool.Slapd), EachPromise(Tool.Boto3, "ldap_identity.py")]
    public async Task Boto3_finds_the_promise_kept(string generation, string promise) =>
        await (await world.WithDirectoryAsync()).KeepAsync(Tool.Boto3, generation, "ldap_identity", promise);

    [NeedsTheory(Tool.Slapd), InlineData("down"), InlineData("hanging")]
    public async Task A_directory_that_does_not_answer_is_said_to_be_so_and_slows_nobody_else(string how)
    {
        await world.WithDirectoryAsync();
        await world.RegisterAsync();
        if (how == "down")
            await world.Slapd.StopAsync();
        else
            await world.Slapd.HangAsync();
        try
        {
            var waiting = world.SignInAsync("bob");
            // While one waits, others are served: these come back whether or not the first ever does.
            for (var i = 0; i < 20; i++)
                Assert.Equal(System.Net.HttpStatusCode.OK, (await world.Server.Administrator.IamAsync("ListUsers")).Status);
            var (status, body) = await waiting;
            Assert.Equal(400, status);
            Assert.Contains("<Code>IDPCommunicationError</Code>", body, StringComparison.Ordinal);
        }
        finally
        {
            await (how == "down" ? world.Slapd.StartAgainAsync() : world.Slapd.GoOnAsync());
        }
        Assert.Equal(200, (await world.SignInAsync("bob")).Status);
        // The operator is told what the caller is not.
        Assert.Contains("The directory of " + LdapWorld.ProviderArn, world.Server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(SlapdServer.PasswordOf("bob"), world.Server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(SlapdServer.BindPassword, world.Server.Output, StringComparison.Ordinal);
    }
}
