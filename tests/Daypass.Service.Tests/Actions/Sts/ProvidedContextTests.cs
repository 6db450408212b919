using static Daypass.Service.Tests.Actions.Sts.StsWorld;

namespace Daypass.Service.Tests.Actions.Sts;

/// <summary>Contexts of an identity center, of which there is none here.</summary>
public sealed class ProvidedContextTests
{
    private const string Provider = "arn:aws:iam::aws:contextProvider/IdentityCenter";
    private static readonly (string, string)[] Context = [("ProvidedContexts.member.1.ProviderArn", Provider), ("ProvidedContexts.member.1.ContextAssertion", "EXAMPLE.assertion")];
    private readonly StsWorld _world = new StsWorld().AddRole("first");

    [Fact]
    public void No_context_is_accepted_and_the_answer_says_why()
    {
        var error = _world.Refusal("first", Context);
        Assert.Equal("InvalidParameterValue", error.Code);
        Assert.StartsWith($"The context provider '{Provider}' does not exist", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["sts:AssumeRole"]""", "{}")]
    [InlineData(Everything, """{"ForAnyValue:StringEquals":{"sts:RequestContextProviders":"arn:aws:iam::aws:contextProvider/Another"}}""")]
    public void Who_may_not_set_one_is_told_that_first(string actions, string condition)
    {
        _world.AddRole("target", Trust(actions, condition));
        Assert.Equal("AccessDenied", _world.Refusal("target", Context).Code);
    }

    [Theory]
    [InlineData("ProvidedContexts.member.1.ProviderArn", "arn:aws:iam::aws:c", "20")]
    [InlineData("ProvidedContexts.member.1.ContextAssertion", "abc", "4")]
    [InlineData("ProvidedContexts.member.6.ProviderArn", Provider, "5")]
    public void The_models_limits_hold(string name, string value, string limit)
    {
        (string, string)[] full = [.. Enumerable.Range(1, 5).Select(i => ($"ProvidedContexts.member.{i}.ProviderArn", Provider)).Where(pair => pair.Item1 != name), (name, value)];
        var error = _world.Refusal("first", full);
        Assert.Equal("ValidationError", error.Code);
        Assert.EndsWith(" " + limit, error.Message, StringComparison.Ordinal);
    }
}
