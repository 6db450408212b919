using Daypass.Service.Pipeline;

namespace Daypass.Service.Tests.Federation;

/// <summary>What a row of a catalogue is answered, to the letter: so it is refused for what is wrong with it, and not by a neighbour's rule.</summary>
/// <param name="Code">AWS's code.</param>
/// <param name="Text">The message.</param>
/// <param name="Because">Where the message is one for many faults: which of them, as the log has it.</param>
internal sealed record Refusal(string Code, string Text, string? Because = null)
{
    private const string Invalid = "InvalidIdentityToken";

    public int Status => Code is "IDPRejectedClaim" or "AccessDenied" ? 403 : 400;

    public static Refusal Says(string text) => new(Invalid, text);

    /// <summary>Of a SAML response that is none, or says what it may not.</summary>
    public static Refusal NoResponse(string because) => new(Invalid, $"Your request included an invalid SAML response: {because}.");

    public static Refusal Expired(string text) => new("ExpiredTokenException", text);

    /// <summary>Of a text that is no token.</summary>
    public static Refusal NoToken(string because) => new(Invalid, "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)", because);

    /// <summary>Of a token that no key of its issuer can have signed.</summary>
    public static Refusal NoKey(string because) =>
        new(Invalid, "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements", because);

    /// <summary>Whether an error is this, and nothing that an attacker wrote comes back in more than one line.</summary>
    public void Check(ApiError error)
    {
        Assert.Equal((Code, Status, Text), (error.Code, error.Status, error.Message));
        Assert.DoesNotContain('\n', error.Message);
        Assert.True(error.Message.Length < 1024);
    }
}
