using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests.SignIn;

/// <summary>A person with Chromium signs in at npm oidc-provider, and the AWS CLI goes on from there.</summary>
public sealed class OidcSignInTests(FederatedWorld world) : IClassFixture<FederatedWorld>
{
    [NeedsTheory(Tool.AwsCli, Tool.Node, Tool.Chromium), EachGeneration(Tool.AwsCli)]
    public async Task A_person_signs_in_and_the_profile_renews_itself_until_the_provider_says_no(string generation)
    {
        var (desk, options) = await OidcDesk.PrepareAsync(world, generation);
        var finished = await desk.SignInAsync("oidc", options);
        Assert.Contains("/alice@example.com until ", finished.Output, StringComparison.Ordinal);
        Assert.EndsWith("/alice@example.com", await desk.WhoAmIAsync(), StringComparison.Ordinal);

        var first = desk.Kept;
        desk.EndSession();
        Assert.EndsWith("/alice@example.com", await desk.WhoAmIAsync(), StringComparison.Ordinal);
        var second = desk.Kept;
        Assert.NotEqual(first["Session"]!["AccessKeyId"]!.ToString(), second["Session"]!["AccessKeyId"]!.ToString());
        Assert.NotEqual(first["RefreshToken"]!.ToString(), second["RefreshToken"]!.ToString());

        // Used up by the renewal: the provider takes it for stolen, and all that came of it is over.
        desk.Kept = first;
        desk.EndSession();
        var refused = await desk.AwsAsync();
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("to sign in again, run daypass login --profile corp", refused.Errors, StringComparison.Ordinal);
        await desk.SignInAsync("oidc", "--profile", "corp");
        Assert.EndsWith("/alice@example.com", await desk.WhoAmIAsync(), StringComparison.Ordinal);
    }

    [NeedsTheory(Tool.AwsCli, Tool.Node, Tool.Chromium), EachGeneration(Tool.AwsCli)]
    public async Task Who_says_no_at_the_provider_is_not_signed_in(string generation)
    {
        var (desk, options) = await OidcDesk.PrepareAsync(world, generation);
        var finished = await desk.LoginAsync("refusing", options);
        Assert.Equal(1, finished.ExitCode);
        Assert.Contains("The provider refuses: access_denied", finished.Errors, StringComparison.Ordinal);
        Assert.Equal("went well", await desk.BrowserAsync());
        Assert.False(Directory.Exists(Path.Combine(desk.Home, ".aws")));
    }
}
