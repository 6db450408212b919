using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>The condition keys that policies ask for, in conditions and in variables.</summary>
internal static class ContextKeys
{
    /// <summary>Each once, whatever the letter case, as it was written first.</summary>
    public static IEnumerable<string> Of(IEnumerable<Policy> policies) =>
        policies.SelectMany(policy => policy.Document.Statements).SelectMany(statement => statement.ContextKeys).Distinct(StringComparer.OrdinalIgnoreCase);
}

/// <summary>The answer of both GetContextKeys actions.</summary>
internal sealed record ContextKeysResponse(IReadOnlyList<string> Names) : IShape
{
    public static Outcome<ContextKeysResponse> Of(IEnumerable<Policy> policies) => new(new ContextKeysResponse([.. ContextKeys.Of(policies)]));

    public void Write(ShapeWriter writer) => writer.TextList("ContextKeyNames", Names);
}
