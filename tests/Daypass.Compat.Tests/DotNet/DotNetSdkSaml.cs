using Amazon.SecurityToken.Model;
using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>Responses of two real SAML libraries, signed and encrypted in every way that they have, shown with the AWS SDK for .NET.</summary>
public sealed class DotNetSdkSaml(SamlIssuer issuer) : IClassFixture<SamlIssuer>
{
    /// <summary>Library, what is signed, how it is encrypted, and what samlify does first.</summary>
    public static TheoryData<string, string, string?, string> Shapes { get; } = new()
    {
        { "samlify", "assertion", null, "" }, { "samlify", "message", null, "" }, { "samlify", "both", null, "" },
        { "samlify", "assertion", "aes128-gcm", "sign-then-encrypt" }, { "samlify", "assertion", "aes256-gcm", "encrypt-then-sign" },
        { "samlify", "message", "aes256-gcm", "encrypt-then-sign" }, { "samlify", "both", "aes128-gcm", "encrypt-then-sign" },
        { "saml", "assertion", null, "" }, { "saml", "message", null, "" }, { "saml", "both", null, "" },
        { "saml", "assertion", "aes128-gcm", "" }, { "saml", "assertion", "aes256-gcm", "" }, { "saml", "message", "aes256-gcm", "" }, { "saml", "both", "aes256-gcm", "" },
        { "saml", "message", "aes128-cbc", "" }, { "saml", "both", "aes256-cbc", "" },
    };

    [NeedsTheory(Tool.Node), MemberData(nameof(Shapes))]
    public async Task Each_shape_gets_a_session(string library, string sign, string? encrypt, string order)
    {
        var setup = await RegisterAsync();
        var response = await issuer.ResponseAsync(new { library, sign, encrypt, order, roles = new[] { setup.Offer } });
        Assert.EndsWith("/alice", await setup.SessionAsync(response), StringComparison.Ordinal);
    }

    // samlify can sign a message and encrypt what is in it then: the signature is not that of what is sent, for any reader.
    [NeedsTheory(Tool.Node)]
    [InlineData("samlify", "message", "aes256-gcm", "sign-then-encrypt", "Response signature invalid")]
    [InlineData("samlify", "both", "aes256-gcm", "sign-then-encrypt", "Response signature invalid")]
    [InlineData("saml", "assertion", "aes256-cbc", "", "AES-CBC")]
    public async Task What_cannot_be_proven_as_it_was_sent_is_refused(string library, string sign, string encrypt, string order, string because)
    {
        var setup = await RegisterAsync();
        var response = await issuer.ResponseAsync(new { library, sign, encrypt, order, roles = new[] { setup.Offer } });
        var refused = await Assert.ThrowsAsync<InvalidIdentityTokenException>(() => setup.RedeemAsync(response));
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
    }

    private async Task<SamlSetup> RegisterAsync()
    {
        await issuer.WithKeyAsync();
        return await SamlSetup.RegisterAsync(issuer, await issuer.MetadataAsync(), ("AddPrivateKey", await File.ReadAllTextAsync(issuer.RecipientKey)));
    }
}
