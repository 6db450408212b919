using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>What follows from the choices of <see cref="PolicyChoices"/> that no other test shows.</summary>
public sealed class UncertainCases
{
    [Theory]
    [InlineData("StringEquals", false)]
    [InlineData("StringNotEquals", true)]
    [InlineData("ForAllValues:StringEquals", false)]
    [InlineData("ForAnyValue:StringEquals", false)]
    [InlineData("ForAnyValue:StringNotEquals", true)]
    public void An_empty_list_of_values_equals_nothing(string name, bool isMet) =>
        Assert.Equal(isMet, IsAllowed($"'Resource':'*','Condition':{{'{name}':{{'k:k':[]}}}}", "k:k=x"));

    [Theory]
    [InlineData("", true)]
    [InlineData("aws:username=k", false)]
    [InlineData("aws:username=[k]", true)]
    public void NotResource_with_a_variable_without_a_value_excludes_nothing(string context, bool isAllowed) =>
        Assert.Equal(isAllowed, IsAllowed("'NotResource':'arn:aws:s3:::b/${aws:username}'", context));

    [Theory]
    [InlineData("aws:username=", false)]
    [InlineData("k:other=", true)]
    public void A_default_is_for_missing_keys_and_not_for_empty_ones(string context, bool isAllowed) =>
        Assert.Equal(isAllowed, IsAllowed("'Resource':'arn:aws:s3:::b/${aws:username, \\u0027k\\u0027}'", context));

    private static bool IsAllowed(string members, string context) => KnownTraps.Decide(
        Requests.Policy(PolicyType.Identity, $"{{'Effect':'Allow','Action':'*',{members}}}"),
        Requests.Request(context: context.Length == 0 ? null : Requests.Context(context))).IsAllowed;
}
