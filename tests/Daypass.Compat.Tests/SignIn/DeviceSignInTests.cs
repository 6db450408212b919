using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests.SignIn;

/// <summary>A person without a browser signs in by a code (RFC 8628) at npm oidc-provider, which somebody types into Chromium.</summary>
public sealed class DeviceSignInTests(FederatedWorld world) : IClassFixture<FederatedWorld>
{
    [NeedsTheory(Tool.AwsCli, Tool.Node, Tool.Chromium), EachGeneration(Tool.AwsCli)]
    public async Task A_code_that_is_typed_elsewhere_signs_in_and_the_profile_renews_itself(string generation)
    {
        var (desk, options) = await OidcDesk.PrepareAsync(world, generation);
        var finished = await desk.LoginByCodeAsync("device", options);
        Assert.True(finished.ExitCode == 0, finished.ToString());
        Assert.Contains("/alice@example.com until ", finished.Output, StringComparison.Ordinal);
        Assert.Contains(", renewed as needed.", finished.Output, StringComparison.Ordinal);
        Assert.EndsWith("/alice@example.com", await desk.WhoAmIAsync(), StringComparison.Ordinal);
        var first = desk.Kept["Session"]!["AccessKeyId"]!.ToString();
        desk.EndSession();
        Assert.EndsWith("/alice@example.com", await desk.WhoAmIAsync(), StringComparison.Ordinal);
        Assert.NotEqual(first, desk.Kept["Session"]!["AccessKeyId"]!.ToString());
    }

    [NeedsTheory(Tool.Node, Tool.Chromium), EachGeneration(Tool.Chromium)]
    public async Task Who_does_not_know_the_code_says_no_and_nobody_is_signed_in(string generation)
    {
        var (desk, options) = await OidcDesk.PrepareAsync(world, generation);
        var finished = await desk.LoginByCodeAsync("refusingDevice", options);
        Assert.Equal(1, finished.ExitCode);
        Assert.Contains("The provider refuses: access_denied", finished.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(desk.Home, ".aws")));
    }

    [NeedsTheory(Tool.Node), EachGeneration(Tool.Node)]
    public async Task A_code_that_is_over_before_anybody_typed_it_signs_nobody_in(string generation)
    {
        var (desk, options) = await OidcDesk.PrepareAsync(world, generation, "hasty");
        var finished = await desk.LoginByCodeAsync(null, options);
        Assert.Equal(1, finished.ExitCode);
        Assert.EndsWith("Nobody typed the code in time. Run it again.", finished.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(desk.Home, ".aws")));
    }
}
