using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Actions.Iam.Simulation.Simulations;

namespace Daypass.Service.Tests.Actions.Iam.Simulation;

/// <summary>Simulations that would cost far more than the request that asks for them.</summary>
public sealed class SimulationBombs
{
    private const int MostCharacters = 30_000_000;
    private readonly ActionBench _bench = new();

    [Theory]
    [InlineData(45, "true")]
    [InlineData(45, "false")]
    [InlineData(20, "false")]
    public void Many_small_statements_for_many_resources_are_refused(int resources, string explain)
    {
        var refusal = Assert.Throws<ApiException>(() => Simulate(13_500, resources, explain));
        Assert.Contains("too large", refusal.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, "false")]
    [InlineData(1, "true")]
    public void What_is_allowed_has_an_answer_that_fits_into_memory(int resources, string explain) =>
        Assert.InRange(Simulate(13_400, resources, explain).Length, 1, MostCharacters);

    [Fact]
    public void Simulations_wait_for_a_place_like_all_that_computes_for_long()
    {
        var catalog = new ActionCatalog();
        Assert.All(new[] { "SimulateCustomPolicy", "SimulatePrincipalPolicy" }, name => Assert.True(catalog.FindQuery("2010-05-08", name)!.IsHeavy));
    }

    private string Simulate(int statements, int resources, string explain)
    {
        var policy = $$"""{"Version":"2012-10-17","Statement":[{{string.Join(',', Enumerable.Repeat("""{"Effect":"Allow","Action":"*","Resource":"*"}""", statements / 5))}}]}""";
        var arns = Enumerable.Range(0, resources).Select(number => $"arn:aws:s3:::bucket/{number}").ToArray();
        return _bench.Call("SimulateCustomPolicy", [.. Given([policy, policy, policy, policy, policy]), .. List("ActionNames", "s3:GetObject"), .. Resources(arns), ("Explain", explain)]).ToJsonString();
    }
}
