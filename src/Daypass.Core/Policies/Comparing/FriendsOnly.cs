using System.Collections.Frozen;
using Daypass.Policies.Conditions;
using Daypass.Policies.Matching;
using Daypass.Policies.Validation.Federation;
using Daypass.Policies.Validation.Services;

namespace Daypass.Policies.Comparing;

/// <summary>
/// The condition keys that say who somebody is or where a request is from in a way that strangers cannot bring about, if their values are
/// fixed (S3 guide, "The meaning of public"): no wildcards, or an ARN of one account, or not more addresses than one /8 (IPv6: /32).
/// </summary>
internal static class FriendsOnly
{
    private const int LeastPrefixV4 = 8;
    private const int LeastPrefixV6 = 32;
    private const int AccountField = 4;

    private static readonly FrozenSet<string> Keys = new[]
    {
        "aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalIsAWSService", "aws:PrincipalServiceName",
        "aws:SourceAccount", "aws:SourceArn", "aws:SourceOwner", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceIp", "aws:SourceVpc", "aws:SourceVpcArn",
        "aws:SourceVpce", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths", "aws:userid", "kms:CallerAccount", "s3:DataAccessPointAccount",
        "s3:DataAccessPointArn",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What only friends have, by the fixed values in the conditions of a key.</summary>
    public static IReadOnlyList<Operands> Operands(string key, IEnumerable<Condition> conditions) =>
        [.. conditions.Where(condition => !condition.Name.Operator.IsNull).Select(condition => FixedOf(key, condition))];

    private static Operands FixedOf(string key, Condition condition) =>
        condition.Name.Operator.Read([.. condition.Values.Where(value => IsFixed(key, condition, value))], variables: false);

    /// <summary>Claims of a token are the provider's word for who somebody is; of a shared issuer only those that name a tenant.</summary>
    private static bool IsFixed(string key, Condition condition, string value)
    {
        var issuer = KnownKeys.PrefixOf(key);
        if (SharedIssuers.TryFind(issuer, out var shared))
            return shared.Claims.Any(claim => !claim.IsOfCode && shared.IsKeyOf(claim, key) && claim.IsNarrowedBy(value, HasWildcards(condition)));
        return (Keys.Contains(key) || IsClaim(key)) && IsFixed(condition, value);
    }

    /// <summary>Whether a key begins with a host, and not with the name of a service: tags may have dots and colons.</summary>
    private static bool IsClaim(string key) => key.AsSpan().IndexOfAny(":/") is var end and > 0 && key.AsSpan(0, end).Contains('.');

    private static bool IsFixed(Condition condition, string value)
    {
        if (KeyFamily.Of(condition) != KeyFamily.Text)
            return IpRange.TryParse(value, out var range) && range.PrefixLength >= (range.Network.IsV6 ? LeastPrefixV6 : LeastPrefixV4);
        if (value.Contains("${", StringComparison.Ordinal))
            return false;
        return !HasWildcards(condition) || IsOfOne(value);
    }

    private static bool HasWildcards(Condition condition)
    {
        var name = condition.Name.Operator.Name;
        return name.EndsWith("Like", StringComparison.Ordinal) || name.StartsWith("Arn", StringComparison.Ordinal);
    }

    /// <summary>Whether whoever a pattern matches is of one account, one role (<c>AROA...:*</c> as user id), or one organization (<c>o-.../*</c>).</summary>
    private static bool IsOfOne(string pattern)
    {
        if (!pattern.AsSpan().ContainsAny('*', '?'))
            return true;
        var fields = new ArnFields(pattern);
        if (fields.IsArn)
            return Names.AccountId.TryParse(fields[AccountField], out _);
        var end = pattern.AsSpan().IndexOfAny(":/");
        var start = end < 0 ? "" : pattern[..end];
        return start.Length > 0 && !start.AsSpan().ContainsAny('*', '?') && (start.StartsWith("o-", StringComparison.Ordinal) || start.StartsWith(Names.UniqueId.Role, StringComparison.Ordinal));
    }
}
