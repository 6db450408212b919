using System.Text.Json;
using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests.SignIn;

/// <summary>A person with Chromium signs in at SimpleSAMLphp, chooses a role by keyboard, and the AWS CLI goes on from there.</summary>
public sealed class SamlSignInTests(SimpleSamlWorld world) : IClassFixture<SimpleSamlWorld>
{
    [NeedsTheory(Tool.AwsCli, Tool.Node, Tool.Chromium, Tool.SimpleSaml), EachGeneration(Tool.AwsCli)]
    public async Task A_person_chooses_a_role_and_the_profile_is_that_until_it_is_over(string generation)
    {
        var (desk, provider, _, role) = await SamlDesk.PrepareAsync(world, generation);
        desk["BROWSER_ROLE"] = role.Split('/')[^1];
        desk["BROWSER_SHOTS"] = Environment.GetEnvironmentVariable("DAYPASS_SHOTS") ?? world.Folder("shots");
        await desk.SignInAsync("roles", "--saml", "--provider", provider);
        Assert.EndsWith($":assumed-role/{role.Split('/')[^1]}/alice", await desk.WhoAmIAsync(), StringComparison.Ordinal);
        desk.EndSession();
        var refused = await desk.AwsAsync();
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("to sign in again, run daypass login --profile corp", refused.Errors, StringComparison.Ordinal);
        await desk.SignInAsync("roles", "--profile", "corp");
        Assert.EndsWith("/alice", await desk.WhoAmIAsync(), StringComparison.Ordinal);
    }

    [NeedsTheory(Tool.AwsCli, Tool.Node, Tool.Chromium, Tool.SimpleSaml), EachGeneration(Tool.AwsCli)]
    public async Task A_sign_in_that_begins_at_the_provider_gets_there_too(string generation)
    {
        var (desk, _, start, role) = await SamlDesk.PrepareAsync(world, generation);
        desk["BROWSER_ROLE"] = role.Split('/')[^1];
        await desk.SignInAsync("roles", "--saml", "--provider-url", start.ToString());
        Assert.EndsWith($":assumed-role/{role.Split('/')[^1]}/alice", await desk.WhoAmIAsync(), StringComparison.Ordinal);
    }

    [NeedsTheory(Tool.AwsCli, Tool.Node, Tool.Chromium, Tool.SimpleSaml), EachGeneration(Tool.AwsCli)]
    public async Task Who_names_the_role_is_asked_for_it_alone(string generation)
    {
        var (desk, provider, _, role) = await SamlDesk.PrepareAsync(world, generation);
        await desk.SignInAsync("named", "--saml", "--provider", provider, "--role-arn", role);
        Assert.EndsWith($":assumed-role/{role.Split('/')[^1]}/alice", await desk.WhoAmIAsync(), StringComparison.Ordinal);
    }

    [NeedsTheory(Tool.AwsCli, Tool.Node, Tool.Chromium, Tool.SimpleSaml), EachGeneration(Tool.AwsCli)]
    public async Task Roles_of_two_accounts_are_told_apart_and_that_of_the_second_is_the_profiles(string generation)
    {
        var ((desk, provider, _, role), account) = await SamlDesk.PrepareForTwoAsync(world, generation);
        desk["BROWSER_ROLE"] = role.Split('/')[^1];
        desk["BROWSER_ACCOUNTS"] = $"{DaypassServer.Account},{account}";
        await desk.SignInAsync("accounts", "--saml", "--provider", provider);
        Assert.Equal($"arn:aws:sts::{account}:assumed-role/{role.Split('/')[^1]}/alice", (await desk.WhoAmIAsync()).Trim());
        // Named, it is asked for alone, though the other account has one of the same name.
        await desk.SignInAsync("named", "--saml", "--provider", provider, "--role-arn", role);
        Assert.Equal($"arn:aws:sts::{account}:assumed-role/{role.Split('/')[^1]}/alice", (await desk.WhoAmIAsync()).Trim());
    }

    [NeedsTheory(Tool.Node, Tool.Chromium, Tool.SimpleSaml), EachGeneration(Tool.Chromium)]
    public async Task A_browser_tells_that_another_site_has_chosen_and_nothing_is_given(string generation)
    {
        var (desk, _, start, _) = await SamlDesk.PrepareAsync(world, generation);
        await desk.BrowseAsync("forged", start);
    }

    [NeedsTheory(Tool.AwsCli, Tool.Node, Tool.Chromium, Tool.SimpleSaml), EachGeneration(Tool.AwsCli)]
    public async Task What_the_provider_offers_in_an_envelope_is_offered_on_the_page(string generation)
    {
        var (desk, provider, _, role) = await SamlDesk.PrepareAsync(world, generation, encrypts: true);
        desk["BROWSER_ROLE"] = role.Split('/')[^1];
        await desk.SignInAsync("roles", "--saml", "--provider", provider);
        Assert.EndsWith("/alice", await desk.WhoAmIAsync(), StringComparison.Ordinal);
    }

    [NeedsTheory(Tool.AwsCli, Tool.Node, Tool.Chromium, Tool.SimpleSaml), EachGeneration(Tool.AwsCli)]
    public async Task A_person_without_the_client_copies_the_session_from_the_page(string generation)
    {
        var (desk, _, start, role) = await SamlDesk.PrepareAsync(world, generation);
        desk["BROWSER_ROLE"] = role.Split('/')[^1];
        desk["BROWSER_END"] = "h1:has-text('Your session')";
        desk["BROWSER_KEEP"] = Path.Combine(desk.Home, "exports");
        await desk.BrowseAsync("roles", start);
        // What is on the page is what a shell takes.
        var finished = await External.RunAsync("/bin/sh", ["-c", $". ./exports && {Tool.Program(Tool.AwsCli, generation)} --region us-east-1 --endpoint-url $AWS_ENDPOINT_URL --output json sts get-caller-identity"], new Dictionary<string, string>(), desk.Home);
        Assert.True(finished.ExitCode == 0, finished.ToString());
        Assert.EndsWith("/alice", JsonDocument.Parse(finished.Output).RootElement.GetProperty("Arn").GetString(), StringComparison.Ordinal);
    }
}
