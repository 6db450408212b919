using System.Collections.Frozen;
using Daypass.Policies.Conditions;

namespace Daypass.Policies.Comparing;

/// <summary>What AWS declares of its global condition keys (IAM guide, "AWS global condition context keys"), as far as it matters here.</summary>
internal static class KnownKeys
{
    private static readonly FrozenDictionary<string, KeyKind> Kinds = new Dictionary<string, KeyKind>
    {
        ["aws:SourceIp"] = KeyKind.Address,
        ["aws:VpcSourceIp"] = KeyKind.Address,
        ["aws:CurrentTime"] = KeyKind.Date,
        ["aws:EpochTime"] = KeyKind.Date,
        ["aws:TokenIssueTime"] = KeyKind.Date,
        ["aws:MultiFactorAuthAge"] = KeyKind.Number,
        ["aws:MultiFactorAuthPresent"] = KeyKind.Bool,
        ["aws:SecureTransport"] = KeyKind.Bool,
        ["aws:ViaAWSService"] = KeyKind.Bool,
        ["aws:PrincipalIsAWSService"] = KeyKind.Bool,
        ["aws:PrincipalArn"] = KeyKind.Arn,
        ["aws:SourceArn"] = KeyKind.Arn,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Multivalued = new[]
    {
        "aws:TagKeys", "aws:CalledVia", "aws:PrincipalOrgPaths", "aws:ResourceOrgPaths", "aws:SourceOrgPaths", "aws:VpceOrgPaths",
        "aws:PrincipalServiceNamesList", "sts:TransitiveTagKeys", "sts:IdentityTokenAudience", "sts:RequestContextProviders",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static KeyKind KindOf(string key) => Kinds.GetValueOrDefault(key);

    /// <summary>Whether a text is of a kind that an operator family reads.</summary>
    public static bool IsOf(KeyKind kind, string text) => kind switch
    {
        KeyKind.Address => IpBits.TryParse(text, out _),
        KeyKind.Date => DateReader.TryRead(text, out _),
        KeyKind.Number => NumberCandidates.TryRead(text, out _),
        _ => true,
    };

    public static bool IsMultivalued(string key) => Multivalued.Contains(key);
}
