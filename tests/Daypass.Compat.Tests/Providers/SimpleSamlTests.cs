using Amazon.SecurityToken.Model;
using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>SimpleSAMLphp: signed in at it as a browser does, and what it posts then, with three stock clients.</summary>
public sealed class SimpleSamlTests(SimpleSamlWorld world) : IClassFixture<SimpleSamlWorld>
{
    private const string More = "http://www.w3.org/2001/04/xmldsig-more#";

    /// <summary>What it can be set to: signatures on the response, on the assertion, and AES-128-CBC, which is all that it encrypts with.</summary>
    public static IEnumerable<object[]> Shapes(string tool) =>
        from generation in Tool.GenerationsOf(tool)
        from shape in (string[])["signed", "encrypted"]
        select new object[] { generation, shape };

    [NeedsTheory(Tool.Boto3, Tool.SimpleSaml), MemberData(nameof(Shapes), Tool.Boto3)]
    public async Task Boto3_gets_a_session_for_what_it_posts(string generation, string shape)
    {
        var (setup, said) = await RegisterAsync(shape);
        world.Redeemed = (setup, await world.Provider.LoginAsync(said));
        await world.KeepAsync(Tool.Boto3, generation, "saml_redeem", "a_response_gets_a_session_once");
    }

    [NeedsTheory(Tool.AwsCli, Tool.SimpleSaml), MemberData(nameof(Shapes), Tool.AwsCli)]
    public async Task The_aws_cli_gets_a_session_for_what_it_posts(string generation, string shape)
    {
        var (setup, said) = await RegisterAsync(shape);
        var nobody = new AwsCli(world, generation, new Keys("", ""));
        var answer = await nobody.JsonAsync($"sts assume-role-with-saml --role-arn {setup.Role} --principal-arn {setup.Provider} --saml-assertion", await world.Provider.LoginAsync(said));
        var session = new AwsCli(world, generation, Keys.From(answer.GetProperty("Credentials")));
        Assert.EndsWith("/alice", (await session.JsonAsync("sts get-caller-identity")).GetProperty("Arn").GetString(), StringComparison.Ordinal);
    }

    [NeedsTheory(Tool.SimpleSaml)]
    [InlineData("rsa-sha256", true, true, false)]
    [InlineData("rsa-sha384", true, false, false)]
    [InlineData("rsa-sha512", false, true, false)]
    [InlineData("rsa-sha512", true, true, true)]
    [InlineData("rsa-sha256", true, false, true)]
    public async Task The_dotnet_sdk_gets_a_session_for_each_way_to_sign(string algorithm, bool response, bool assertion, bool encrypt)
    {
        var (setup, said) = await RegisterAsync(encrypt ? "encrypted" : "signed");
        Assert.EndsWith("/alice", await setup.SessionAsync(await world.Provider.LoginAsync(said with { Algorithm = More + algorithm, SignResponse = response, SignAssertion = assertion })), StringComparison.Ordinal);
    }

    // Without a signature around it anybody could change what AES-CBC hides.
    [NeedsTheory(Tool.SimpleSaml), InlineData("AES-CBC")]
    public async Task What_it_encrypts_and_does_not_sign_around_is_refused(string because)
    {
        var (setup, said) = await RegisterAsync("encrypted");
        var refused = await Assert.ThrowsAsync<InvalidIdentityTokenException>(async () => await setup.RedeemAsync(await world.Provider.LoginAsync(said with { SignResponse = false })));
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
    }

    [NeedsTheory(Tool.SimpleSaml), InlineData("Response signature invalid")]
    public async Task It_changes_its_key_and_nobody_is_shut_out(string because)
    {
        var (setup, said) = await RegisterAsync("signed");
        var between = said with { NextKey = "second" };
        await setup.UpdateAsync(("SAMLMetadataDocument", await world.Provider.MetadataAsync(between)));
        await setup.RedeemAsync(await world.Provider.LoginAsync(between));
        var after = said with { Key = "second" };
        await setup.RedeemAsync(await world.Provider.LoginAsync(after));
        await setup.UpdateAsync(("SAMLMetadataDocument", await world.Provider.MetadataAsync(after)));
        await setup.RedeemAsync(await world.Provider.LoginAsync(after));
        var refused = await Assert.ThrowsAsync<InvalidIdentityTokenException>(async () => await setup.RedeemAsync(await world.Provider.LoginAsync(said)));
        Assert.Equal(because, refused.Message);
    }

    private async Task<(SamlSetup Setup, SimpleSamlSaid Said)> RegisterAsync(string shape)
    {
        var provider = await world.StartAsync();
        var metadata = await provider.MetadataAsync(new SimpleSamlSaid(new Dictionary<string, string[]>()));
        (string, string)[] encryption = shape == "encrypted" ? [("AddPrivateKey", await File.ReadAllTextAsync(provider.RecipientKey)), ("AssertionEncryptionMode", "Required")] : [];
        var setup = await SamlSetup.RegisterAsync(world, metadata, encryption);
        return (setup, SimpleSamlSaid.Of(setup) with { Encrypt = shape == "encrypted" });
    }
}
