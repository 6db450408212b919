using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Daypass.Leases;
using Daypass.Service.Pipeline;
using Daypass.Signing;

namespace Daypass.Service.Actions.Daypass;

/// <summary>What a protected service shows of a request of the uproject dialect: the whole text that was signed, and the signature.</summary>
internal sealed record RequestProof(string AccessKeyId, string? SessionToken, string Text, string Signature, string? KnownVersion)
{
    private static readonly TextRule AccessKeyIdRule = TextRule.Of(1, 128);
    private static readonly TextRule TokenRule = TextRule.Of(1, 4096);
    private static readonly TextRule SignatureRule = TextRule.Of(UprojectSignature.Length, UprojectSignature.Length);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly TextRule TextForm = TextRule.Of(
        1, Base64Url.GetEncodedLength(VerdictProtocol.MaxTextBytes), "[A-Za-z0-9_-]+",
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")) with { IsSecret = true };

    public static RequestProof Read(Parameters wire, string member) => new(
        wire.RequiredText(member + ".AccessKeyId", AccessKeyIdRule),
        wire.Text(member + ".SessionToken", TokenRule),
        Decode(wire.RequiredText(member + ".Text", TextForm), member),
        wire.RequiredText(member + ".Signature", SignatureRule),
        wire.Text(member + ".KnownVersion", TextRules.Marker));

    /// <summary>Whose request it says it is.</summary>
    public ShownCredential Shown { get; } = new(AccessKeyId, SessionToken);

    /// <summary>
    /// Whether the text is a request with this key and token at all. A key's signature of anything else says nothing about a request.
    /// </summary>
    public bool IsOfItsKey() =>
        Has("Action") && Has("PublicKey" + AccessKeyId) && (SessionToken is null || Has("SecurityToken" + SessionToken));

    private bool Has(string part) => Text.Contains(part, StringComparison.Ordinal);

    private static string Decode(string text, string member)
    {
        // What is too long has its violation noted already.
        if (text.Length > TextForm.Maximum)
            return "";
        try
        {
            return Strict.GetString(Base64Url.DecodeFromChars(text));
        }
        catch (Exception fault) when (fault is FormatException or DecoderFallbackException)
        {
            throw Errors.MalformedInput($"The parameter {member}.Text must be the base64url of UTF-8.");
        }
    }
}
