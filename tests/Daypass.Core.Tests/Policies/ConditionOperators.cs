using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>Every operator on values that fit, values that do not, and values that it cannot read.</summary>
public sealed class ConditionOperators
{
    /// <summary>Operator, the policy's value, the request's value, whether the condition holds.</summary>
    public static TheoryData<string, string, string, bool> Values => new()
    {
        { "StringEquals", "a", "a", true },
        { "StringEquals", "a", "A", false },
        { "StringNotEquals", "a", "A", true },
        { "StringNotEquals", "a", "a", false },
        { "StringEqualsIgnoreCase", "ab", "AB", true },
        { "StringEqualsIgnoreCase", "ab", "ABC", false },
        { "StringNotEqualsIgnoreCase", "ab", "AB", false },
        { "StringLike", "a*c?", "abbcd", true },
        { "StringLike", "a*c?", "abbc", false },
        { "StringLike", "", "", true },
        { "StringLike", "?", "", false },
        { "StringNotLike", "a*", "b", true },
        { "stringlike", "A*", "a", false },
        { "NumericEquals", "-1.50", "-1.5", true },
        { "NumericEquals", "1", "x", false },
        { "NumericNotEquals", "1", "2", true },
        { "NumericNotEquals", "1", "x", false },
        { "NumericNotEquals", "1", "1e0", false },
        { "NumericLessThan", "2", "1", true },
        { "NumericLessThan", "2", "2", false },
        { "NumericLessThanEquals", "2", "2", true },
        { "NumericLessThanEquals", "2", "2.01", false },
        { "NumericGreaterThan", "2", "10", true },
        { "NumericGreaterThan", "2", "2", false },
        { "NumericGreaterThanEquals", "2", "2", true },
        { "NumericGreaterThanEquals", "2", "1.99", false },
        { "NumericEquals", "1000", "1,000", false },
        { "NumericEquals", "16", "0x10", false },
        { "NumericEquals", "1", " 1", false },
        { "NumericLessThan", "1", "99999999999999999999999999999999", false },
        { "DateEquals", "2026", "2026-01-01T00:00:00Z", true },
        { "DateEquals", "2026-03", "2026-03-01", true },
        { "DateEquals", "2026-03-01T00:00:00.5Z", "2026-03-01T00:00:00.50Z", true },
        { "DateEquals", "2026-03-01T00:00:00", "2026-03-01T00:00:00Z", true },
        { "DateEquals", "2026-03-01T23:30-01:00", "2026-03-02T00:30Z", true },
        { "DateEquals", "2026-03-01T23:00-01:30", "2026-03-02T00:30Z", true },
        { "DateEquals", "2026-03-02T02:00+01:30", "2026-03-02T00:30Z", true },
        { "DateEquals", "2026-03-01T23:30+23:00", "2026-03-01T00:30Z", true },
        { "DateEquals", "1772323200", "2026-03-01T00:00:00Z", true },
        { "DateNotEquals", "2026-03-01", "2026-03-02", true },
        { "DateNotEquals", "2026-03-01", "yesterday", false },
        { "DateLessThan", "2026-03-01", "2026-02-28T23:59:59Z", true },
        { "DateLessThan", "2026-03-01", "2026-03-01", false },
        { "DateLessThanEquals", "2026-03-01", "2026-03-01", true },
        { "DateGreaterThan", "2026-03-01", "2026-03-01T00:00:00.0000001Z", true },
        { "DateGreaterThanEquals", "2026-03-01", "2026-02-28", false },
        { "DateGreaterThan", "-99999999999999999999", "9999-12-31T23:59:59Z", true },
        { "DateLessThan", "99999999999999999999", "9999-12-31", true },
        { "DateEquals", "2026-03-01", "2026-02-29", false },
        { "DateEquals", "2026-03-01", "2026-3-1", false },
        { "DateEquals", "2026-03-01", "2026-03-01T00:00Zx", false },
        { "DateEquals", "2026-03-01", "2026-03-01T24:00Z", false },
        { "DateEquals", "2026-03-01", "2026-03-01T", false },
        { "DateEquals", "2026-03-01", "2026-03-01T00:00:00.Z", false },
        { "DateEquals", "2026-03-01", "0000-00-00", false },
        { "Bool", "true", "TRUE", true },
        { "Bool", "false", "true", false },
        { "Bool", "yes", "yes", false },
        { "BinaryEquals", "QUJD", "QUJD", true },
        { "BinaryEquals", "QUJD", "QUJE", false },
        { "BinaryEquals", "QUJD", "!", false },
        { "IpAddress", "192.0.2.1", "192.0.2.1", true },
        { "IpAddress", "192.0.2.1", "192.0.2.2", false },
        { "IpAddress", "192.0.2.0/25", "192.0.2.127", true },
        { "IpAddress", "192.0.2.0/25", "192.0.2.128", false },
        { "IpAddress", "0.0.0.0/0", "255.255.255.255", true },
        { "IpAddress", "0.0.0.0/0", "::1", false },
        { "IpAddress", "::/0", "2001:db8::", true },
        { "IpAddress", "2001:db8::/32", "2001:db8:ffff::1", true },
        { "IpAddress", "2001:db8::/32", "2001:db9::1", false },
        { "IpAddress", "::ffff:10.0.0.0/104", "10.200.0.1", true },
        { "IpAddress", "10.0.0.0/8", "10.0.0", false },
        { "IpAddress", "10.0.0.0/8", "10.1", false },
        { "IpAddress", "10.0.0.0/8", "010.0.0.1", false },
        { "IpAddress", "10.0.0.0/8", "167772161", false },
        { "IpAddress", "::/0", "::1%eth0", false },
        { "IpAddress", "::/0", "[::1]:80", false },
        { "IpAddress", "::/0", "1:2:3:4:5:6:7:8:9", false },
        { "IpAddress", "::/0", "1:2:3:4:5:6:7:8::", false },
        { "IpAddress", "::/0", "1::2::3", false },
        { "IpAddress", "::/0", "1:2:3", false },
        { "IpAddress", "::/0", "1:2:3:4:5:6:7", false },
        { "IpAddress", "::/0", "1:2:3:4:5:6:7:8:", false },
        { "IpAddress", "::/0", "1:2:3:4:5:6:7:x", false },
        { "IpAddress", "::/0", "1:2:3:4:5:6:7:8", true },
        { "IpAddress", "::/0", ":::", false },
        { "IpAddress", "::/0", "1:", false },
        { "IpAddress", "::1.2.3.4", "::102:304", true },
        { "NotIpAddress", "10.0.0.0/8", "11.0.0.1", true },
        { "NotIpAddress", "10.0.0.0/8", "10.0.0.1", false },
        { "NotIpAddress", "10.0.0.0/8", "garbage", false },
        { "ArnEquals", "arn:aws:sns:*:111111111111:t", "arn:aws:sns:r:111111111111:t", true },
        { "ArnEquals", "arn:aws:sns:*:111111111111:T", "arn:aws:sns:r:111111111111:t", false },
        { "ArnLike", "arn:aws:sns:r:111111111111:t*", "arn:aws:sns:r:111111111111:t:sub", true },
        { "ArnLike", "*", "arn:aws:sns:r:111111111111:t", false },
        { "ArnLike", "arn:aws:sns:*", "arn:aws:sns:r:111111111111:t", false },
        { "ArnNotEquals", "arn:aws:sns:*:111111111111:t", "arn:aws:sns:r:111111111111:u", true },
        { "ArnNotLike", "arn:aws:sns:*:111111111111:t", "arn:aws:sns:r:111111111111:t", false },
        { "ArnNotLike", "arn:aws:sns:*:111111111111:t", "not an arn", false },
        { "Null", "true", "x", false },
        { "Null", "False", "x", true },
        { "Null", "false", "", true },
    };

    [Theory, MemberData(nameof(Values))]
    public void A_value_is_compared_as_its_operator_says(string name, string operand, string value, bool holds) =>
        Assert.Equal(holds, Holds($"'{name}':{{'k:k':'{operand}'}}", "k:k=" + value));

    /// <summary>Operator, then what it says of a missing key: plain, with IfExists, ForAllValues and ForAnyValue.</summary>
    [Theory]
    [InlineData("StringEquals", "a", false)]
    [InlineData("StringNotEquals", "a", true)]
    [InlineData("StringEqualsIgnoreCase", "a", false)]
    [InlineData("StringNotEqualsIgnoreCase", "a", true)]
    [InlineData("StringLike", "a", false)]
    [InlineData("StringNotLike", "a", true)]
    [InlineData("NumericEquals", "1", false)]
    [InlineData("NumericNotEquals", "1", true)]
    [InlineData("NumericLessThan", "1", false)]
    [InlineData("NumericLessThanEquals", "1", false)]
    [InlineData("NumericGreaterThan", "1", false)]
    [InlineData("NumericGreaterThanEquals", "1", false)]
    [InlineData("DateEquals", "2026", false)]
    [InlineData("DateNotEquals", "2026", true)]
    [InlineData("DateLessThan", "2026", false)]
    [InlineData("DateLessThanEquals", "2026", false)]
    [InlineData("DateGreaterThan", "2026", false)]
    [InlineData("DateGreaterThanEquals", "2026", false)]
    [InlineData("Bool", "true", false)]
    [InlineData("BinaryEquals", "QUJD", false)]
    [InlineData("IpAddress", "10.0.0.0/8", false)]
    [InlineData("NotIpAddress", "10.0.0.0/8", true)]
    [InlineData("ArnEquals", "arn:aws:sns:r:1:t", false)]
    [InlineData("ArnLike", "arn:aws:sns:r:1:t", false)]
    [InlineData("ArnNotEquals", "arn:aws:sns:r:1:t", true)]
    [InlineData("ArnNotLike", "arn:aws:sns:r:1:t", true)]
    public void A_missing_key_fails_all_but_negated_and_lenient_operators(string name, string operand, bool holds)
    {
        Assert.Equal(holds, Holds($"'{name}':{{'k:k':'{operand}'}}"));
        Assert.True(Holds($"'{name}IfExists':{{'k:k':'{operand}'}}"));
        Assert.True(Holds($"'ForAllValues:{name}':{{'k:k':'{operand}'}}"));
        Assert.False(Holds($"'ForAnyValue:{name}':{{'k:k':'{operand}'}}"));
        Assert.False(Holds($"'ForAnyValue:{name}IfExists':{{'k:k':'{operand}'}}"));
    }

    [Theory]
    [InlineData("'Null':{'k:k':'true'}", true)]
    [InlineData("'Null':{'k:k':'false'}", false)]
    [InlineData("'Null':{'k:k':['true','false']}", true)]
    [InlineData("'ForAllValues:Null':{'k:k':'false'}", true)]
    [InlineData("'ForAnyValue:Null':{'k:k':'true'}", false)]
    public void Null_asks_for_presence_and_ignores_what_set_prefixes_add(string condition, bool holds) => Assert.Equal(holds, Holds(condition));

    [Theory]
    [InlineData("'StringEquals':{'k:k':'a'}", "k:k=[a]", false)]
    [InlineData("'StringNotEquals':{'k:k':'b'}", "k:k=[a]", false)]
    [InlineData("'ForAllValues:StringEquals':{'k:k':['a','b']}", "k:k=[a,b]", true)]
    [InlineData("'ForAllValues:StringEquals':{'k:k':['a','b']}", "k:k=[a,c]", false)]
    [InlineData("'ForAnyValue:StringEquals':{'k:k':['a','b']}", "k:k=[x,b]", true)]
    [InlineData("'ForAnyValue:StringEquals':{'k:k':['a','b']}", "k:k=[x,y]", false)]
    [InlineData("'ForAllValues:StringEquals':{'k:k':'a'}", "k:k=a", true)]
    [InlineData("'ForAllValues:StringEquals':{'k:k':'a'}", "k:k=", true)]
    [InlineData("'forallvalues:stringequalsifexists':{'k:k':'a'}", "k:k=[b]", false)]
    [InlineData("'Null':{'k:k':'false'}", "k:k=[a]", true)]
    public void A_multivalued_key_needs_a_set_operator(string condition, string entry, bool holds) => Assert.Equal(holds, Holds(condition, entry));

    [Theory]
    [InlineData("'StringEquals':{'k:k':[]}", "k:k=a", false)]
    [InlineData("'StringNotEquals':{'k:k':[]}", "k:k=a", true)]
    [InlineData("'StringEqualsIfExists':{'k:k':[]}", "k:k=a", false)]
    [InlineData("'StringEqualsIfExists':{'k:k':[]}", "k:x=a", true)]
    [InlineData("'ForAllValues:StringEquals':{'k:k':[]}", "k:k=[a]", false)]
    [InlineData("'ForAnyValue:StringEquals':{'k:k':[]}", "k:k=[a]", false)]
    public void An_empty_list_of_values_fits_nothing(string condition, string entry, bool holds) => Assert.Equal(holds, Holds(condition, entry));

    private static bool Holds(string condition, params string[] keys)
    {
        var policy = Requests.Policy(PolicyType.Identity, $"{{'Effect':'Allow','Action':'*','Resource':'*','Condition':{{{condition}}}}}");
        return KnownTraps.Decide(policy, Requests.Request(context: Requests.Context(keys))).IsAllowed;
    }
}
