using System.Collections.Frozen;
using Daypass.Policies.Conditions;
using Daypass.Policies.Matching;

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
        IsKey(key) ? [.. conditions.Where(condition => !condition.Name.Operator.IsNull).Select(FixedOf)] : [];

    /// <summary>Claims of a token are the provider's word for who somebody is.</summary>
    private static bool IsKey(string key) => Keys.Contains(key) || key[..Math.Max(0, key.IndexOf(':', StringComparison.Ordinal))].Contains('.');

    private static Operands FixedOf(Condition condition) =>
        condition.Name.Operator.Read([.. condition.Values.Where(value => IsFixed(condition, value))], variables: false);

    private static bool IsFixed(Condition condition, string value)
    {
        if (KeyFamily.Of(condition) != KeyFamily.Text)
            return IpRange.TryParse(value, out var range) && range.PrefixLength >= (range.Network.IsV6 ? LeastPrefixV6 : LeastPrefixV4);
        if (value.Contains("${", StringComparison.Ordinal))
            return false;
        var name = condition.Name.Operator.Name;
        var hasWildcards = name.EndsWith("Like", StringComparison.Ordinal) || name.StartsWith("Arn", StringComparison.Ordinal);
        return !hasWildcards || IsOfOne(value);
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
