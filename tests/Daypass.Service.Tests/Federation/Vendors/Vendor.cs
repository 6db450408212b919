namespace Daypass.Service.Tests.Federation.Vendors;

/// <summary>A token as a vendor writes it: names, order and types of all members are the vendor's, the values are made up, and test keys sign.</summary>
/// <param name="Url">The issuer as it is registered.</param>
/// <param name="ClientId">As it is registered.</param>
/// <param name="Header">The header.</param>
/// <param name="Payload">The claims; IAT, NBF and EXP stand for times.</param>
/// <param name="KeySet">The key set in the vendor's shape; N, X5C, KID and X5T stand for the key.</param>
/// <param name="Trust">The trust policy that the guide recommends.</param>
internal sealed record Vendor(string Url, string ClientId, string Header, string Payload, string KeySet, string Trust)
{
    public const string KeyId = "nbCwW11w3XkB_xUaXwKRSLjMHGQ";

    /// <summary>Condition keys that the token must come to.</summary>
    public IReadOnlyList<(string Key, string Value)> Keys { get; init; } = [];

    /// <summary>Others who have a genuine token of the same vendor: what is different, and AWS's code for them.</summary>
    public IReadOnlyList<(string Who, string Find, string Put, string Code)> Others { get; init; } = [];

    /// <summary>The token, in which one text stands in place of another.</summary>
    public string Token(long now, string find = "", string put = "")
    {
        var claims = find.Length == 0 ? Payload : Payload.Contains(find, StringComparison.Ordinal) ? Payload.Replace(find, put, StringComparison.Ordinal) : throw new InvalidOperationException($"There is no {find} in the token.");
        return TestIssuer.SignedBy(TestIssuer.Rsa, Header, claims
            .Replace("\"IAT\"", $"{now - 30}", StringComparison.Ordinal).Replace("\"NBF\"", $"{now - 30}", StringComparison.Ordinal).Replace("\"EXP\"", $"{now + 3600}", StringComparison.Ordinal));
    }

    /// <summary>The key set with the key that signs.</summary>
    public string Keyed() => KeySet
        .Replace("{N}", TestIssuer.Encode(TestIssuer.Rsa.ExportParameters(false).Modulus), StringComparison.Ordinal)
        .Replace("{OTHER}", TestIssuer.Encode(TestIssuer.OtherRsa.ExportParameters(false).Modulus), StringComparison.Ordinal)
        .Replace("{X5C}", Saml.TestSaml.Certificate(TestIssuer.Rsa).ReplaceLineEndings(""), StringComparison.Ordinal);
}
